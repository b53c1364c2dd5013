"""The convention as a PDF: what a task spends on each."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

import django
import pikepdf
from django.db import connections
from django.utils import timezone

from esms.demo import comptes, suites
from financement.documents.convention import rendre_convention
from financement.models import Convention
from instruction.etats import Etat
from instruction.models import Dossier
from script.mesures import volume
from script.mesures.mesure import Mesure, durees

PAGES = 8
CIBLE = 2.0
LOT = 4


def rendre() -> Iterator[Mesure]:
    """Retain the smallest filed project, issue its convention, render it again: alone, then four at once."""
    for role in ("valideur.occitanie", "administrateur.occitanie"):
        comptes.ouvrir(comptes.compte(role), le=timezone.localdate(), par=None)
    petits = Dossier.objects.filter(etat=Etat.DEPOSE, depose_par=volume.porteur(), cree_par=volume.porteur())
    dossier = petits.order_by("nombre_essms", "cree_le", "pk")[0]
    suites.instruire(dossier)
    suites.conventionner(dossier)
    convention = Convention.objects.get(grappe=dossier.grappe)
    secondes = min(durees(lambda le: rendre_convention(convention, le=le), [timezone.now()] * 3)) / 1000
    with pikepdf.open(BytesIO(rendre_convention(convention, le=timezone.now()))) as document:
        pages = len(document.pages)
    yield Mesure(
        f"convention PDF, pour {PAGES} pages",
        secondes * PAGES / pages,
        "s",
        CIBLE,
        f"{secondes:.2f} s pour {pages} pages, {dossier.nombre_essms} ESSMS",
    )
    yield Mesure(
        "  lot de quatre en parallèle, temps d’un seul",
        _lot(convention) / (LOT * secondes),
        "×",
        1,
        "2 processus",
    )


def _lot(convention: Convention) -> float:
    connections.close_all()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=django.setup) as equipe:
        list(equipe.map(_rendre_une, [convention.pk] * 2))  # both processes are warm
        return sum(durees(lambda pks: list(equipe.map(_rendre_une, pks)), [[convention.pk] * LOT])) / 1000


def _rendre_une(pk: int) -> int:
    return len(rendre_convention(Convention.objects.get(pk=pk), le=timezone.now()))
