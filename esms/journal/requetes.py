"""Proving that an entry is under a root, without reading the whole day."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms.journal import merkle
from esms.journal.models import Entree, Racine
from esms.journal.racines import contenu_scelle, entrees_entre, hachage_de
from esms.socle import canonique


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of a proof, ready to be read: a hash in hexadecimal and its side."""

    empreinte: str
    a_droite: bool


@dataclass(frozen=True, slots=True)
class Preuve:
    """What leads from an entry to the root that covers it; `tient` is False once something was altered."""

    racine: Racine
    etapes: Sequence[Etape]
    tient: bool

    @property
    def racine_scellee(self) -> str:
        """The characters whose SHA-256 is the seal of the root."""
        return canonique.octets(contenu_scelle(self.racine)).decode("utf8")


def preuve_de(entree: Entree) -> Preuve | None:
    """The proof that a root covers `entree`; None while no root does.

    Two queries, and at most 1,024 entries read, whatever the length of the day.
    """
    racine = Racine.objects.filter(jusqua__gte=entree.pk).order_by("jusqua", "rang").first()
    if racine is None:
        return None
    rang = next((i for i, (jusqua, _) in enumerate(racine.blocs) if jusqua >= entree.pk), None)
    if rang is None:
        return Preuve(racine, (), tient=False)
    apres = racine.blocs[rang - 1][0] if rang else racine.apres
    lues = list(entrees_entre(apres, racine.blocs[rang][0]).values_list("pk", "empreinte"))
    hachages = [hachage_de(empreinte) for _, empreinte in lues]
    dans_le_bloc = [pk for pk, _ in lues].index(entree.pk)
    noeuds = [bytes.fromhex(hachage) for _, hachage in racine.blocs]
    voisins = (*merkle.chemin(dans_le_bloc, hachages), *merkle.chemin(rang, noeuds))
    return Preuve(
        racine,
        tuple(Etape(voisin.empreinte.hex(), voisin.a_droite) for voisin in voisins),
        tient=merkle.remonter(hachages[dans_le_bloc], voisins).hex() == racine.racine,
    )
