"""The screens of rights in a real browser: axe finds nothing, 320 px are enough, no script is needed."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from esms.habilitations.actions.demande import demander
from tests.esms.habilitations.mondes import ARS, OG, administrateur, invitation, lien, titulaire
from tests.fabriques import organisme, utilisateur
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_demande_d_un_organisme_est_accessible_a_qui_y_repond(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    chef, navigation = administrateur(), ouvrir_navigateur()
    demande = demander(organisme=OG, nom="Les Lilas", ars=ARS, fonction="Directrice", par=utilisateur())
    entrer(navigation, chef)
    verifier(navigation, reverse("droits:equipe", args=[f"ars-{ARS}"]))
    verifier(navigation, reverse("droits:demande", args=[demande.pk]))


def test_invitation_et_demande_sont_accessibles(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    chef, nora, navigation = titulaire(), utilisateur("Nora Nouvelle"), ouvrir_navigateur()
    recue = invitation(nora.courriel, chef)
    entite = organisme(1, nom="Association des Lilas")
    verifier(navigation, lien(recue))
    entrer(navigation, chef)
    verifier(navigation, lien(recue), 403)
    verifier(navigation, reverse("droits:equipe", args=[f"og-{OG}"]))
    entrer(navigation, nora)
    verifier(navigation, reverse("droits:mes_droits"))
    verifier(navigation, lien(recue))
    navigation.cliquer("Accepter l’invitation")
    verifier(navigation, lien(recue), 410)
    verifier(navigation, f"{reverse('droits:demander')}?q={entite.finess_ej}")
    verifier(navigation, f"{reverse('droits:demander')}?organisme={entite.finess_ej}")
