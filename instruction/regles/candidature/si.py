"""Section « Maturité du système d’information » (E19): self-diagnosis of each organism, 13 cyber measures.

The AAP of Occitanie (§4.2.6) invites « l’ensemble des établissements de la grappe » to say where they stand
on « 13 mesures », by pointing to a guide of the Agence du numérique en santé (« La cybersécurité pour le
social et le médico-social en 13 questions », 2022), without listing them. The themes below are those of that
guide; the words are ours. An answer common to the whole grappe is given once (`mesures`, as the section
always had it); an organism, or one establishment, that differs has its own (`propres`). Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from esms.socle import canonique
from esms.socle.citations import source
from grappes.regles import Essms, regle

from .contexte import Contexte
from .lecture import jour, lignes, table, texte
from .phrases import enumerer

ETATS_DIAGNOSTIC = {"fait": "Réalisé", "en_cours": "En cours", "prevu": "Prévu", "non": "Non prévu"}
ETATS_MESURE = {"en_place": "En place", "en_cours": "En cours", "prevue": "Prévue", "non": "Non"}

MESURES = {
    "1": "Tenir l’inventaire du parc\u00a0: postes, serveurs, logiciels, accès",
    "2": "Sauvegarder régulièrement, hors ligne, et essayer la restauration",
    "3": "Appliquer les mises à jour sans attendre",
    "4": "Protéger chaque poste par un antivirus à jour",
    "5": "Exiger des mots de passe robustes et un second facteur",
    "6": "Filtrer le réseau par un pare-feu bien réglé",
    "7": "Sécuriser la messagerie et reconnaître l’hameçonnage",
    "8": "Séparer les usages\u00a0: droits d’administration, professionnel et personnel",
    "9": "Protéger le travail en déplacement et à distance",
    "10": "S’informer des menaces et sensibiliser les équipes",
    "11": "Vérifier ce que l’assurance couvre en cas d’attaque",
    "12": "Encadrer le recours à l’informatique en nuage et aux prestataires",
    "13": "Savoir réagir à une attaque\u00a0: qui appeler, que couper, comment continuer",
}
"""The 13 measures, in our own words."""
A_PART_MAX = 60  # answers apart that the form of the section holds
NOMMES = 3  # organisms named in one advice


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
    """Where the grappe, an organism or an establishment stands on one cyber measure."""

    cle: str
    libelle: str
    etat: str
    commentaire: str

    @property
    def libelle_etat(self) -> str:
        """Its state in words; empty when nothing was said."""
        return ETATS_MESURE.get(self.etat, "")


@dataclass(frozen=True, slots=True)
class Propre:
    """Answers of an organism (FINESS EJ) or of one establishment (FINESS ET) where they differ.

    `etats` holds only what was answered; `rang` from 1; `qui` is empty while nobody was chosen.
    """

    rang: int
    qui: str
    nom: str
    etats: Mapping[str, str]
    commentaire: str

    @property
    def mesures(self) -> tuple[Mesure, ...]:
        """The measures that were answered apart."""
        return tuple(Mesure(cle, MESURES[cle], etat, "") for cle, etat in self.etats.items())


@dataclass(frozen=True, slots=True)
class Repondu:
    """Who answered for its organism, and when; `intact` while its answers are still the ones recorded."""

    par: str
    le: datetime
    intact: bool


def colonne(cle: str) -> str:
    """Key of a measure in a line of `propres`."""
    return f"m{cle}"


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
    """The 13 measures with the common answer to each."""
    saisies = table(contenu, "mesures")
    return tuple(
        Mesure(cle, libelle, texte(ligne, "etat"), texte(ligne, "commentaire"))
        for cle, libelle in MESURES.items()
        for ligne in [table(saisies, cle)]
    )


def propres(contenu: Mapping[str, Any]) -> tuple[Propre, ...]:
    """The answers given apart, in the order they were typed."""
    return tuple(
        Propre(
            rang,
            texte(ligne, "qui"),
            texte(ligne, "nom"),
            {cle: etat for cle in MESURES if (etat := texte(ligne, colonne(cle))) in ETATS_MESURE},
            texte(ligne, "commentaire"),
        )
        for rang, ligne in enumerate(lignes(contenu, "propres"), 1)
    )


def repondus(contenu: Mapping[str, Any]) -> Mapping[str, Repondu]:
    """FINESS EJ → who answered itself for that organism; the porteur may have changed its line since."""
    signees = table(contenu, "repondu")
    return {
        numero: Repondu(
            texte(signee, "par"),
            datetime.fromisoformat(texte(signee, "le")),
            texte(signee, "empreinte") == _empreinte(reponse_de(contenu, numero)),
        )
        for numero in sorted(signees)
        for signee in [table(signees, numero)]
    }


def reponse_de(contenu: Mapping[str, Any], finess_ej: str) -> dict[str, str]:
    """What is recorded apart for an organism: its measures by column, its comment; only what was said."""
    siennes = (ligne for ligne in lignes(contenu, "propres") if texte(ligne, "qui") == finess_ej)
    colonnes = (*map(colonne, MESURES), "commentaire")
    ligne: Mapping[str, Any] = next(siennes, {})
    return {cle: dite for cle in colonnes if (dite := texte(ligne, cle))}


def avec_la_reponse(
    contenu: Mapping[str, Any], finess_ej: str, nom: str, reponse: Mapping[str, str], par: str, le: datetime
) -> dict[str, Any]:
    """The content once an organism has answered for itself: its line, in place or last, and who answered."""
    dites = {cle: valeur for cle, valeur in reponse.items() if valeur}
    sienne = {"nom": nom, "qui": finess_ej, **dites}
    propres_ = [dict(ligne) for ligne in lignes(contenu, "propres")]
    rangs = [rang for rang, ligne in enumerate(propres_) if texte(ligne, "qui") == finess_ej]
    if rangs:
        propres_[rangs[0]] = sienne
    else:
        propres_.append(sienne)
    signature = {"par": par, "le": le.isoformat(), "empreinte": _empreinte(dites)}
    return {
        **contenu,
        "propres": propres_,
        "repondu": {**table(contenu, "repondu"), finess_ej: signature},
    }


def _empreinte(reponse: Mapping[str, str]) -> str:
    return canonique.empreinte(dict(reponse))


def sans_reponse(contenu: Mapping[str, Any], contexte: Contexte) -> Mapping[str, int]:
    """FINESS EJ → how many of the 13 measures at least one of its establishments has no answer to.

    An establishment's own answer wins over its organism's, which wins over the common one.
    """
    communes = {mesure.cle for mesure in mesures(contenu) if mesure.libelle_etat}
    apart = {propre.qui: frozenset(propre.etats) for propre in propres(contenu)}

    def absentes(essms: Essms) -> set[str]:
        siennes = apart.get(essms.finess_et, frozenset()) | apart.get(essms.finess_ej or "", frozenset())
        return set(MESURES) - communes - siennes

    return {
        organisme.finess_ej: len(
            set().union(*(absentes(e) for e in contexte.projet.essms if e.finess_ej == organisme.finess_ej))
        )
        for organisme in contexte.projet.gestionnaires
    }


@regle("E19")
def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """Organisms whose self-diagnosis, or position on the cyber measures, is demanded (E19) and not given."""
    phrases = [f"{phrase}." for phrase in _lignes_sans_nom(contenu)]
    if contexte.edition.eligibilite.autodiagnostic.exigence == "exige":
        phrases += _diagnostics_absents(contenu, contexte)
    if contexte.edition.sections.si.exigence_cyber == "exige":
        phrases += _mesures_absentes(contenu, contexte)
    return tuple(phrases)


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What the AAP invites to: self-diagnoses where they are not demanded, and the cyber measures."""
    demandee = contexte.edition.sections.si
    phrases: list[str] = []
    if contexte.edition.eligibilite.autodiagnostic.exigence == "recommande":
        phrases += _diagnostics_absents(contenu, contexte)
    if demandee.article_cyber and demandee.exigence_cyber == "recommande":
        phrases += _invitation_aux_mesures(contenu, contexte)
    return tuple(phrases)


