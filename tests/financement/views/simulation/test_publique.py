"""What every address of the simulator shares: no account, a bounded rate of writing."""

import pytest
from django.core.cache import cache
from django.test import Client

from financement.models import Simulation
from financement.views.simulation.publique import DebitDesDocuments, DebitDesEcrans


@pytest.mark.django_db
def test_trop_d_envois_recoivent_une_page_429(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(DebitDesEcrans, "THROTTLE_RATES", {"simulations": "2/min"})
    envoi = {"aap": "occitanie-2025", "operation": "acquisition", "geste": "rechercher"}
    statuts = [client.post("/simuler/", envoi).status_code for _ in range(3)]
    refus = client.post("/simuler/", envoi)
    assert statuts == [302, 302, 429]
    assert "Trop de demandes en peu de temps" in refus.content.decode()
    assert 1 <= int(refus.headers["Retry-After"]) <= 60
    assert client.get("/simuler/").status_code == 200  # reading is free
    assert client.post("/simuler/", envoi, REMOTE_ADDR="10.0.0.9").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("chemin", ["", "essms/", "essms/ajouter/", "organismes/", "projet/", "et-si/"])
def test_lire_n_ecrit_rien(client: Client, simulation: Simulation, chemin: str) -> None:
    avant = list(Simulation.objects.values_list("pk", "enregistree_le", "gardee_le"))
    reponse = client.get(f"/simuler/{simulation.cle}/{chemin}")
    assert reponse.status_code == 200
    assert list(Simulation.objects.values_list("pk", "enregistree_le", "gardee_le")) == avant
    assert "sessionid" not in reponse.cookies


@pytest.mark.django_db
def test_documents_limites_meme_en_lecture(
    client: Client, simulation: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(DebitDesDocuments, "rate", "1/min")
    adresse = f"/simuler/{simulation.cle}/simulation.pdf"
    assert [client.get(adresse).status_code for _ in range(2)] == [200, 429]
