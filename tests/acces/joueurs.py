"""Who plays a line of the matrix: everybody where a hole may hide, fewer where all get the same alike.

- The first state of a line: everybody. The others: the witnesses of each column.
- Where a column gets the same: its first, and each of the others in its turn; of a gesture, the last too.
- What opens for whoever is signed in, whatever the role: the first of each column.
"""

from collections.abc import Sequence
from zlib import crc32

from tests.acces.distribution import COLONNES, TEMOINS, Personne
from tests.acces.table import Ligne


def joueurs(ligne: Ligne, distribution: Sequence[Personne], *, premier: bool) -> list[Personne]:
    """Those who play it in this state (`premier`: the first of the line)."""
    return [personne for personne in distribution if _joue(ligne, personne, premier=premier)]


def _joue(ligne: Ligne, personne: Personne, *, premier: bool) -> bool:
    if ligne.commune:
        return personne.premiere
    if not premier:
        return personne.role in TEMOINS.get(personne.colonne, ())
    if len(set(ligne.cellules[personne.colonne].values())) == 1:
        return personne.role in _tour(ligne, COLONNES[personne.colonne])
    return True


def _tour(ligne: Ligne, roles: Sequence[str]) -> set[str]:
    dernier = () if ligne.methode == "GET" else (roles[-1],)
    return {roles[0], roles[crc32(ligne.nom.encode()) % len(roles)], *dernier}
