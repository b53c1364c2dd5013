"""One text per criterion of the edition's grid: the instructor reads there what is to be scored. Pure."""

from collections.abc import Mapping
from typing import Any

from instruction.regles.candidature.contexte import Contexte


def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """Criteria of the grid without a text."""
    return tuple(
        f"Le texte «\u00a0{critere.libelle}\u00a0» est vide."
        for critere in contexte.edition.grille.criteres
        if not str(contenu.get(critere.cle) or "").strip()
    )
