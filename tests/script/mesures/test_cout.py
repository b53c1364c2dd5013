"""What a request costs the database: rows received, rows read, and pages that failed."""

import pytest
from django.db import connection
from django.http import HttpResponse

from grappes.models import EntiteJuridique
from script.mesures import cout

pytestmark = pytest.mark.django_db(transaction=True)


def _lire_trois_en_rendre_une() -> HttpResponse:
    with connection.cursor() as curseur:
        curseur.execute("SET enable_indexscan = off")
        curseur.execute("SELECT finess_ej FROM grappes_entitejuridique ORDER BY nom LIMIT 1")
        curseur.execute("RESET enable_indexscan")
    return HttpResponse(b"12345")


def test_couter_distingue_lignes_lues_et_lignes_recues() -> None:
    for numero in ("310781562", "120008503", "340787589"):
        EntiteJuridique.objects.create(finess_ej=numero, nom=numero)
    mesure = cout.couter(_lire_trois_en_rendre_une)
    assert (mesure.requetes, mesure.recues, mesure.lues, mesure.octets) == (3, 1, 3, 5)


def test_couter_refuse_une_page_en_erreur() -> None:
    with pytest.raises(RuntimeError, match="réponse 403"):
        cout.couter(lambda: HttpResponse(status=403))


def test_imprimer_signale_une_page_qui_lit_toute_la_campagne() -> None:
    """Fifteen queries and a small page, but rows that follow the size of the base."""
    mesures = cout.imprimer(cout.Cout(requetes=9, recues=5_020, lues=10_240, octets=30_000), lues_avant=2_240)
    assert [mesure.signe for mesure in mesures] == ["✓", "✗", "✗", "·"]
