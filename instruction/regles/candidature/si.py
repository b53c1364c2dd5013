"""Section « Maturité du système d’information » (E19): each organism's self-diagnosis, and 13 cyber measures.

The AAP of Occitanie (§4.2.6) names « 13 mesures » by pointing to a guide of the Agence du numérique en santé
(« La cybersécurité pour le social et le médico-social en 13 questions », 2022), without listing them. The
themes below are those of that guide; the words are ours. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from esms.socle.citations import source
from grappes.regles import regle

from .contexte import Contexte
from .lecture import jour, table, texte

ETATS_DIAGNOSTIC = {"fait": "Réalisé", "en_cours": "En cours", "prevu": "Prévu", "non": "Non prévu"}
ETATS_MESURE = {"en_place": "En place", "en_cours": "En cours", "prevue": "Prévue", "non": "Non"}

MESURES = {
    "1": "Tenir l’inventaire du parc : postes, serveurs, logiciels, accès",
    "2": "Sauvegarder régulièrement, hors ligne, et essayer la restauration",
    "3": "Appliquer les mises à jour sans attendre",
    "4": "Protéger chaque poste par un antivirus à jour",
    "5": "Exiger des mots de passe robustes et un second facteur",
    "6": "Filtrer le réseau par un pare-feu bien réglé",
    "7": "Sécuriser la messagerie et reconnaître l’hameçonnage",
    "8": "Séparer les usages : droits d’administration, professionnel et personnel",
    "9": "Protéger le travail en déplacement et à distance",
    "10": "S’informer des menaces et sensibiliser les équipes",
    "11": "Vérifier ce que l’assurance couvre en cas d’attaque",
    "12": "Encadrer le recours à l’informatique en nuage et aux prestataires",
    "13": "Savoir réagir à une attaque : qui appeler, que couper, comment continuer",
}
"""The 13 measures, in our own words."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """The self-diagnosis of one organism; `nom` as the register gave it when it was typed."""

    finess_ej: str
    nom: str
    etat: str
    outil: str
    le: date | None

    @property
    def libelle(self) -> str:
        """Its state in words; empty when nothing was said."""
        return ETATS_DIAGNOSTIC.get(self.etat, "")


@dataclass(frozen=True, slots=True)
class Mesure:
    """Where the grappe stands on one cyber measure."""

    cle: str
    libelle: str
    etat: str
    commentaire: str

    @property
    def libelle_etat(self) -> str:
        """Its state in words; empty when nothing was said."""
        return ETATS_MESURE.get(self.etat, "")


def diagnostics(contenu: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """What was typed for each organism, by number."""
    organismes = table(contenu, "organismes")
    return tuple(
        Diagnostic(
            numero,
            texte(ligne, "nom"),
            texte(ligne, "etat"),
            texte(ligne, "outil"),
            jour(ligne, "le"),
        )
        for numero in sorted(organismes)
        for ligne in [table(organismes, numero)]
    )


def mesures(contenu: Mapping[str, Any]) -> tuple[Mesure, ...]:
    """The 13 measures with what was typed of each."""
    saisies = table(contenu, "mesures")
    return tuple(
        Mesure(cle, libelle.replace(" :", "\u00a0:"), texte(ligne, "etat"), texte(ligne, "commentaire"))
        for cle, libelle in MESURES.items()
        for ligne in [table(saisies, cle)]
    )


@regle("E19")
def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """Organisms whose self-diagnosis is demanded (E19) and not done."""
    if contexte.edition.eligibilite.autodiagnostic.exigence != "exige":
        return ()
    return tuple(_diagnostics_absents(contenu, contexte))


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What the AAP invites to: self-diagnoses where they are not demanded, and the cyber measures."""
    demandee = contexte.edition.sections.si
    phrases: list[str] = []
    if contexte.edition.eligibilite.autodiagnostic.exigence == "recommande":
        phrases += _diagnostics_absents(contenu, contexte)
    restantes = sum(not mesure.libelle_etat for mesure in mesures(contenu))
    if demandee.article_cyber and restantes:
        phrases.append(
            f"Sur les {len(MESURES)} mesures de cybersécurité, {restantes} sans réponse\u00a0: l’appel à "
            f"projets invite chaque établissement à se situer {source(demandee.article_cyber)}."
        )
    return tuple(phrases)


def _diagnostics_absents(contenu: Mapping[str, Any], contexte: Contexte) -> Iterator[str]:
    regle_e19 = contexte.edition.eligibilite.autodiagnostic
    faits = {d.finess_ej: d for d in diagnostics(contenu)}
    for organisme in contexte.projet.gestionnaires:
        connu = faits.get(organisme.finess_ej)
        nom = f"{connu.nom} ({organisme.finess_ej})" if connu and connu.nom else organisme.finess_ej
        citation = source(regle_e19.article, "E19")
        if connu is None or connu.etat != "fait":
            yield f"L’autodiagnostic du système d’information de {nom} n’est pas réalisé {citation}."
        elif connu.le is None or not connu.outil:
            yield f"L’autodiagnostic de {nom}\u00a0: l’outil et la date sont attendus {citation}."