def _lignes_sans_nom(contenu: Mapping[str, Any]) -> Iterator[str]:
    for propre in propres(contenu):
        if not propre.qui:
            yield (
                f"Mesures de cybersécurité, réponse à part {propre.rang}\u00a0: choisissez l’organisme ou "
                "l’établissement qu’elle concerne, ou retirez-la"
            )


def _diagnostics_absents(contenu: Mapping[str, Any], contexte: Contexte) -> Iterator[str]:
    regle_e19 = contexte.edition.eligibilite.autodiagnostic
    faits = {d.finess_ej: d for d in diagnostics(contenu)}
    for organisme in contexte.projet.gestionnaires:
        connu = faits.get(organisme.finess_ej)
        nom = contexte.nom(organisme.finess_ej)
        citation = source(regle_e19.article, "E19")
        if connu is None or connu.etat != "fait":
            yield f"L’autodiagnostic du système d’information de {nom} n’est pas réalisé {citation}."
        elif connu.le is None or not connu.outil:
            yield f"L’autodiagnostic de {nom}\u00a0: l’outil et la date sont attendus {citation}."


def _mesures_absentes(contenu: Mapping[str, Any], contexte: Contexte) -> Iterator[str]:
    """One sentence for each organism."""
    citation = source(contexte.edition.sections.si.article_cyber)
    for numero, nombre in sans_reponse(contenu, contexte).items():
        if nombre:
            yield (
                f"Mesures de cybersécurité de {contexte.nom(numero)}\u00a0: {nombre} sur {len(MESURES)} sans "
                f"réponse {citation}."
            )


def _invitation_aux_mesures(contenu: Mapping[str, Any], contexte: Contexte) -> Iterator[str]:
    """One sentence for all: how many answers are missing, and whose."""
    absentes = {numero: nombre for numero, nombre in sans_reponse(contenu, contexte).items() if nombre}
    if not absentes:
        return
    noms = [contexte.nom(numero) for numero in list(absentes)[:NOMMES]]
    if autres := len(absentes) - len(noms):
        noms.append(f"{autres} autre{'s' if autres > 1 else ''} organisme{'s' if autres > 1 else ''}")
    nombres = {min(absentes.values()), max(absentes.values())}
    combien = " à ".join(map(str, sorted(nombres)))
    yield (
        f"Sur les {len(MESURES)} mesures de cybersécurité, {combien} sans réponse pour {enumerer(noms)}"
        "\u00a0: l’appel à projets invite chaque établissement à se situer "
        f"{source(contexte.edition.sections.si.article_cyber)}."
    )
