"""What separates two compositions, ESSMS by ESSMS, in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from financement.composition.colonnes import PUBLICS

_LIBELLES = {
    "operation": "Opération",
    "public": "Public",
    "categorie": "Catégorie",
    "region": "Région",
    "finess_ej": "Organisme",
    "saad": "Aide à domicile",
    "heures": "Heures N-1",
    "heures.total": "Heures totales",
    "heures.apa": "Heures APA",
    "heures.pch": "Heures PCH",
    "heures.dependance_autre": "Heures de dépendance hors APA et PCH",
    "materiel": "Équipement",
    "materiel.demande_ht": "Équipement, hors taxes",
    "materiel.demande_ttc": "Équipement, toutes taxes comprises",
    "sons": "Prestation Ségur (SONS)",
    "autre_aide_europeenne": "Autre aide européenne",
    "dui_finance.nom": "Logiciel déjà financé",
    "dui_finance.operation": "Opération déjà financée",
    "porteur.region": "Région du porteur",
    "porteur.finess_ej": "Porteur",
    "porteur.tva_recuperee": "TVA récupérée",
    "porteur.commande_publique": "Soumis à la commande publique",
    "porteur.marche_en_cours": "Marché public en cours",
    "porteur.ght": "Membre d’un GHT",
    "solution.nom": "Solution",
    "solution.referencee_segur": "Solution référencée Ségur",
    "solution.candidate_segur": "Solution candidate Ségur",
    "solution.au_sad": "Solution au SAD",
    "solution.dpi_ght": "DPI de GHT",
    "solution.devis_ht": "Devis de l’éditeur, hors taxes",
    "solution.devis_ttc": "Devis de l’éditeur, toutes taxes comprises",
    "amoa.marche": "Assistance pour le marché",
    "amoa.pilotage": "Assistance pour le pilotage",
    "amoa.devis_ht": "Devis d’assistance, hors taxes",
    "amoa.devis_ttc": "Devis d’assistance, toutes taxes comprises",
    "portee_nationale": "Portée nationale",
    "region_pivot": "Région pivot",
    "depose_le": "Date de dépôt envisagée",
    "rejoint.convention": "Convention rejointe",
    "rejoint.conforme_marche": "Élargissement régulier",
    "rejoint.sans_risque": "Sans risque excessif",
    "essms_geres": "ESSMS gérés",
    "entite_nationale": "Entité nationale",
}
_MOTS: Mapping[Any, str] = {
    "acquisition": "acquisition",
    "mise_en_conformite": "mise en conformité",
    "commande": "bon de commande signé",
    "prestation_recue": "prestation reçue",
    True: "oui",
    False: "non",
    **PUBLICS,
}
_HORS_PROJET = ("aap", "essms", "organismes")


@dataclass(frozen=True, slots=True)
class Changement:
    """One answer: its label, what it was, what it is."""

    libelle: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Differences:
    """From a composition to another. `essms` and `organismes`: number → its answers that changed."""

    ajoutes: tuple[str, ...]
    retires: tuple[str, ...]
    essms: Mapping[str, tuple[Changement, ...]]
    organismes: Mapping[str, tuple[Changement, ...]]
    projet: tuple[Changement, ...]

    def __bool__(self) -> bool:
        return any((self.ajoutes, self.retires, self.essms, self.organismes, self.projet))


def comparer(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> Differences:
    """What the second entry changes to the first; the order of the rows means nothing."""
    anciens, nouveaux = _par(avant["essms"], "finess_et"), _par(apres["essms"], "finess_et")
    ogs = _par(avant.get("organismes") or (), "finess_ej"), _par(apres.get("organismes") or (), "finess_ej")
    return Differences(
        ajoutes=tuple(sorted(nouveaux.keys() - anciens.keys())),
        retires=tuple(sorted(anciens.keys() - nouveaux.keys())),
        essms=_changes(
            {numero: (anciens[numero], nouveaux[numero]) for numero in anciens.keys() & nouveaux.keys()}
        ),
        organismes=_changes(
            {numero: (ogs[0].get(numero, {}), ogs[1].get(numero, {})) for numero in ogs[0] | ogs[1]}
        ),
        projet=_comparer(_du_projet(avant), _du_projet(apres)),
    )


def _changes(
    paires: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> Mapping[str, tuple[Changement, ...]]:
    trouves = {numero: _comparer(*paires[numero]) for numero in sorted(paires)}
    return {numero: changements for numero, changements in trouves.items() if changements}


def _comparer(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> tuple[Changement, ...]:
    anciens, nouveaux = dict(_a_plat(avant)), dict(_a_plat(apres))
    cles = sorted(anciens.keys() | nouveaux.keys(), key=lambda cle: _LIBELLES.get(cle, cle))
    return tuple(
        Changement(_LIBELLES.get(cle, cle), _mot(anciens.get(cle)), _mot(nouveaux.get(cle)))
        for cle in cles
        if anciens.get(cle) != nouveaux.get(cle)
    )


def _a_plat(objet: Mapping[str, Any], tete: str = "") -> list[tuple[str, Any]]:
    """Answers by path; an empty object (equipment without a quote) is an answer of its own."""
    plats: list[tuple[str, Any]] = []
    for cle, valeur in objet.items():
        if cle in ("finess_et", "finess_ej") and not tete:
            continue
        chemin = f"{tete}{cle}"
        if isinstance(valeur, Mapping):
            plats += _a_plat(valeur, f"{chemin}.") or [(chemin, "demandé")]
        else:
            plats.append((chemin, valeur))
    return plats


def _du_projet(entree: Mapping[str, Any]) -> Mapping[str, Any]:
    return {cle: valeur for cle, valeur in entree.items() if cle not in _HORS_PROJET}


def _par(rangees: Any, cle: str) -> dict[str, Mapping[str, Any]]:
    return {rangee[cle]: rangee for rangee in rangees}


def _mot(valeur: Any) -> str:
    if valeur is None or valeur == "":
        return "non renseigné"
    return str(_MOTS.get(valeur, valeur))
