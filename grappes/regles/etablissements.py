"""Rules read ESSMS by ESSMS: E1, E2, E7 to E10. One line per remark, or one for the project."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from esms.aap import Edition, Regle
from esms.aap.eligibilite import Public, Publics
from grappes.finess import nomenclatures

from .a_nommer import a_nommer
from .controle import Controle, Verdict, juger, ou_projet
from .phrases import aucun, citer, essms, guillemets, jour
from .projet import DuiFinance, Essms, Projet
from .registre import regle

OPERATIONS = {"acquisition": "une acquisition", "mise_en_conformite": "une mise en conformité"}


@regle("E1")
def controler_les_categories(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Every ESSMS is under article L.312-1, by its FINESS category, and open."""
    possessif = "sa" if len(projet.essms) == 1 else "leur"
    return ou_projet(
        (
            juger(edition.eligibilite.essms, *remarque, portee=ligne.finess_et)
            for ligne in projet.essms
            if (remarque := _categorie(ligne, projet.depose_le, edition)) is not None
        ),
        juger(
            edition.eligibilite.essms,
            Verdict.CONFORME,
            f"{essms(len(projet.essms))} de l’article L.312-1 du CASF d’après {possessif} catégorie FINESS"
            "\u00a0: conforme.",
        ),
    )


def _categorie(ligne: Essms, depose_le: datetime | None, edition: Edition) -> tuple[Verdict, str] | None:
    if ligne.ferme_le is not None:
        fermeture = f"{ligne.finess_et} est fermé depuis le {jour(ligne.ferme_le)} d’après FINESS"
        if depose_le is None or ligne.ferme_le <= depose_le.astimezone(edition.zone).date():
            return Verdict.BLOQUANT, f"{fermeture}\u00a0: il ne peut pas être financé."
        return Verdict.ALERTE, f"{fermeture}, après le dépôt\u00a0: l’ARS apprécie."
    if ligne.categorie is None:
        return (
            Verdict.A_COMPLETER,
            f"La catégorie FINESS de {ligne.finess_et} est inconnue du référentiel\u00a0: à indiquer.",
        )
    categorie = nomenclatures.categories().get(ligne.categorie)
    if categorie is None:
        return _categorie_inconnue(ligne, Verdict(edition.eligibilite.essms.categorie_inconnue))
    if categorie.l312_1:
        return None
    return Verdict.BLOQUANT, (
        f"{ligne.finess_et}\u00a0: la catégorie {ligne.categorie} ne relève pas de l’article L.312-1 du CASF."
    )


def _categorie_inconnue(ligne: Essms, verdict: Verdict) -> tuple[Verdict, str]:
    suite = {
        Verdict.ALERTE: ", l’ARS apprécie.",
        Verdict.BLOQUANT: "\u00a0: rien ne dit qu’elle relève de l’article L.312-1 du CASF.",
    }[verdict]
    return verdict, (
        f"{ligne.finess_et}\u00a0: la catégorie {ligne.categorie} n’est pas dans la nomenclature{suite}"
    )


