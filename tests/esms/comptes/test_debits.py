"""Guessing passwords: bounded per account and per address; who knows the password is not slowed down."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from esms.comptes.debits import EchecsParAdresse, EchecsParCompte
from tests.fabriques import utilisateur
from tests.rigueur.courses import ensemble, sans, se_retrouver

ADRESSE = "/compte/connexion/"
ESSAIS, ECRITURE_DU_COMPTE = 16, 'SELECT "cache_key", "expires" FROM'
JUSTE = "phrase de passe des essais"


@pytest.fixture(autouse=True)
def _compteurs_vides(db: None) -> None:
    cache.clear()


def _essayer(courriel: str, mot: str = "faux", adresse: str = "192.0.2.1") -> HttpResponse:
    return Client(REMOTE_ADDR=adresse).post(ADRESSE, {"login": courriel, "password": mot})


def test_compte_attaque_de_partout_est_ferme_meme_au_bon_mot_de_passe() -> None:
    victime = utilisateur(mot_de_passe=JUSTE).courriel
    statuts = [_essayer(victime.upper(), adresse=f"192.0.2.{rang}").status_code for rang in range(11)]
    assert statuts == [200] * 10 + [429]
    refus = _essayer(victime, JUSTE, "192.0.2.99")
    assert refus.status_code == 429
    assert "Trop de connexions ont échoué." in refus.content.decode()
    assert 1 <= int(refus.headers["Retry-After"]) <= 3600


def test_compte_inconnu_est_compte_comme_un_autre() -> None:
    assert [_essayer("personne@exemple.example").status_code for _ in range(11)] == [200] * 10 + [429]


def test_adresse_qui_essaie_beaucoup_de_comptes_est_arretee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EchecsParAdresse, "rate", "3/hour")
    assert [_essayer(f"a{rang}@exemple.example").status_code for rang in range(4)] == [200, 200, 200, 429]
    assert _essayer("a4@exemple.example", adresse="192.0.2.2").status_code == 200


def test_connexions_reussies_ne_comptent_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EchecsParAdresse, "rate", "2/hour")
    monkeypatch.setattr(EchecsParCompte, "rate", "2/hour")
    courriel = utilisateur(mot_de_passe=JUSTE).courriel
    assert [_essayer(courriel, JUSTE).status_code for _ in range(4)] == [302] * 4


@pytest.mark.parametrize(
    "nom", ["a%00b@exemple.example", "%ED%A0%80@exemple.example", "x" * 100_000, "%ff", ""], ids=range(5)
)
def test_nom_de_compte_hostile_est_un_refus_ordinaire(nom: str) -> None:
    corps = f"login={nom}&password=x"
    reponse = Client().post(ADRESSE, corps, content_type="application/x-www-form-urlencoded")
    assert reponse.status_code == 200
    assert reponse.context["form"].errors


def _essais_admis(preparer: object = None) -> int:
    cache.clear()
    reponses = ensemble(ESSAIS, lambda rang: _essayer("cible@exemple.example"), preparer)  # type: ignore[arg-type]
    return [reponse.status_code for reponse in reponses].count(200)


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_rafale_d_essais_ne_depasse_pas_la_limite() -> None:
    assert _essais_admis() == 10


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_rafale_d_essais_sans_le_verrou_la_depasse() -> None:
    """Negative control: all have read the same counter before any writes it."""
    sans_verrou = sans("pg_advisory_xact_lock(", "pg_sleep(0 * ")
    lus_avant_d_ecrire = se_retrouver(
        ESSAIS, avant=ECRITURE_DU_COMPTE, avec="debit:compte", preparer=sans_verrou
    )
    assert _essais_admis(lus_avant_d_ecrire) == ESSAIS
