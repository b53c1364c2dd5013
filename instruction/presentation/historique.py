"""The journal of a dossier in sentences: what was done, on what, by whom.

The ARS reads all of it. The porteur reads what it did itself and what it was told: neither the opinions, the
scores and the ranks, nor who takes the dossier in charge, nor the name of an agent (what prepares a decision
is not communicable before it, CRPA L.311-2). Closed by default: a gesture not named here is not shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from esms.journal.models import Entree
from esms.socle.dates import jour
from esms.socle.montants import euros
from instruction import etats
from instruction.etats import GESTES, Etat
from instruction.models import Cote, Issue
from instruction.regles.candidature.titres import titre

LIBELLES = {
    "ecrire_message": "Écrire un message",
    **{geste.nom: geste.libelle for geste in GESTES},
    "creer": "Créer le dossier",
    "donner_avis_controles": "Juger des contrôles d’éligibilité",
    "donner_avis_pieces": "Juger des pièces",
    "enregistrer_fiche": "Enregistrer la fiche de synthèse",
    "enregistrer_textes": "Enregistrer les textes du projet",
    "enregistrer_section": "Enregistrer une section",
    "ecrire_reponses": "Écrire des réponses aux compléments",
    "corriger_pour_complement": "Corriger la saisie pour un complément",
    "joindre_piece": "Joindre une pièce",
    "retirer_piece": "Retirer une pièce",
    "isoler_piece": "Isoler une pièce refusée par l’antivirus",
    "produire_accuse": "Produire l’accusé de réception en PDF",
    "changer_de_simulation": "Changer la composition",
    "inviter_organisme": "Inviter un organisme de la grappe",
    "confirmer_sa_part": "Confirmer ses ESSMS et leurs réponses",
    "repondre_aux_mesures": "Répondre aux mesures de cybersécurité",
    "demander_certification": "Demander au représentant légal de certifier",
    "annoncer_l_effacement": "Annoncer l’effacement du brouillon",
}
DU_PORTEUR = frozenset(
    {
        "creer",
        "enregistrer_fiche",
        "enregistrer_textes",
        "enregistrer_section",
        "changer_de_simulation",
        "inviter_organisme",
        "confirmer_sa_part",
        "repondre_aux_mesures",
        "joindre_piece",
        "retirer_piece",
        "isoler_piece",
        "demander_certification",
        "ecrire_message",
        "ecrire_reponses",
        "corriger_pour_complement",
        "produire_accuse",
        "annoncer_l_effacement",
        etats.CERTIFIER.nom,
        etats.DEPOSER.nom,
        etats.RETIRER_DEPOT.nom,
        etats.SE_DESISTER.nom,
        etats.REPONDRE_COMPLEMENTS.nom,
        etats.DEMANDER_SOLDE.nom,
    }
)
"""What the porteur, its grappe or the portal does."""
DE_L_ARS = frozenset(
    geste.nom
    for geste in (
        etats.OUVRIR_RECEVABILITE,
        etats.DEMANDER_COMPLEMENTS,
        etats.CLORE_COMPLEMENTS,
        etats.RECEVOIR,
        etats.ECARTER_IRRECEVABLE,
        etats.ECARTER_INELIGIBLE,
        etats.REORIENTER,
        etats.OUVRIR_INSTRUCTION,
        etats.RETENIR,
        etats.INSCRIRE_LISTE_COMPLEMENTAIRE,
        etats.NE_PAS_RETENIR,
        etats.PREPARER_CONVENTION,
        etats.CONSTATER_SIGNATURE,
        etats.VERSER,
        etats.REJETER_SOLDE,
        etats.SOLDER,
        etats.CLORE,
    )
)
"""What the ARS does and tells the porteur."""
SANS_OBJET = frozenset(
    geste.nom
    for geste in (
        etats.SE_DESISTER,
        etats.INSCRIRE_LISTE_COMPLEMENTAIRE,
        etats.PREPARER_CONVENTION,
        etats.CLORE,
    )
)
"""Those whose detail stays with the ARS: a rank, a state that the porteur knows by another name."""
NOMMES = 3  # things named one by one; beyond, their number is said


@dataclass(frozen=True, slots=True)
class Fait:
    """One line of the history; `objet` is empty when the gesture says it all."""

    le: datetime
    geste: str
    objet: str
    par: str


@dataclass(frozen=True, slots=True)
class Noms:
    """What turns identifiers of the journal into names: files by identifier, criteria and sections by key."""

    pieces: Mapping[str, str]
    criteres: Mapping[str, str]
    sections: Mapping[str, str]
    organismes: Mapping[str, str] = field(default_factory=dict)


def faits(entrees: Iterable[Entree], noms: Noms, *, ars: str = "") -> list[Fait]:
    """Entries (with their author) as lines, in the order given, the latest first.

    A section saves itself while somebody types: the saves that follow one another are one line. With `ars`,
    its name, the lines that the porteur may read: an agent goes by the name of its ARS.
    """
    lisibles = (entree for entree in entrees if not ars or entree.geste in DU_PORTEUR | DE_L_ARS)
    suites = [list(suite) for _, suite in groupby(lisibles, key=_saisie)]
    return [
        Fait(
            derniere.le,
            LIBELLES.get(derniere.geste, derniere.geste),
            ""
            if ars and derniere.geste in SANS_OBJET
            else _OBJETS.get(derniere.geste, _rien)(_depuis(derniere, premiere), noms),
            _auteur(derniere, ars),
        )
        for suite in suites
        for derniere, premiere in [(suite[0], suite[-1])]
    ]


def _auteur(entree: Entree, ars: str) -> str:
    """Who did it; an agent is not named to the porteur."""
    if ars and (entree.geste in DE_L_ARS or entree.contenu.get("cote") == Cote.ARS):
        return ars
    return entree.par.nom if entree.par else "Le portail"


def _saisie(entree: Entree) -> tuple[object, ...]:
    """What makes one line: a section and who types in it; any other gesture stands alone."""
    if entree.geste == "enregistrer_section":
        return entree.contenu["section"], entree.par_id
    return (id(entree),)


def _depuis(derniere: Entree, premiere: Entree) -> Mapping[str, Any]:
    """What the last entry of a line says, and the version at which the line starts."""
    return {**derniere.contenu, "premiere_version": premiere.contenu.get("version")}


def _rien(contenu: Mapping[str, Any], noms: Noms) -> str:
    return ""


def _piece(contenu: Mapping[str, Any], noms: Noms) -> str:
    nom = noms.pieces.get(contenu["piece"], "")
    remplacee = noms.pieces.get(contenu.get("remplace") or "", "")
    suite = f", à la place de {remplacee}" if remplacee else ""
    return f"{contenu['code']} – {nom}{suite}" if nom else str(contenu["code"])


def _textes(contenu: Mapping[str, Any], noms: Noms) -> str:
    return _enumerer([noms.criteres.get(cle, cle) for cle in contenu["versions"]], "critères")


def _section(contenu: Mapping[str, Any], noms: Noms) -> str:
    titre = noms.sections.get(contenu["section"], contenu["section"])
    if contenu["premiere_version"] == contenu["version"]:
        return f"{titre}, version {contenu['version']}"
    return f"{titre}, versions {contenu['premiere_version']} à {contenu['version']}"


def _notes(contenu: Mapping[str, Any], noms: Noms) -> str:
    return _enumerer([noms.criteres.get(cle, cle) for cle in contenu["notes"]], "critères")


def _avis_controles(contenu: Mapping[str, Any], noms: Noms) -> str:
    return _avis(contenu["avis"], "confirme", ("confirmé", "renversé"), "contrôles")


def _avis_pieces(contenu: Mapping[str, Any], noms: Noms) -> str:
    return _avis(contenu["avis"], "acceptee", ("acceptée", "refusée"), "pièces")


def _avis(avis: Mapping[str, Any], cle: str, mots: tuple[str, str], quoi: str) -> str:
    """« E3 renversé », or « 14 contrôles : 13 confirmés, 1 renversé »."""
    if len(avis) <= NOMMES:
        return ", ".join(f"{_sujet(nom)} {mots[0 if a[cle] else 1]}" for nom, a in avis.items())
    pour = sum(bool(a[cle]) for a in avis.values())
    comptes = [(pour, mots[0]), (len(avis) - pour, mots[1])]
    detail = ", ".join(f"{n} {mot}{'s' if n > 1 else ''}" for n, mot in comptes if n)
    return f"{len(avis)} {quoi}\u00a0: {detail}"


def _sujet(nom: str) -> str:
    """« E3/projet » as the journal writes it → « E3 »; « E7/310000123 » → « E7 (310000123) »."""
    regle, _, portee = nom.partition("/")
    return f"{regle} ({portee})" if portee not in {"", "projet"} else regle


def _enumerer(noms: Sequence[str], quoi: str) -> str:
    return " · ".join(noms) if len(noms) <= NOMMES else f"{len(noms)} {quoi}"


def _depot(contenu: Mapping[str, Any]) -> str:
    """The number; and which filing it is, from the second on."""
    rang = contenu.get("rang", 1)
    return f"{contenu['numero']}, dépôt n°\u00a0{rang}" if rang > 1 else str(contenu["numero"])


def _complements(contenu: Mapping[str, Any], noms: Noms) -> str:
    dernier = date.fromisoformat(contenu["dernier_jour"])
    return f"{_enumerer(contenu['elements'], 'éléments')}, au plus tard le {jour(dernier)}"


def _cloture(contenu: Mapping[str, Any], noms: Noms) -> str:
    return f"Demande n°\u00a0{contenu['demande']}, {Issue(contenu['issue']).label.lower()}"


def _avant(contenu: Mapping[str, Any], noms: Noms) -> str:
    return f"À l’état «\u00a0{Etat(contenu['depuis']).label}\u00a0»"


def _organisme(contenu: Mapping[str, Any], noms: Noms) -> str:
    return noms.organismes.get(contenu["finess_ej"], contenu["finess_ej"])


_OBJETS: Mapping[str, Callable[[Mapping[str, Any], Noms], str]] = {
    "joindre_piece": _piece,
    "retirer_piece": _piece,
    "isoler_piece": _piece,
    "enregistrer_textes": _textes,
    "enregistrer_section": _section,
    "corriger_pour_complement": lambda contenu, noms: noms.sections.get(
        contenu["section"], titre(contenu["section"])
    ),
    "inviter_organisme": _organisme,
    "confirmer_sa_part": _organisme,
    "repondre_aux_mesures": _organisme,
    "noter": _notes,
    "donner_avis_controles": _avis_controles,
    "donner_avis_pieces": _avis_pieces,
    "deposer": lambda contenu, noms: _depot(contenu),
    "retirer_depot": lambda contenu, noms: _depot(contenu),
    "demander_complements": _complements,
    "annoncer_l_effacement": lambda contenu, noms: f"Le {jour(date.fromisoformat(contenu['effacement']))}",
    "clore_complements": _cloture,
    "repondre_complements": lambda contenu, noms: f"Demande n°\u00a0{contenu['demande']}",
    "reorienter": lambda contenu, noms: str(contenu["destinataire"]),
    "inscrire_liste_complementaire": lambda contenu, noms: f"Rang {contenu['rang']}",
    "se_desister": _avant,
    "clore": _avant,
    "demander_solde": lambda contenu, noms: f"Mesures {', '.join(contenu['mesures'])}",
    "solder": lambda contenu, noms: f"{euros(Decimal(contenu['montant']))}, référence {contenu['reference']}",
    "retenir": lambda contenu, noms: euros(Decimal(contenu["montant"])),
    "preparer_convention": lambda contenu, noms: str(contenu["convention"]),
    "verser": lambda contenu, noms: f"{euros(Decimal(contenu['montant']))}, référence {contenu['reference']}",
}
