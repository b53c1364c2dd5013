"""Rules on the project as a whole: E3 to E6, E11, E19 to E21."""

from collections import Counter
from collections.abc import Iterator

from esms.aap import Edition

from .controle import Controle, Verdict, juger
from .petits import est_petit, indetermines
from .phrases import citer, compte, essms
from .projet import Projet
from .registre import regle

TYPOLOGIES = {"acquisition": "acquisition", "mise_en_conformite": "mise en conformité", "mixte": "mixte"}
CONDITIONS_E4 = {
    "convention": "le numéro de la convention rejointe",
    "conforme_marche": "un élargissement régulier au regard du marché initial",
    "sans_risque": "l’absence de risque excessif pour le regroupement initial",
}


@regle("E3")
def controler_le_minimum(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Enough distinct ESSMS; below, the consequence is the one that the edition chose."""
    regles = edition.eligibilite.minimum
    nombre = len(projet.essms)
    debut = f"{essms(nombre)} {'distincts' if nombre > 1 else 'distinct'}, minimum {regles.minimum}"
    if nombre >= regles.minimum:
        yield juger(regles, Verdict.CONFORME, f"{debut}\u00a0: conforme.")
    elif regles.sous_le_minimum == "alerte":
        yield juger(regles, Verdict.ALERTE, f"{debut}\u00a0: l’ARS apprécie.")
    elif derogation_remplie(projet, edition):
        yield juger(regles, Verdict.ALERTE, f"{debut}\u00a0: dérogation demandée, l’ARS apprécie.")
    else:
        manque = regles.minimum - nombre
        yield juger(
            regles,
            Verdict.BLOQUANT,
            f"{debut}\u00a0: il en manque {manque}, sauf à rejoindre un regroupement déjà financé.",
        )


@regle("E4")
def controler_la_derogation(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """The cumulative conditions to go below the minimum."""
    regles = edition.eligibilite.derogation
    if regles is None:
        return
    if len(projet.essms) >= edition.eligibilite.minimum.minimum:
        yield juger(
            regles,
            Verdict.SANS_OBJET,
            f"{essms(len(projet.essms))}\u00a0: aucune dérogation n’est nécessaire.",
        )
    elif projet.rejoint is None:
        yield juger(regles, Verdict.SANS_OBJET, "Le projet ne rejoint aucun regroupement déjà financé.")
    elif manques := _conditions_manquantes(projet, edition):
        verdict = Verdict.A_COMPLETER if manques == ["convention"] else Verdict.BLOQUANT
        yield juger(
            regles,
            verdict,
            f"Il manque\u00a0: {citer([CONDITIONS_E4[cle] for cle in manques])} (conditions cumulatives).",
        )
    else:
        yield juger(
            regles,
            Verdict.CONFORME,
            f"Le projet rejoint la convention {projet.rejoint.convention}, et les "
            f"{len(regles.conditions) - 1} engagements "
            "sont pris\u00a0: conforme.",
        )


def derogation_remplie(projet: Projet, edition: Edition) -> bool:
    """Whether the project joins a funded group and meets every condition of E4."""
    return projet.rejoint is not None and not _conditions_manquantes(projet, edition)


def _conditions_manquantes(projet: Projet, edition: Edition) -> list[str]:
    regles, rejoint = edition.eligibilite.derogation, projet.rejoint
    if regles is None or rejoint is None:
        return []
    return [condition for condition in regles.conditions if not getattr(rejoint, condition)]


@regle("E5")
def controler_l_unicite(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Each FINESS ET counts once; a duplicate is refused when typed in, so a project always conforms."""
    nombre = len({ligne.finess_et for ligne in projet.essms})
    distincts = "géographiques distincts" if nombre > 1 else "géographique"
    yield juger(
        edition.eligibilite.unicite,
        Verdict.CONFORME if nombre == len(projet.essms) else Verdict.BLOQUANT,
        f"{compte(nombre, 'numéro', 'numéros')} FINESS {distincts} pour {essms(len(projet.essms))}.",
    )


@regle("E6")
def controler_la_typologie(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """The AAP takes this type of project."""
    regles = edition.eligibilite.typologies
    admise = projet.typologie in regles.admises
    conformites = len(projet.essms) - projet.acquisitions
    yield juger(
        regles,
        Verdict.CONFORME if admise else Verdict.BLOQUANT,
        f"{compte(projet.acquisitions, 'acquisition', 'acquisitions')} et "
        f"{compte(conformites, 'mise en conformité', 'mises en conformité')}, projet de type "
        f"{TYPOLOGIES[projet.typologie]}\u00a0: "
        + ("conforme." if admise else "l’appel à projets veut l’une ou l’autre."),
    )


@regle("E11")
def controler_l_entite_nationale(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """An organisation that belongs to a national entity brings its written agreement."""
    regles = edition.eligibilite.entite_nationale
    rattaches = [organisme.finess_ej for organisme in projet.organismes if organisme.entite_nationale]
    accord = "leur accord écrit" if len(rattaches) > 1 else "son accord écrit"
    if rattaches:
        yield juger(
            regles,
            Verdict.ALERTE,
            f"{compte(len(rattaches), 'organisme rattaché', 'organismes rattachés')} à une entité nationale "
            f"({citer(rattaches)})\u00a0: joignez {accord} ({regles.piece}).",
        )
    else:
        yield juger(
            regles, Verdict.SANS_OBJET, "Aucun organisme n’est déclaré rattaché à une entité nationale."
        )


@regle("E19")
def controler_l_autodiagnostic(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Self-diagnosis of each organisation: asked for with the documents, not in the simulation."""
    regles = edition.eligibilite.autodiagnostic
    nombre = len(projet.gestionnaires)
    sujet = compte(nombre, "organisme", "organismes") if nombre else "Organismes inconnus"
    suite = {"exige": "à joindre au dossier", "recommande": "recommandé, sans condition"}[regles.exigence]
    yield juger(
        regles,
        Verdict.SANS_OBJET,
        f"{sujet}\u00a0: autodiagnostic du système d’information ({regles.piece}) {suite}.",
    )


@regle("E20")
def controler_le_regroupement(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Commitments of a group, declared when filing; here, whether the size of each organisation is known."""
    regles = edition.eligibilite.regroupement
    inconnus = indetermines(projet, edition)
    if projet.sans_gestionnaire:
        nombre = len(projet.sans_gestionnaire)
        yield juger(
            regles,
            Verdict.A_COMPLETER,
            f"L’organisme gestionnaire de {essms(nombre)} est inconnu "
            f"({citer(projet.sans_gestionnaire)})\u00a0: à indiquer.",
        )
    elif inconnus:
        yield juger(
            regles,
            Verdict.A_COMPLETER,
            f"On ignore si {compte(len(inconnus), 'organisme est petit', 'organismes sont petits')} "
            f"({citer(inconnus)})\u00a0: "
            "indiquez les ESSMS gérés et la région du siège.",
        )
    elif incoherents := _tailles_incoherentes(projet):
        yield juger(regles, Verdict.ALERTE, incoherents)
    else:
        yield juger(regles, Verdict.SANS_OBJET, _phrase_du_regroupement(projet, edition))


def _tailles_incoherentes(projet: Projet) -> str:
    """Organisations said to manage fewer ESSMS than they bring: their size decides F4 and F5. Else empty."""
    apportes = Counter(ligne.finess_ej for ligne in projet.essms)
    trop_petits = [
        organisme.finess_ej
        for organisme in projet.gestionnaires
        if organisme.essms_geres is not None and organisme.essms_geres < apportes[organisme.finess_ej]
    ]
    if not trop_petits:
        return ""
    nombre = compte(len(trop_petits), "organisme apporte", "organismes apportent")
    return (
        f"{nombre} plus d’ESSMS que le nombre géré qui est déclaré ({citer(trop_petits)})\u00a0: "
        "à corriger ou à justifier."
    )


def _phrase_du_regroupement(projet: Projet, edition: Edition) -> str:
    regles = edition.eligibilite.regroupement
    nombre = len(projet.gestionnaires)
    petits = sum(1 for organisme in projet.gestionnaires if est_petit(organisme, edition))
    if nombre < 2:
        return "Un seul organisme\u00a0: le projet n’est pas un regroupement."
    piece = f", et la convention de grappe ({regles.piece}) est à joindre" if petits and regles.piece else ""
    return (
        f"{nombre} organismes, {_dont_petits(petits, nombre)}\u00a0: {len(regles.engagements)} engagements "
        f"se déclarent au dépôt{piece}."
    )


def _dont_petits(petits: int, nombre: int) -> str:
    if not petits:
        return "dont aucun n’est petit"
    return "tous petits" if petits == nombre else f"dont {compte(petits, 'petit', 'petits')}"


@regle("E21")
def controler_la_fiche(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Contacts of the summary sheet: typed in when filing, not in the simulation."""
    regles = edition.eligibilite.fiche_synthese
    if regles is not None:
        yield juger(
            regles,
            Verdict.SANS_OBJET,
            "Le contact opérationnel et le représentant légal signataire se renseignent au dépôt.",
        )
