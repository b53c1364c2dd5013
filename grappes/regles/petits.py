"""Small organisations: by all the ESSMS they manage and the territory of their seat (F4, F5, E20, P8)."""

from esms.aap import Edition

from .projet import Organisme, Projet


def seuil(organisme: Organisme, edition: Edition) -> int | None:
    """ESSMS from which an organisation is no longer small; None when its seat is unknown and matters."""
    return edition.financement.petits_organismes.seuil(organisme.region)


def est_petit(organisme: Organisme, edition: Edition) -> bool | None:
    """Whether an organisation is small; None when what is known does not settle it."""
    if organisme.essms_geres is None:
        return None
    regles = edition.financement.petits_organismes
    limite = regles.seuil(organisme.region)
    if limite is not None:
        return organisme.essms_geres < limite
    limites = [regles.ailleurs_moins_de, *(territoire.moins_de for territoire in regles.territoires)]
    if organisme.essms_geres < min(limites):
        return True
    return False if organisme.essms_geres >= max(limites) else None


def indetermines(projet: Projet, edition: Edition) -> tuple[str, ...]:
    """Organisations of the project that may be small or not, for want of a number or of a seat."""
    return tuple(o.finess_ej for o in projet.gestionnaires if est_petit(o, edition) is None)
