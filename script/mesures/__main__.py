"""Take every measure and print it as it comes; a part that fails says so, and the others go on."""

import os
import platform
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from script.mesures.base import INTERRUPTIONS, base_neuve, migrer
from script.mesures.mesure import ENTETE, HORS_CIBLE, SANS_CIBLE, TENUE, Mesure

REELS = Path("../shared/donnees")


@dataclass(slots=True)
class Releve:
    """What was printed so far."""

    mesures: list[Mesure] = field(default_factory=list)
    echecs: list[str] = field(default_factory=list)

    def prendre(self, titre: str, partie: Callable[[], Iterable[Mesure]]) -> None:
        """Print each figure of a part as it comes; its failure is one line."""
        print(f"\n{titre}", flush=True)
        try:
            for mesure in partie():
                self.mesures.append(mesure)
                print(mesure, flush=True)
        except Exception as erreur:  # noqa: BLE001 - a part fails as it likes: the others go on
            self.echecs.append(titre)
            print(f"{HORS_CIBLE} non mesuré — {type(erreur).__name__} : {erreur}", flush=True)

    def conclure(self, duree: float) -> None:
        """Count the aims held and missed; what was not measured."""
        signes = Counter(mesure.signe for mesure in self.mesures)
        print(
            f"\n{len(self.mesures)} chiffres en {duree:.0f} s : {signes[TENUE]} cibles tenues ({TENUE}), "
            f"{signes[HORS_CIBLE]} dépassées ({HORS_CIBLE}), {signes[SANS_CIBLE]} sans cible ({SANS_CIBLE}). "
            f"{_charge()}"
        )
        for titre in self.echecs:
            print(f"{HORS_CIBLE} partie non mesurée : {titre}")


def _charge() -> str:
    charges = ", ".join(f"{charge:.1f}".replace(".", ",") for charge in os.getloadavg())
    return f"Charge de la machine : {charges} pour {os.cpu_count()} cœurs."


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


def mesurer(dossier: Path, arguments: list[str]) -> Releve:
    """Everything, in a database made for it."""
    import django  # noqa: PLC0415

    django.setup()
    from script.mesures import convention, depots, ecritures, finess, moteur, pages, volume  # noqa: PLC0415
    from script.mesures.serveur import serveur  # noqa: PLC0415

    fichier, releve = _fichier(dossier, arguments), Releve()
    print(f"Registre : {fichier.name} · Python {platform.python_version()}. {_charge()}\n{ENTETE}")
    releve.prendre("Référentiel", lambda: finess.importer(fichier))
    releve.prendre("Recherche", finess.rechercher)
    releve.prendre("Moteur", moteur.calculer)
    releve.prendre("Ligne de commande", moteur.lot)
    volume.charger(volume.PREMIERS)
    toutes = pages.pages()
    lues = {page: pages.couter(page).lues for page in toutes}
    volume.charger(volume.DOSSIERS - volume.PREMIERS)
    print(f"\nAvec {volume.DOSSIERS} dossiers en plus, les lignes lues comparées à {volume.PREMIERS}")
    with serveur() as portail:
        for page in toutes:
            releve.prendre(page.nom, lambda page=page: pages.mesurer(portail, page, lues[page]))  # type: ignore[misc]
        releve.prendre("Enregistrements", lambda: ecritures.enregistrer(portail))
        releve.prendre("Dépôts", lambda: depots.deposer(portail))
    releve.prendre("Convention", convention.rendre)
    return releve


def principal(arguments: list[str]) -> int:
    """Exit code: 1 when a part could not be measured; a missed aim is not a failure."""
    # Interrupted, leave neither server nor database nor file behind.
    for interruption in INTERRUPTIONS:
        signal.signal(interruption, lambda numero, _: sys.exit(128 + numero))
    debut = time.monotonic()
    url = os.environ.get("DATABASE_URL") or Path("var/base.env").read_text("utf8").strip().partition("=")[2]
    with TemporaryDirectory() as dossier, base_neuve(url):
        os.environ["ESMS_FICHIERS"] = f"{dossier}/fichiers"
        migrer()
        releve = mesurer(Path(dossier), arguments)
    releve.conclure(time.monotonic() - debut)
    return 1 if releve.echecs else 0


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "esms.settings"
    sys.exit(principal(sys.argv[1:]))
