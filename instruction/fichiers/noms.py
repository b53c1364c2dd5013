"""The name under which a file is shown. It never serves as a path."""

import re
import unicodedata

LONGUEUR_MAX = 120
_ESPACES = re.compile(r"\s+")


def nom_affiche(nom: str) -> str:
    """The last component of `nom`, without control, bidirectional or invisible characters.

    120 characters at most; the extension survives the cut. Never empty.
    """
    dernier = nom.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(" " if c.isspace() else c for c in dernier if c.isspace() or _se_montre(c))
    propre = _ESPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip(" .")
    if not propre:
        return "fichier"
    if len(propre) <= LONGUEUR_MAX:
        return propre
    radical, point, extension = propre.rpartition(".")
    if not point or len(extension) > 10:
        return propre[: LONGUEUR_MAX - 1] + "…"
    return f"{radical[: LONGUEUR_MAX - len(extension) - 2]}….{extension}"


def extension_de(nom: str) -> str:
    """Extension in lower case, without the dot, after cleaning; empty when there is none."""
    _, point, extension = nom_affiche(nom).rpartition(".")
    return extension.lower() if point else ""


def _se_montre(caractere: str) -> bool:
    """Neither control, nor format such as a bidirectional mark, nor surrogate, nor unassigned."""
    return not unicodedata.category(caractere).startswith("C")
