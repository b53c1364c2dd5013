"""Take every measure and print it as it comes."""

import os
import platform
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from script.mesures.base import base_neuve
from script.mesures.mesure import Mesure

REELS = Path("../shared/donnees")


def _fichier(dossier: Path, arguments: list[str]) -> Path:
    """The national file: given, or found beside the checkout, or made up."""
    if arguments:
        return Path(arguments[0])
    reels = sorted(REELS.glob("etalab-cs1100502-stock-*-reconstitue.csv.gz"))
    if reels:
        return reels[-1]
    from script.mesures import registre  # noqa: PLC0415 - Django is set up only once the database is known

    fictif = dossier / "registre-fictif.csv"
    registre.ecrire(fictif)
    return fictif


def mesurer(arguments: list[str]) -> None:
    """Everything, in a database made for it."""
    import django  # noqa: PLC0415

    django.setup()
    from script.mesures import finess, moteur, pages  # noqa: PLC0415

    with TemporaryDirectory() as dossier:
        fichier = _fichier(Path(dossier), arguments)
        print(f"Registre : {fichier.name} · Python {platform.python_version()} · {os.cpu_count()} cœurs\n")
        _imprimer(finess.importer(fichier))
        _imprimer(finess.rechercher())
        _imprimer(moteur.calculer())
        _imprimer(moteur.lot())
        pages.remplir()
        print(f"\nAvec {pages.DOSSIERS} dossiers en plus")
        _imprimer(pages.pages())


def _imprimer(serie: Iterable[Mesure]) -> None:
    for mesure in serie:
        print(mesure, flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "esms.settings"
    # Interrupted, leave neither server nor database behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    url = os.environ.get("DATABASE_URL") or Path("var/base.env").read_text("utf8").strip().partition("=")[2]
    with base_neuve(url):
        mesurer(sys.argv[1:])
