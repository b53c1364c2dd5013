"""Notifications: one's own only, read by POST, counted in the header, in a constant number of queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel, Notification
from tests.fabriques import utilisateur

Ecrire = Callable[..., Courriel]
pytestmark = pytest.mark.django_db


@pytest.fixture
def personne(client: Client) -> Utilisateur:
    """Signed in."""
    connectee = utilisateur("Paule Porteur")
    client.force_login(connectee)
    return connectee


def recue(courriel: Ecrire, personne: Utilisateur) -> Notification:
    return Notification.objects.get(courriel=courriel(destinataire=personne))


def test_notification_se_lit_dans_le_portail_sans_etre_marquee(
    client: Client, personne: Utilisateur, courriel: Ecrire
) -> None:
    notification = recue(courriel, personne)
    page = client.get("/notifications/").content.decode()
    assert "Le dossier est certifié, il reste à le déposer" in page
    assert "Association « L’Été »" in page
    assert "Non lue" in page
    notification.refresh_from_db()
    assert notification.lue_le is None


def test_entete_dit_le_nombre_de_non_lues(client: Client, personne: Utilisateur, courriel: Ecrire) -> None:
    assert " non lues</span>" not in client.get("/").content.decode()
    for _ in range(2):
        recue(courriel, personne)
    recue(courriel, utilisateur())
    assert '2<span class="fr-sr-only"> non lues</span>' in client.get("/").content.decode()
    Notification.objects.filter(utilisateur=personne).first().delete()  # type: ignore[union-attr]
    assert '1<span class="fr-sr-only"> non lues</span>' in client.get("/").content.decode()


def test_entete_ne_compte_pas_au_dela_de_quatre_vingt_dix_neuf(
    client: Client, personne: Utilisateur, courriel: Ecrire
) -> None:
    for _ in range(100):
        recue(courriel, personne)
    assert "99+<span" in client.get("/").content.decode()


def test_ouvrir_marque_lue_et_mene_a_sa_page(client: Client, personne: Utilisateur, courriel: Ecrire) -> None:
    notification = recue(courriel, personne)
    reponse = client.post(f"/notifications/{notification.pk}/ouvrir/")
    assert (reponse.status_code, reponse["Location"]) == (302, "/dossiers/")
    notification.refresh_from_db()
    premiere = notification.lue_le
    assert premiere is not None
    client.post(f"/notifications/{notification.pk}/lire/")
    notification.refresh_from_db()
    assert notification.lue_le == premiere


def test_notification_d_un_autre_n_existe_pas(
    client: Client, personne: Utilisateur, courriel: Ecrire
) -> None:
    notification = recue(courriel, utilisateur())
    for geste in ("ouvrir", "lire"):
        assert client.post(f"/notifications/{notification.pk}/{geste}/").status_code == 404
    client.post("/notifications/tout-lire/")
    notification.refresh_from_db()
    assert notification.lue_le is None


def test_tout_lire_dit_combien_l_etaient_pas(client: Client, personne: Utilisateur, courriel: Ecrire) -> None:
    for _ in range(3):
        recue(courriel, personne)
    page = client.post("/notifications/tout-lire/", follow=True).content.decode()
    assert "3 notifications marquées comme lues." in page
    assert "Tout était lu." in client.post("/notifications/tout-lire/", follow=True).content.decode()


def test_liste_se_lit_en_nombre_constant_de_requetes(
    client: Client, personne: Utilisateur, courriel: Ecrire
) -> None:
    def requetes() -> int:
        with CaptureQueriesContext(connection) as mesure:
            client.get("/notifications/")
        return len(mesure)

    recue(courriel, personne)
    une = requetes()
    for _ in range(2):
        recue(courriel, personne)
    assert requetes() == une


def test_liste_montre_vingt_notifications_par_page(
    client: Client, personne: Utilisateur, courriel: Ecrire
) -> None:
    for _ in range(21):
        recue(courriel, personne)
    assert client.get("/notifications/").content.decode().count('<li class="notification') == 20
    assert client.get("/notifications/?page=2").content.decode().count('<li class="notification') == 1
