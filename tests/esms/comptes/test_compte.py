"""« Mon compte »: sessions closed from afar; a right or an account removed is gone at the next request."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Role, Utilisateur
from esms.journal.models import Entree
from tests.fabriques import MOT_DE_PASSE, Monde, agent, utilisateur

pytestmark = pytest.mark.django_db
COMPTE, SESSIONS = reverse("comptes:mon_compte"), reverse("comptes:sessions")


@pytest.fixture
def personne() -> Utilisateur:
    cache.clear()
    return utilisateur("Camille Roux", MOT_DE_PASSE)


def _entrer(personne: Utilisateur) -> Client:
    client = Client()
    client.post("/compte/connexion/", {"login": personne.courriel, "password": MOT_DE_PASSE})
    return client


def test_mon_compte_sans_role_le_dit(personne: Utilisateur) -> None:
    page = _entrer(personne).get(COMPTE).content.decode()
    assert "Aucun rôle pour l’instant" in page


def test_session_fermee_de_loin_l_est_a_la_requete_suivante(personne: Utilisateur) -> None:
    ici, ailleurs = _entrer(personne), _entrer(personne)
    sessions = ici.get(SESSIONS).context["sessions"]
    assert len(sessions) == 2
    autre = next(s for _, s in sessions if s.session_key == ailleurs.session.session_key)
    assert ici.post(reverse("comptes:fermer", args=[autre.pk])).status_code == 302
    assert (ici.get(COMPTE).status_code, ailleurs.get(COMPTE).status_code) == (200, 302)
    assert ici.post(reverse("comptes:fermer", args=[autre.pk])).status_code == 404
    assert Entree.objects.get(chaine=f"compte:{personne.pk}").geste == "fermer_session"


def test_session_d_un_autre_404(personne: Utilisateur) -> None:
    _entrer(personne)
    intrus = _entrer(utilisateur("Intrus", MOT_DE_PASSE))
    cible = UserSession.objects.get(user=personne)
    assert intrus.post(reverse("comptes:fermer", args=[cible.pk])).status_code == 404


def test_fermer_les_autres_garde_celle_ci(personne: Utilisateur) -> None:
    ici, *ailleurs = (_entrer(personne) for _ in range(3))
    ici.post(reverse("comptes:fermer_les_autres"))
    assert ici.get(COMPTE).status_code == 200
    assert [client.get(COMPTE).status_code for client in ailleurs] == [302, 302]


def test_lire_ses_sessions_n_ecrit_rien(personne: Utilisateur) -> None:
    client = _entrer(personne)
    UserSession.objects.create(user=personne, ip="192.0.2.1", session_key="morte", user_agent="x")
    assert len(client.get(SESSIONS).context["sessions"]) == 1
    assert UserSession.objects.count() == 2


def test_mot_de_passe_change_ferme_les_autres_sessions(personne: Utilisateur) -> None:
    ici, ailleurs = _entrer(personne), _entrer(personne)
    champs = {"oldpassword": MOT_DE_PASSE, "password1": "quatre moutons bleus nagent"}
    assert ici.post(reverse("account_change_password"), champs)["Location"] == COMPTE
    assert (ici.get(COMPTE).status_code, ailleurs.get(COMPTE).status_code) == (200, 302)
    assert UserSession.objects.filter(user=personne).count() == 1
    assert Entree.objects.get(chaine=f"compte:{personne.pk}").geste == "changer_mot_de_passe"


def test_compte_desactive_n_a_plus_rien_a_la_requete_suivante(client: Client) -> None:
    personne = agent(Role.INSTRUCTEUR)
    client.force_login(personne)
    assert client.get(COMPTE).status_code == 200
    Utilisateur.objects.filter(pk=personne.pk).update(is_active=False)
    assert client.get(COMPTE)["Location"] == f"/compte/connexion/?next={COMPTE}"


def test_role_termine_n_a_plus_rien_a_la_requete_suivante(client: Client) -> None:
    monde = Monde()
    client.force_login(monde.porteur)
    page = reverse("dossiers:dossier", args=[monde.dossier.pk])
    assert client.get(page).status_code == 200
    hier = timezone.localdate() - timedelta(days=1)
    monde.porteur.rattachements.update(fin=hier)
    assert client.get(page).status_code == 404
