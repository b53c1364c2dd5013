"""The one door to the FINESS files: tells the format from the content and hands over a reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grappes.finess.etalab import LecteurEtalab
from grappes.finess.flux import LecteurFlux
from grappes.finess.source import ouvrir, sans_bom, verifier_texte

_APERCU = 4096


@contextmanager
def lire_fichier(chemin: Path) -> Iterator[LecteurEtalab | LecteurFlux]:
    """Open a CSV file or a JSON stream, gzip or not. Raises FichierRefuse, at opening or while it is read."""
    with ouvrir(chemin) as source:
        debut = source.apercu(_APERCU)
    verifier_texte(debut)
    with ouvrir(chemin) as source:
        if sans_bom(debut).lstrip()[:1] == b"{":
            yield LecteurFlux(source)
        else:
            yield LecteurEtalab(chemin, source)
