"""The screens of the life cycle, in every state and for both sides."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from instruction.etats import Etat
from tests.fabriques import Monde, ouvrir_session

pytestmark = pytest.mark.django_db


def test_depot_se_retire_au_rang_lu_et_un_onglet_reste_ouvert_ne_retire_pas_le_suivant() -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    client = ouvrir_session(Client(), monde.porteur)
    adresse = reverse("dossiers:retirer_depot", args=[monde.dossier.pk])
    suivi = client.get(monde.dossier.get_absolute_url()).text
    assert adresse in suivi
    assert "<strong>Suite\u00a0:</strong> l’ARS va ouvrir la recevabilité." in suivi
    assert 'name="rang" value="1"' in client.get(adresse).text
    assert client.post(adresse).status_code == 409
    for _ in range(2):  # a double click is answered twice the same
        assert client.post(adresse, {"rang": "1"}).headers["Location"] == monde.dossier.get_absolute_url()
    assert monde.relire().etat == Etat.BROUILLON
    monde.deposer()
    assert client.post(adresse, {"rang": "1"}).status_code == 409
    assert (monde.relire().etat, monde.dossier.depot.rang) == (Etat.DEPOSE, 2)


def test_depot_ne_se_retire_plus_quand_la_fenetre_est_close() -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    client = ouvrir_session(Client(), monde.porteur)
    adresse = reverse("dossiers:retirer_depot", args=[monde.dossier.pk])
    hier = timezone.localdate() - timedelta(days=1)
    type(monde.campagne).objects.update(fermeture=hier, fermeture_multiregionale=hier)
    assert "Le dépôt ne peut plus être retiré" in client.get(adresse).text
    assert client.post(adresse, {"rang": "1"}).headers["Location"] == monde.dossier.get_absolute_url()
    assert adresse not in client.get(monde.dossier.get_absolute_url()).text
    assert monde.relire().etat == Etat.DEPOSE
