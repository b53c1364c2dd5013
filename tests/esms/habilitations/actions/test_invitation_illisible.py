"""Inviting when a name or an address holds marks that nobody sees: refused on input, read without them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from esms.comptes.models import Utilisateur
from esms.comptes.noms import SANS_NOM, nom_lisible
from esms.courriels.models import Courriel
from esms.habilitations.models import Invitation
from tests.esms.habilitations.mondes import invitation, titulaire

pytestmark = pytest.mark.django_db
ADRESSE = "nouvelle@essais.example"


@pytest.mark.parametrize("nom", ["Ti\u202etus\nBcc: x@y.example", "\u202e\u200b", "A\x01B", "T" * 120])
def test_inviter_au_nom_d_un_compte_ecrit_avant_la_regle_des_noms(nom: str) -> None:
    par = titulaire()
    with connection.cursor() as curseur:
        curseur.execute("UPDATE comptes_utilisateur SET nom = %s WHERE id = %s", [nom, par.pk])
    invitation(ADRESSE, Utilisateur.objects.get(pk=par.pk))
    courriel = Courriel.objects.get()
    assert (nom_lisible(nom) or SANS_NOM) in courriel.texte
    assert courriel.objet.isprintable()


def test_inviter_par_qui_a_une_adresse_illisible() -> None:
    par = titulaire()
    Utilisateur.objects.filter(pk=par.pk).update(courriel='"a\x01b"@essais\u202e.example')
    par.refresh_from_db()
    assert invitation(ADRESSE, par).invitee_par == par
    invitation(ADRESSE, par)
    assert Courriel.objects.count() == 2


@pytest.mark.parametrize(
    "adresse", ['"a\x01b"@essais.example', "a\x00@essais.example", "a@essais\u202e.example"]
)
def test_inviter_une_adresse_illisible_est_refuse(adresse: str) -> None:
    with pytest.raises(ValidationError):
        invitation(adresse, titulaire())
    assert not Invitation.objects.exists()
