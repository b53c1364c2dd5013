"""Calendar (C1–C7): the window a project is filed in, and the end of each phase."""

from collections.abc import Iterator
from datetime import datetime

from esms.aap import Edition
from esms.aap.calendrier import Echeance, Fenetre
from esms.socle.dates import a_la_seconde, derniere_seconde

from .controle import Controle, Verdict, juger
from .phrases import compte, essms, jour
from .projet import Projet
from .registre import regle


@regle("C1")
def controler_la_fenetre(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """C1 or C2 when the project says when it was filed, and C3 when it came outside; nothing otherwise."""
    if projet.depose_le is None:
        return
    controle = _controler(projet, projet.depose_le, edition)
    yield controle
    yield from refuser_hors_fenetre(controle, edition)


def _controler(projet: Projet, depose_le: datetime, edition: Edition) -> Controle:
    generale, multi = edition.calendrier.depot, edition.calendrier.depot_multiregional
    if multi is None or (len(projet.regions) < 2 and not projet.regions_inconnues):
        return _situer(depose_le, generale, edition)
    if len(projet.regions) > 1:
        return controler_le_multiregional(projet, depose_le, multi, edition)
    return _controler_sans_les_regions(projet, depose_le, generale, multi, edition)


@regle("C2")
def controler_le_multiregional(
    projet: Projet, depose_le: datetime, fenetre: Fenetre, edition: Edition
) -> Controle:
    """The shorter window, as soon as the ESSMS lie in more than one region."""
    regions = compte(len(projet.regions), "région", "régions")
    return _situer(depose_le, fenetre, edition, f"Projet multirégional ({regions}). ")


def _controler_sans_les_regions(
    projet: Projet, depose_le: datetime, generale: Fenetre, multi: Fenetre, edition: Edition
) -> Controle:
    """One region may turn out to be two: it only matters between the two closings."""
    controle = _situer(depose_le, generale, edition)
    if controle.verdict == _situer(depose_le, multi, edition).verdict:
        return controle
    return juger(
        multi,
        Verdict.A_COMPLETER,
        f"La région de {essms(projet.regions_inconnues)} est inconnue\u00a0: si le projet est multirégional, "
        f"sa fenêtre fermait le {derniere_seconde(multi.ferme, edition.zone.key)}.",
    )


@regle("C3")
def refuser_hors_fenetre(controle: Controle, edition: Edition) -> Iterator[Controle]:
    """The consequence of a filing outside its window, where the AAP writes it."""
    hors_fenetre = edition.calendrier.hors_fenetre
    if hors_fenetre is not None and controle.verdict is Verdict.BLOQUANT:
        yield juger(
            hors_fenetre,
            Verdict.BLOQUANT,
            f"Déposé hors de la fenêtre {controle.regle}, le dossier est irrecevable\u202f; le "
            "brouillon est conservé.",
        )


def _situer(depose_le: datetime, fenetre: Fenetre, edition: Edition, debut: str = "") -> Controle:
    ouverture, fermeture = fenetre.bornes(edition.zone)
    if depose_le < ouverture:
        verdict, suite = Verdict.BLOQUANT, "trop tôt"
    elif depose_le >= fermeture:
        verdict, suite = Verdict.BLOQUANT, "trop tard"
    else:
        verdict, suite = Verdict.CONFORME, "conforme"
    return juger(
        fenetre,
        verdict,
        f"{debut}Déposé le {a_la_seconde(depose_le, edition.zone.key)}\u202f; "
        f"fenêtre du {jour(fenetre.ouvre)} au "
        f"{derniere_seconde(fenetre.ferme, edition.zone.key)}\u00a0: {suite}.",
    )


@regle("C4")
def fin_de_recevabilite(edition: Edition) -> datetime | None:
    """First instant after the phase in which a dossier is found complete or not; None: as dossiers come."""
    return edition.calendrier.recevabilite.fin(edition.zone)


@regle("C5")
def echeance_de_complement(demandee: datetime, edition: Edition) -> datetime:
    """Deadline of a request for more: the one wanted, never after the end of C4 where the AAP says so."""
    fin = fin_de_recevabilite(edition)
    if edition.calendrier.complements is None or fin is None:
        return demandee
    return min(demandee, fin)


@regle("C6")
def fin_d_instruction(edition: Edition) -> datetime | None:
    """First instant after the phase in which dossiers are scored; None: as dossiers come."""
    return edition.calendrier.instruction.fin(edition.zone)


@regle("C6")
def annonce_de_l_instruction(edition: Edition) -> str:
    """When dossiers are instructed, as the AAP says it, in one sentence."""
    return f"Instruction\u00a0: {_moment(edition.calendrier.instruction)}."


@regle("C7")
def annonce_de_selection(edition: Edition) -> str:
    """When the selection is made known, as the AAP says it, in one sentence."""
    return f"Sélection\u00a0: {_moment(edition.calendrier.selection)}."


def _moment(echeance: Echeance) -> str:
    fil = "au fil de l’eau" if echeance.au_fil_de_l_eau else ""
    fin = f"jusqu’au {jour(echeance.jusqu_au)}" if echeance.jusqu_au is not None else ""
    return "\u202f; ".join(filter(None, (", ".join(filter(None, (fil, fin))), echeance.indicatif)))
