"""Merkle tree of RFC 6962, section 2.1, over SHA-256: standard library only. Pure.

Leaves and nodes are hashed after a byte of their own, so that a node can never pass for a leaf.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FEUILLE, _NOEUD = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Voisin:
    """One step of a proof: the hash that stands beside ours, and on which side."""

    empreinte: bytes
    a_droite: bool


def feuille(octets: bytes) -> bytes:
    """Hash of a leaf."""
    return hashlib.sha256(_FEUILLE + octets).digest()


def noeud(gauche: bytes, droite: bytes) -> bytes:
    """Hash of the node above two others."""
    return hashlib.sha256(_NOEUD + gauche + droite).digest()


def sommet(hachages: Iterable[bytes]) -> bytes:
    """Root above leaves already hashed, read once; memory grows as the logarithm of their number.

    Whole subtrees of the same size, aligned, may stand for their leaves: the root is the same. Without any
    leaf, the hash of nothing.
    """
    pile: list[tuple[int, bytes]] = []
    for hachage in hachages:
        taille, haut = 1, hachage
        while pile and pile[-1][0] == taille:
            haut = noeud(pile.pop()[1], haut)
            taille *= 2
        pile.append((taille, haut))
    if not pile:
        return hashlib.sha256(b"").digest()
    haut = pile.pop()[1]
    while pile:
        haut = noeud(pile.pop()[1], haut)
    return haut


def chemin(rang: int, hachages: Sequence[bytes]) -> tuple[Voisin, ...]:
    """What must be known to climb from leaf `rang` (from 0) to the root, lowest first.

    Raises IndexError when there is no such leaf.
    """
    if not 0 <= rang < len(hachages):
        raise IndexError(rang)
    if len(hachages) == 1:
        return ()
    coupe = 1 << (len(hachages) - 1).bit_length() - 1  # largest power of two below their number
    if rang < coupe:
        return (*chemin(rang, hachages[:coupe]), Voisin(sommet(hachages[coupe:]), a_droite=True))
    return (*chemin(rang - coupe, hachages[coupe:]), Voisin(sommet(hachages[:coupe]), a_droite=False))


def remonter(depart: bytes, voisins: Iterable[Voisin]) -> bytes:
    """The root that a proof leads to, from a leaf already hashed."""
    haut = depart
    for voisin in voisins:
        haut = noeud(haut, voisin.empreinte) if voisin.a_droite else noeud(voisin.empreinte, haut)
    return haut
