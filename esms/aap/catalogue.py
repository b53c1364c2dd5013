"""Editions on disk: fixtures/aap, plus the directories of ESMS_AAP_DIRS."""

import os
from functools import cache
from pathlib import Path

from .chargeur import EditionInvalide, charger
from .edition import Edition

DOSSIER = Path(__file__).resolve().parents[2] / "fixtures" / "aap"


class EditionInconnue(LookupError):
    """No edition has this slug; the message, in French, says which ones exist."""


def editions() -> tuple[Edition, ...]:
    """Every edition, by slug. Files are read once per process and per value of ESMS_AAP_DIRS."""
    return tuple(_charger_tout(os.environ.get("ESMS_AAP_DIRS", "")).values())


def edition(slug: str) -> Edition:
    """Edition named `slug`. Raises EditionInconnue."""
    connues = _charger_tout(os.environ.get("ESMS_AAP_DIRS", ""))
    try:
        return connues[slug]
    except KeyError:
        raise EditionInconnue(
            f"L’appel à projets «\u00a0{slug}\u00a0» est inconnu. Connus\u00a0: {', '.join(connues)}."
        ) from None


@cache
def _charger_tout(autres: str) -> dict[str, Edition]:
    dossiers = [DOSSIER, *(Path(chemin) for chemin in autres.split(os.pathsep) if chemin)]
    trouvees: dict[str, Edition] = {}
    for fichier in sorted((f for dossier in dossiers for f in dossier.glob("*.toml")), key=lambda f: f.stem):
        if fichier.stem in trouvees:
            raise EditionInvalide(f"{fichier.name} : deux fichiers portent ce nom.")
        trouvees[fichier.stem] = charger(fichier)
    return trouvees
