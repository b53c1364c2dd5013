"""Counters: exact, one per subject, given back on demand."""

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory

from esms.socle.debit import Debit, adresse_de, en_mots
from tests.rigueur.courses import ensemble, sans, se_retrouver

COUREURS = 12
ECRITURE_DU_COMPTE = 'SELECT COUNT(*) FROM "cache_partage"'


class TroisParMinute(Debit):
    nom = "essai"
    rate = "3/min"


def _demande(adresse: str = "192.0.2.1") -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=adresse)


@pytest.fixture(autouse=True)
def _compteurs_vides(db: None) -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("secondes", "dit"),
    [
        (1, "1 seconde"),
        (45, "45 secondes"),
        (119, "119 secondes"),
        (120, "2 minutes"),
        (3594, "60 minutes"),
        (7201, "3 heures"),
        (86_400, "24 heures"),
    ],
)
def test_attente_se_dit_sans_jamais_etre_trop_courte(secondes: int, dit: str) -> None:
    assert en_mots(secondes) == dit.replace(" ", "\u00a0")


def test_debit_arrete_au_compte_et_par_sujet() -> None:
    attentes = [TroisParMinute().attente(_demande()) for _ in range(4)]
    assert attentes[:3] == [0, 0, 0]
    assert 1 <= attentes[3] <= 60
    assert TroisParMinute().attente(_demande("192.0.2.2")) == 0


def test_debit_oublie_rend_la_demande() -> None:
    for _ in range(5):
        frein = TroisParMinute()
        assert frein.attente(_demande()) == 0
        frein.oublier(_demande())


@pytest.mark.parametrize(
    ("recue", "comptee"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("x" * 500, "x" * 80),
    ],
)
def test_adresse_comptee_par_abonne(recue: str, comptee: str) -> None:
    assert adresse_de(_demande(recue)) == comptee


def _rafale(preparer: object = None) -> int:
    cache.clear()
    return ensemble(COUREURS, lambda rang: TroisParMinute().attente(_demande()), preparer).count(0)  # type: ignore[arg-type]


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_rafale_ne_passe_pas_le_compte() -> None:
    assert _rafale() == 3


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_rafale_sans_le_verrou_passe_le_compte() -> None:
    """Negative control: all have read the same counter before any writes it."""
    sans_verrou = sans("pg_advisory_xact_lock(", "pg_sleep(0 * ")
    assert _rafale(se_retrouver(COUREURS, avant=ECRITURE_DU_COMPTE, preparer=sans_verrou)) == COUREURS