@regle("E2")
def controler_les_publics(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Every ESSMS receives a public that the AAP names."""
    publics = edition.eligibilite.publics
    hors_liste = Verdict(publics.hors_liste)
    admis = {public for public in projet.publics if public is not None and publics.admis(public)}
    liste = ", ".join(publics.publics)
    return ou_projet(
        (
            juger(
                publics,
                Verdict.A_COMPLETER,
                f"Le public de {ligne.finess_et} est inconnu\u00a0: à indiquer.",
                portee=ligne.finess_et,
            )
            if ligne.public is None
            else juger(
                publics,
                hors_liste,
                f"{ligne.finess_et}\u00a0: le public {ligne.public} n’est pas dans la liste de l’appel "
                f"à projets ({liste}).",
                portee=ligne.finess_et,
            )
            for ligne in projet.essms
            if ligne.public not in admis
        ),
        juger(
            publics,
            Verdict.CONFORME,
            _publics_admis(sorted(admis), publics),
        ),
    )


def _publics_admis(admis: Sequence[Public], regles: Publics) -> str:
    """Which publics, and with which ones those that the AAP does not name count."""
    sujet = "Public du projet" if len(admis) == 1 else "Publics du projet"
    accord = "admis" if len(admis) == 1 else "tous admis"
    assimiles = "".join(
        f"\u202f; {public} compte avec {citer(regles.assimiles[public])}"
        for public in admis
        if public not in regles.publics
    )
    liste = f"{', '.join(regles.publics)}{assimiles}"
    return f"{sujet} ({', '.join(admis)}), {accord} par l’appel à projets ({liste})\u00a0: conforme."


@regle("E7")
def controler_les_autres_aides(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """No other European money."""
    aides = edition.eligibilite.autres_aides
    etendue = {
        "tout_financement_europeen": "le programme est exclusif de tout autre financement européen",
        "meme_operation": "l’opération ne peut pas en recevoir une seconde",
    }[aides.portee]
    return ou_projet(
        (
            juger(
                aides,
                Verdict.BLOQUANT,
                f"{ligne.finess_et} déclare une autre aide européenne\u00a0: {etendue}.",
                portee=ligne.finess_et,
            )
            for ligne in projet.essms
            if ligne.autre_aide_europeenne
        ),
        juger(
            aides,
            Verdict.CONFORME,
            f"{aucun(len(projet.essms), 'ne déclare', 'd’autre aide européenne')}\u00a0: conforme.",
        ),
    )


@regle("E8")
def controler_le_meme_logiciel(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """The same software is not funded twice for the same operation."""
    return ou_projet(
        (
            controle
            for ligne in projet.essms
            if ligne.dui_finance is not None
            if (controle := _meme_logiciel(ligne, ligne.dui_finance, projet, edition)) is not None
        ),
        _rien_de_finance(projet, edition.eligibilite.meme_logiciel, "déjà été financé pour ce logiciel"),
    )


def _meme_logiciel(ligne: Essms, deja: DuiFinance, projet: Projet, edition: Edition) -> Controle | None:
    regles = edition.eligibilite.meme_logiciel
    nom = projet.solution.nom
    if nom is None:
        return juger(regles, Verdict.A_COMPLETER, _logiciel_a_nommer(ligne, deja), portee=ligne.finess_et)
    if _cle(nom) != _cle(deja.nom):
        return None
    meme = deja.operation == ligne.operation
    return juger(
        regles,
        Verdict(regles.meme_operation if meme else regles.autre_operation),
        f"{ligne.finess_et} a déjà été financé pour {OPERATIONS[deja.operation]} de {guillemets(deja.nom)}"
        + (
            "\u00a0: pas deux fois."
            if meme
            else f", et demande {OPERATIONS[ligne.operation]}\u00a0: l’ARS apprécie."
        ),
        portee=ligne.finess_et,
    )


@regle("E9")
def controler_les_deux_logiciels(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """No money for a second, different DUI software."""
    return ou_projet(
        (
            controle
            for ligne in projet.essms
            if ligne.dui_finance is not None
            if (controle := _deux_logiciels(ligne, ligne.dui_finance, projet, edition)) is not None
        ),
        _rien_de_finance(
            projet, edition.eligibilite.deux_logiciels, "été financé pour un autre logiciel DUI"
        ),
    )


def _deux_logiciels(ligne: Essms, deja: DuiFinance, projet: Projet, edition: Edition) -> Controle | None:
    regles = edition.eligibilite.deux_logiciels
    nom = projet.solution.nom
    if nom is None:
        return juger(regles, Verdict.A_COMPLETER, _logiciel_a_nommer(ligne, deja), portee=ligne.finess_et)
    if _cle(nom) == _cle(deja.nom):
        return None
    return juger(
        regles,
        Verdict.BLOQUANT,
        f"{ligne.finess_et} a déjà été financé pour {guillemets(deja.nom)}\u00a0: "
        f"il ne peut pas l’être aussi pour {guillemets(nom)}.",
        portee=ligne.finess_et,
    )


def _rien_de_finance(projet: Projet, regles: Regle, quoi: str) -> Controle:
    """No ESSMS stands in the way of the software of the project, once there is one."""
    if not projet.solution.choisie:
        return a_nommer(regles, "elle reste à comparer aux logiciels déjà financés pour les ESSMS.")
    return juger(regles, Verdict.CONFORME, f"{aucun(len(projet.essms), 'n’a', quoi)}\u00a0: conforme.")


def _logiciel_a_nommer(ligne: Essms, deja: DuiFinance) -> str:
    return (
        f"{ligne.finess_et} a déjà été financé pour {guillemets(deja.nom)}\u00a0: nommez la solution "
        "du projet "
        "pour les comparer."
    )


def _cle(nom: str) -> str:
    """Two spellings of one software are one software."""
    return " ".join(nom.casefold().split())


@regle("E10")
def controler_le_sons(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """A SONS order or service rules out the acquisition of another software, not the mise en conformité."""
    regles = edition.eligibilite.sons
    return ou_projet(
        (_sons(ligne, edition) for ligne in projet.essms if ligne.sons in regles.refusent_acquisition),
        juger(
            regles,
            Verdict.CONFORME,
            f"{aucun(len(projet.essms), 'n’a', 'de commande ni de prestation SONS')}\u00a0: conforme.",
        ),
    )


def _sons(ligne: Essms, edition: Edition) -> Controle:
    regles = edition.eligibilite.sons
    etat = {
        "commande": "a signé un bon de commande SONS non annulé",
        "prestation_recue": "a reçu une prestation Ségur (SONS)",
    }.get(ligne.sons, "")
    acquisition = ligne.operation == "acquisition"
    return juger(
        regles,
        Verdict.BLOQUANT if acquisition else Verdict.CONFORME,
        f"{ligne.finess_et} {etat} et demande {OPERATIONS[ligne.operation]}\u00a0: "
        + ("l’acquisition ne peut pas être financée." if acquisition else "conforme."),
        portee=ligne.finess_et,
        article=next(article for nom, article in regles.refusent_acquisition.items() if nom == ligne.sons),
    )
