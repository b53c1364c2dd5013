"""What the settings read: the environment, and where this checkout keeps what is its own."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"


def lire(nom: str, defaut: str = "") -> str:
    """A variable of the environment, without the spaces around it."""
    return os.environ.get(nom, defaut).strip()


def oui(nom: str) -> bool:
    """Whether that variable says yes."""
    return lire(nom).lower() in {"1", "true", "oui"}
