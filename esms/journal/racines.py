"""How a day of the journal is sealed under a root, and how roots are read again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal import merkle
from esms.journal.chaine import RECUL_ADMIS, Anomalie
from esms.journal.models import Entree, Racine
from esms.socle import canonique

CHAINE = "racines"
PAR_BLOC = 1024
"""Leaves under a stored node: a power of two, so that it is a node of the whole tree."""
_LOT = 2000


@dataclass(frozen=True, slots=True)
class Bloc:
    """A node above at most PAR_BLOC leaves; `jusqua` is the identifier of the last entry under it."""

    jusqua: int
    nombre: int
    hachage: bytes


def suivante(derniere: Racine | None, le: datetime, par: Utilisateur | None) -> Racine:
    """The root to write after `derniere`, over all that was added since; not saved."""
    apres = derniere.jusqua if derniere else 0
    blocs = list(blocs_de(feuilles(apres, None)))
    racine = Racine(
        rang=derniere.rang + 1 if derniere else 1,
        jour=timezone.localdate(le),
        le=le,
        par=par,
        apres=apres,
        jusqua=blocs[-1].jusqua if blocs else apres,
        nombre=sum(bloc.nombre for bloc in blocs),
        racine=merkle.sommet(bloc.hachage for bloc in blocs).hex(),
        blocs=_stockes(blocs),
        precedente=derniere.empreinte if derniere else "",
    )
    racine.empreinte = sceller(racine)
    return racine


def contenu_scelle(racine: Racine) -> dict[str, Any]:
    """Everything the hash of a root covers; dates in UTC to the microsecond."""
    return {
        "rang": racine.rang,
        "jour": racine.jour.isoformat(),
        "le": racine.le.astimezone(UTC).isoformat(timespec="microseconds"),
        "par": racine.par_id,
        "apres": racine.apres,
        "jusqua": racine.jusqua,
        "nombre": racine.nombre,
        "racine": racine.racine,
        "precedente": racine.precedente,
    }


def sceller(racine: Racine) -> str:
    """SHA-256 that seals `racine` to its place."""
    return canonique.empreinte(contenu_scelle(racine))


def entrees_entre(apres: int, jusqua: int | None) -> QuerySet[Entree]:
    """Entries above `apres`, up to `jusqua` when given, by identifier.

    Before the first root, `apres` is 0 and nothing may stand below: no lower bound, so that a forged
    identifier is seen.
    """
    entrees = Entree.objects.order_by("pk")
    if apres:
        entrees = entrees.filter(pk__gt=apres)
    return entrees if jusqua is None else entrees.filter(pk__lte=jusqua)


def feuilles(apres: int, jusqua: int | None) -> Iterator[tuple[int, str]]:
    """Identifier and hash of these entries, streamed."""
    valeurs = entrees_entre(apres, jusqua).values_list("pk", "empreinte")
    return iter(valeurs.iterator(chunk_size=_LOT))


def blocs_de(suite: Iterable[tuple[int, str]]) -> Iterator[Bloc]:
    """Nodes above the entries, block after block: at most PAR_BLOC hashes in memory."""
    restantes = iter(suite)
    while lot := list(islice(restantes, PAR_BLOC)):
        yield Bloc(lot[-1][0], len(lot), merkle.sommet(hachage_de(empreinte) for _, empreinte in lot))


def hachage_de(empreinte: str) -> bytes:
    """Hash of the leaf of an entry."""
    return merkle.feuille(empreinte.encode("utf8"))


def relire() -> Iterator[Anomalie]:
    """Report every root that was changed, removed or moved, or that no longer covers what it sealed."""
    avant: Racine | None = None
    for racine in Racine.objects.order_by("rang").iterator(chunk_size=_LOT):
        for motif in (*_liens(racine, avant), *_couverture(racine, avant)):
            yield Anomalie(CHAINE, racine.rang, motif)
        avant = racine


def _liens(racine: Racine, avant: Racine | None) -> Iterator[str]:
    """What does not hold in a root, given the one before."""
    attendu = avant.rang + 1 if avant else 1
    if racine.rang != attendu:
        yield f"rang {attendu} attendu"
    if racine.precedente != (avant.empreinte if avant else ""):
        yield "ne suit pas la racine précédente"
    if racine.apres != (avant.jusqua if avant else 0):
        yield "ne commence pas où finit la racine précédente"
    if avant and racine.jour <= avant.jour:
        yield "datée d’avant la racine précédente"
    if racine.empreinte != sceller(racine):
        yield "racine modifiée"


def _couverture(racine: Racine, avant: Racine | None) -> Iterator[str]:
    """Whether the entries are still those that were sealed; one pass over them."""
    blocs = list(blocs_de(feuilles(racine.apres, racine.jusqua)))
    nombre = sum(bloc.nombre for bloc in blocs)
    if nombre != racine.nombre:
        yield f"{racine.nombre} entrée(s) scellée(s), {nombre} trouvée(s)"
    if merkle.sommet(bloc.hachage for bloc in blocs).hex() != racine.racine:
        yield "les entrées ne sont plus celles qui ont été scellées"
    elif _stockes(blocs) != racine.blocs:
        yield "blocs modifiés"
    if avant:
        antidatees = entrees_entre(racine.apres, racine.jusqua).filter(le__lt=avant.le - RECUL_ADMIS).count()
        if antidatees:
            yield f"{antidatees} entrée(s) datée(s) d’avant la racine précédente"


def _stockes(blocs: Iterable[Bloc]) -> list[list[Any]]:
    return [[bloc.jusqua, bloc.hachage.hex()] for bloc in blocs]
