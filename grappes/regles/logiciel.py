"""Rules on the software: E12 to E17.

While an application has not chosen it, none of them is met nor failed: they say what will be looked at.
"""

from collections.abc import Iterator

from esms.aap import Edition
from esms.aap.eligibilite import Public, RecoursSad, Referencement

from .a_nommer import a_nommer
from .controle import Controle, Verdict, juger
from .phrases import citer, essms, guillemets, ou, sont
from .projet import Porteur, Projet
from .registre import regle


@regle("E12")
def controler_le_logiciel_unique(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """One software for all: a project declares a single solution, so this only says which and for whom."""
    regles = edition.eligibilite.logiciel_unique
    concernes = sum(1 for ligne in projet.essms if ligne.operation in regles.operations)
    if not concernes:
        yield juger(regles, Verdict.SANS_OBJET, "Aucune opération du projet n’impose un logiciel unique.")
        return
    if not projet.solution.choisie:
        yield a_nommer(regles, f"il en faut une seule, pour {essms(concernes)}.")
        return
    nom = f", {guillemets(projet.solution.nom)}," if projet.solution.nom else ""
    yield juger(
        regles,
        Verdict.CONFORME,
        f"Une seule solution{nom} est déclarée pour {essms(concernes)}\u00a0: conforme.",
    )


@regle("E13")
def controler_le_referencement(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Ségur referencing, in the reading of the edition."""
    regles = edition.eligibilite.referencement
    if projet.solution.dpi_ght and edition.eligibilite.exception_ght is not None:
        yield juger(regles, Verdict.SANS_OBJET, "La solution est un DPI de GHT\u00a0: voir la règle E16.")
    elif not projet.solution.choisie:
        yield _referencement_a_venir(projet, regles)
    elif projet.solution.referencee_segur:
        yield juger(
            regles,
            Verdict.CONFORME,
            f"La solution est référencée Ségur pour {essms(len(projet.essms))}\u00a0: conforme.",
        )
    else:
        variantes = {"toujours": _toujours_reference, "selon_operation_et_public": _reference_selon_le_public}
        yield variantes[regles.variante](projet, edition, regles)


def dispense_de_referencement(projet: Projet, regles: Referencement) -> bool:
    """Whether no ESSMS of the project calls for a listed software (E13, E14, E15)."""
    return _effectif(projet, regles.publics_dispenses) == len(projet.essms)


def _referencement_a_venir(projet: Projet, regles: Referencement) -> Controle:
    if dispense_de_referencement(projet, regles):
        return _dispenses(projet, regles)
    return a_nommer(regles, f"son référencement Ségur est à vérifier pour {essms(len(projet.essms))}.")


def _toujours_reference(projet: Projet, edition: Edition, regles: Referencement) -> Controle:
    inconnus = projet.publics.get(None, 0)
    tenus = len(projet.essms) - _effectif(projet, regles.publics_dispenses) - inconnus
    if tenus:
        return juger(
            regles,
            Verdict.BLOQUANT,
            f"La solution n’est pas référencée Ségur, ce qu’il faut pour {essms(tenus)} "
            f"(publics dispensés\u00a0: {', '.join(regles.publics_dispenses)}).",
        )
    if inconnus:
        return juger(
            regles,
            Verdict.A_COMPLETER,
            f"La solution n’est pas référencée Ségur et le public de {essms(inconnus)} est inconnu.",
        )
    return _dispenses(projet, regles)


def _dispenses(projet: Projet, regles: Referencement) -> Controle:
    nombre = essms(_effectif(projet, regles.publics_dispenses))
    return juger(regles, Verdict.SANS_OBJET, f"{nombre} d’un public dispensé de référencement Ségur.")


def _reference_selon_le_public(projet: Projet, edition: Edition, regles: Referencement) -> Controle:
    conformites = len(projet.essms) - projet.acquisitions
    if conformites:
        return juger(
            regles,
            Verdict.BLOQUANT,
            f"{essms(conformites)} en mise en conformité\u00a0: la solution doit être référencée Ségur.",
        )
    majoritaires = _effectif(projet, regles.publics_majoritaires)
    inconnus = projet.publics.get(None, 0)
    publics = sont(majoritaires, len(projet.essms), ou(regles.publics_majoritaires))
    if 2 * majoritaires > len(projet.essms):
        majorite = ", la majorité" if majoritaires < len(projet.essms) else ""
        return _conforme_au_cahier_des_charges(projet, regles, publics + majorite)
    if 2 * (majoritaires + inconnus) > len(projet.essms):
        return juger(
            regles,
            Verdict.A_COMPLETER,
            f"{publics}, et le public de {essms(inconnus)} est inconnu\u00a0: majorité à établir.",
        )
    return juger(
        regles,
        Verdict.BLOQUANT,
        f"{publics}\u00a0: sans majorité, la solution d’un projet du champ social doit être référencée "
        "Ségur.",
    )


def _conforme_au_cahier_des_charges(projet: Projet, regles: Referencement, publics: str) -> Controle:
    if projet.solution.au_sad:
        return juger(
            regles,
            Verdict.CONFORME,
            f"{publics}, et la solution est au SAD\u00a0: elle peut n’être pas référencée Ségur.",
        )
    return juger(
        regles,
        Verdict.ALERTE,
        f"{publics}\u00a0: la solution peut n’être pas référencée Ségur, si sa conformité "
        "au cahier des charges national est prouvée.",
    )


@regle("E14")
def controler_l_exception_pjm(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Legal protection of adults: no referencing asked, targets U1 and U2 do not hold the balance back."""
    regles = edition.eligibilite.exception_pjm
    if regles is None:
        return
    nombre = _effectif(projet, regles.publics)
    if nombre:
        yield juger(
            regles,
            Verdict.CONFORME,
            f"{essms(nombre)} PJM\u00a0: ni référencement Ségur exigé, ni obligation stricte sur la "
            "messagerie et le DMP.",
        )
    else:
        yield juger(regles, Verdict.SANS_OBJET, "Aucun ESSMS de protection juridique des majeurs.")


@regle("E15")
def controler_l_exception_ahi(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Reception and housing, when the project is selected: the software may still become a candidate."""
    yield from _exception_ahi(
        projet,
        edition,
        Verdict.ALERTE,
        "la solution devra être candidate au référencement Ségur à la signature de la convention.",
    )


@regle("E15")
def exiger_l_exception_ahi(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Reception and housing, when the convention is prepared: the software is at least a candidate by now."""
    yield from _exception_ahi(
        projet,
        edition,
        Verdict.BLOQUANT,
        "la solution n’est ni référencée Ségur ni candidate au référencement, ce qu’il faut à la signature "
        "de la convention.",
    )


def _exception_ahi(projet: Projet, edition: Edition, sinon: Verdict, manque: str) -> Iterator[Controle]:
    regles = edition.eligibilite.exception_ahi
    if regles is None:
        return
    nombre = _effectif(projet, regles.publics)
    solution = projet.solution
    if not nombre:
        yield juger(regles, Verdict.SANS_OBJET, "Aucun ESSMS d’accueil, hébergement et insertion.")
    elif not solution.choisie:
        yield a_nommer(regles, f"son référencement Ségur est à vérifier pour {essms(nombre)} AHI.")
    elif solution.referencee_segur or solution.candidate_segur:
        etat = "référencée" if solution.referencee_segur else "candidate au référencement"
        yield juger(regles, Verdict.CONFORME, f"{essms(nombre)} AHI, solution {etat} Ségur\u00a0: conforme.")
    else:
        yield juger(regles, sinon, f"{essms(nombre)} AHI\u00a0: {manque}")


@regle("E16")
def controler_l_exception_ght(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Patient record of a hospital group: the conditions add up, and a study (P7) is to be joined."""
    regles = edition.eligibilite.exception_ght
    if regles is None:
        return
    if not projet.solution.dpi_ght:
        yield juger(regles, Verdict.SANS_OBJET, "La solution n’est pas le DPI d’un GHT.")
        return
    if not projet.solution.choisie:
        yield a_nommer(regles, "les conditions du DPI de GHT se vérifient avec elle.")
        return
    manques = _manques_du_ght(projet)
    if manques:
        yield juger(regles, Verdict.BLOQUANT, f"DPI de GHT\u00a0: {citer(manques)}.")
    else:
        yield juger(
            regles,
            Verdict.ALERTE,
            f"DPI de GHT pour {essms(len(projet.essms))}\u00a0: joignez l’étude de couverture "
            f"({regles.piece}) et la preuve "
            "qu’aucune aide HOP’EN n’a été reçue.",
        )


def _manques_du_ght(projet: Projet) -> list[str]:
    porteur = projet.porteur
    aides = sum(1 for ligne in projet.essms if ligne.autre_aide_europeenne)
    conditions = (
        (porteur.ght, "le porteur n’est pas un GHT"),
        (porteur.marche_en_cours, "le porteur n’a pas de marché ouvert aux ESSMS"),
        (projet.solution.referencee_segur, "la solution n’est pas référencée Ségur dans le couloir hôpital"),
        (not aides, f"{essms(aides)} {'reçoivent' if aides > 1 else 'reçoit'} une autre aide européenne"),
    )
    return [manque for remplie, manque in conditions if not remplie]


@regle("E17")
def controler_le_recours_au_sad(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """An acquisition goes through the SAD, but for a running public contract or another field."""
    regles = edition.eligibilite.recours_sad
    if regles is None:
        return
    solution, porteur = projet.solution, projet.porteur
    if not projet.acquisitions:
        yield juger(regles, Verdict.SANS_OBJET, "Une mise en conformité n’oblige pas à recourir au SAD.")
    elif not solution.choisie:
        acquisitions = f"{essms(projet.acquisitions)} en acquisition"
        yield a_nommer(regles, f"sa présence au SAD est à vérifier, pour {acquisitions}.")
    elif solution.au_sad:
        yield juger(
            regles,
            Verdict.CONFORME,
            f"{essms(projet.acquisitions)} en acquisition, solution au SAD\u00a0: conforme.",
        )
    elif not solution.referencee_segur:
        yield juger(
            regles,
            Verdict.BLOQUANT,
            f"{essms(projet.acquisitions)} en acquisition\u00a0: la solution n’est ni au SAD, ni "
            "référencée Ségur.",
        )
    elif porteur.commande_publique and porteur.marche_en_cours:
        yield juger(
            regles,
            Verdict.CONFORME,
            "Marché public en cours et solution référencée Ségur\u00a0: le SAD n’est pas obligatoire.",
        )
    else:
        yield _sad_selon_le_public(projet, regles)


def _sad_selon_le_public(projet: Projet, regles: RecoursSad) -> Controle:
    concernes, inconnus = _effectif(projet, regles.publics), projet.publics.get(None, 0)
    if concernes:
        return juger(
            regles,
            Verdict.BLOQUANT,
            f"{sont(concernes, len(projet.essms), ou(regles.publics))} et {_sans_marche(projet.porteur)}"
            "\u00a0: la solution doit être choisie au SAD.",
        )
    if inconnus:
        return juger(
            regles,
            Verdict.A_COMPLETER,
            f"Public de {essms(inconnus)} inconnu\u00a0: on ignore si le SAD est obligatoire.",
        )
    return juger(
        regles,
        Verdict.CONFORME,
        f"Aucun ESSMS n’est {ou(regles.publics)} et la solution est référencée Ségur\u00a0: le SAD n’est pas "
        "obligatoire.",
    )


def _sans_marche(porteur: Porteur) -> str:
    """Why the running contract that would dispense is not there."""
    if porteur.marche_en_cours:
        return "le porteur, malgré son marché en cours, ne relève pas du Code de la commande publique"
    return "aucun marché public n’est en cours"


def _effectif(projet: Projet, publics: tuple[Public, ...]) -> int:
    return sum(projet.publics.get(public, 0) for public in publics)
