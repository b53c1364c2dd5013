"""Entry of a simulation: the contract's JSON, read strictly into a project where unknown things are None."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from esms.aap import Edition, EditionInconnue, edition
from esms.aap.eligibilite import Operation, Public
from esms.socle.montants import nombre
from grappes.regles import (
    Amoa,
    DuiFinance,
    Essms,
    Heures,
    Materiel,
    Organisme,
    Porteur,
    Projet,
    Rejoint,
    Solution,
)
from grappes.regles.projet import EtatSons
from grappes.regles.registre import regle

from .lecteur import OBLIGATOIRE, EntreeInvalide, Erreurs, Table

ESSMS_MAX = 5_000
ESSMS_GERES_MAX = 99_999
ZERO_HEURE = Decimal("0.00")

_PROJET = frozenset(
    [
        "aap",
        "depose_le",
        "porteur",
        "organismes",
        "essms",
        "solution",
        "amoa",
        "portee_nationale",
        "region_pivot",
        "rejoint",
    ]
)
_PORTEUR = frozenset(["finess_ej", "region", "tva_recuperee", "commande_publique", "marche_en_cours", "ght"])
_ORGANISME = frozenset(["finess_ej", "region", "essms_geres", "entite_nationale"])
_ESSMS = frozenset(
    [
        "finess_et",
        "finess_ej",
        "region",
        "categorie",
        "public",
        "operation",
        "saad",
        "heures",
        "materiel",
        "sons",
        "autre_aide_europeenne",
        "dui_finance",
    ]
)
_HEURES = frozenset(["total", "apa", "pch", "dependance_autre"])
_MATERIEL = frozenset(["demande_ht", "demande_ttc"])
_DUI = frozenset(["nom", "operation"])
_SOLUTION = frozenset(
    ["nom", "referencee_segur", "candidate_segur", "au_sad", "dpi_ght", "devis_ht", "devis_ttc"]
)
_AMOA = frozenset(["marche", "pilotage", "devis_ht", "devis_ttc"])
_REJOINT = frozenset(["convention", "conforme_marche", "sans_risque"])
_OPERATIONS: tuple[Operation, ...] = get_args(Operation)
_PUBLICS: tuple[Public, ...] = get_args(Public)
_SONS: tuple[EtatSons, ...] = get_args(EtatSons)


@dataclass(frozen=True, slots=True)
class Saisie:
    """A well-formed entry, before the register completes it."""

    edition: Edition
    projet: Projet


def lire(entree: Mapping[str, Any]) -> Saisie:
    """Read an entry. Raises EntreeInvalide with every error found, by field, in French."""
    if not isinstance(entree, Mapping):
        raise EntreeInvalide({"entree": ["Un objet JSON est attendu."]})
    erreurs = Erreurs()
    racine = Table(entree, "", _PROJET, erreurs)
    aap = _edition(racine)
    projet = _projet(racine)
    erreurs.lever()
    if aap is None:
        raise EntreeInvalide({"aap": [OBLIGATOIRE]})
    return Saisie(aap, projet)


def _edition(racine: Table) -> Edition | None:
    texte = racine.texte("aap")
    racine.exiger("aap", texte)
    if not texte:
        return None
    try:
        return edition(racine.brut("aap"))  # to the letter, as every other closed list
    except EditionInconnue as inconnue:
        racine.noter("aap", str(inconnue))
        return None


def _projet(racine: Table) -> Projet:
    return Projet(
        essms=_lire_essms(racine),
        organismes=_lire_organismes(racine),
        porteur=_lire_porteur(racine),
        solution=_lire_solution(racine),
        amoa=_lire_amoa(racine),
        portee_nationale=racine.booleen("portee_nationale", defaut=False),
        region_pivot=racine.region("region_pivot"),
        rejoint=_lire_rejoint(racine),
        depose_le=racine.instant("depose_le"),
    )


def _lire_essms(racine: Table) -> tuple[Essms, ...]:
    tables = racine.tables("essms", _ESSMS, ESSMS_MAX)
    racine.exiger("essms", tables)
    lignes = tuple(_un_essms(table) for table in tables)
    refuser_les_doublons(tables, "finess_et", [ligne.finess_et for ligne in lignes])
    return lignes


@regle("E5")
def refuser_les_doublons(tables: list[Table], nom: str, numeros: list[str]) -> None:
    """Note each number already met, and where: it is the key of the whole computation."""
    vus: dict[str, int] = {}
    for rang, numero in enumerate(numeros):
        if numero and numero in vus:
            premier = tables[vus[numero]].chemin(nom)
            tables[rang].noter(nom, f"Doublon\u00a0: {numero} figure déjà en {premier}.")
        vus.setdefault(numero, rang)


def _un_essms(table: Table) -> Essms:
    numero = table.finess("finess_et")
    table.exiger("finess_et", numero)
    operation = table.choix("operation", _OPERATIONS)
    table.exiger("operation", operation)
    return Essms(
        finess_et=numero or "",
        operation=operation or "acquisition",
        finess_ej=table.finess("finess_ej"),
        region=table.region("region"),
        categorie=table.categorie("categorie"),
        public=table.choix("public", _PUBLICS),
        saad=table.booleen_ou_rien("saad"),
        heures=_lire_heures(table),
        materiel=_lire_materiel(table),
        sons=table.choix("sons", _SONS) or "aucune",
        autre_aide_europeenne=table.booleen("autre_aide_europeenne", defaut=False),
        dui_finance=_lire_dui(table),
    )


def _lire_heures(parent: Table) -> Heures | None:
    table = parent.table("heures", _HEURES)
    if table is None:
        return None
    total = table.montant("total")
    table.exiger("total", total is not None)
    apa, pch, autre = (table.montant(nom) for nom in ("apa", "pch", "dependance_autre"))
    if total is None:
        return None
    if total == ZERO_HEURE:
        table.noter("total", "Le nombre total d’heures ne peut pas être nul.")
        return None
    heures = Heures(total=total, apa=apa, pch=pch, dependance_autre=autre)
    if heures.medico_sociales > total:
        table.noter(
            "total",
            f"Le total ({nombre(total, 2)}) est inférieur à la somme des heures "
            f"({nombre(heures.medico_sociales, 2)}).",
        )
    return heures


def _lire_materiel(parent: Table) -> Materiel | None:
    table = parent.table("materiel", _MATERIEL)
    if table is None:
        return None
    return Materiel(demande_ht=table.montant("demande_ht"), demande_ttc=table.montant("demande_ttc"))


def _lire_dui(parent: Table) -> DuiFinance | None:
    table = parent.table("dui_finance", _DUI)
    if table is None:
        return None
    nom, operation = table.texte("nom"), table.choix("operation", _OPERATIONS)
    table.exiger("nom", nom)
    table.exiger("operation", operation)
    return DuiFinance(nom=nom, operation=operation or "acquisition")


def _lire_organismes(racine: Table) -> tuple[Organisme, ...]:
    tables = racine.tables("organismes", _ORGANISME, ESSMS_MAX)
    lignes = tuple(_un_organisme(table) for table in tables)
    refuser_les_doublons(tables, "finess_ej", [ligne.finess_ej for ligne in lignes])
    return lignes


def _un_organisme(table: Table) -> Organisme:
    numero = table.finess("finess_ej")
    table.exiger("finess_ej", numero)
    return Organisme(
        finess_ej=numero or "",
        region=table.region("region"),
        essms_geres=table.entier("essms_geres", ESSMS_GERES_MAX),
        entite_nationale=table.booleen("entite_nationale", defaut=False),
    )


def _lire_porteur(racine: Table) -> Porteur:
    table = racine.table("porteur", _PORTEUR)
    if table is None:
        return Porteur()
    return Porteur(
        finess_ej=table.finess("finess_ej"),
        region=table.region("region"),
        tva_recuperee=table.booleen("tva_recuperee", defaut=False),
        commande_publique=table.booleen("commande_publique", defaut=False),
        marche_en_cours=table.booleen("marche_en_cours", defaut=False),
        ght=table.booleen("ght", defaut=False),
    )


def _lire_solution(racine: Table) -> Solution:
    table = racine.table("solution", _SOLUTION)
    if table is None:
        return Solution()
    return Solution(
        nom=table.texte("nom") or None,
        referencee_segur=table.booleen("referencee_segur", defaut=True),
        candidate_segur=table.booleen("candidate_segur", defaut=False),
        au_sad=table.booleen("au_sad", defaut=False),
        dpi_ght=table.booleen("dpi_ght", defaut=False),
        devis_ht=table.montant("devis_ht"),
        devis_ttc=table.montant("devis_ttc"),
    )


def _lire_amoa(racine: Table) -> Amoa:
    table = racine.table("amoa", _AMOA)
    if table is None:
        return Amoa()
    return Amoa(
        marche=table.booleen("marche", defaut=False),
        pilotage=table.booleen("pilotage", defaut=False),
        devis_ht=table.montant("devis_ht"),
        devis_ttc=table.montant("devis_ttc"),
    )


def _lire_rejoint(racine: Table) -> Rejoint | None:
    table = racine.table("rejoint", _REJOINT)
    if table is None:
        return None
    return Rejoint(
        convention=table.texte("convention"),
        conforme_marche=table.booleen("conforme_marche", defaut=False),
        sans_risque=table.booleen("sans_risque", defaut=False),
    )
