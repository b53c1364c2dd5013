"""The catalogue of solutions of the demonstration: fictional software, fictional editors."""

from esms.demo.monde import FIXTURES
from esms.socle import tableurs
from grappes.actions.solution import RapportDeSolutions, importer_solutions
from grappes.catalogue_solutions import lire_catalogue


def importer() -> RapportDeSolutions:
    """Make or change the solutions of the fixture; the same ones again change nothing."""
    fichier = FIXTURES / "solutions.csv"
    return importer_solutions(
        lues=lire_catalogue(tableurs.lire(fichier.name, fichier.read_bytes())).solutions, par=None
    )
