"""The grappe of a draft in a real browser: two people at once, and the story of an invitation."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from financement.composition.entree import modifier_essms, nette
from grappes.models import EtatParticipation, Participation
from grappes.requetes_grappes import entree_de
from instruction.actions.grappe import inviter_organisme, recomposer
from tests.fabriques import SAAD, Monde, entree, etablissement, organisme
from tests.instruction.actions.test_grappe import membre_de, siens
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monde() -> Monde:
    """15 ESSMS of the porteur, a home-help service and another ESSMS of a small organism."""
    contenu, autre = entree(organisme(), 15), organisme(2, nom="Fondation des Tilleuls")
    contenu["essms"] += [
        {"finess_et": etablissement(autre, 1).finess_et, "operation": "acquisition"},
        {"finess_et": etablissement(autre, 2, SAAD).finess_et, "operation": "acquisition"},
    ]
    return Monde(contenu=contenu)


def adresse(monde: Monde, ecran: str, *reste: str) -> str:
    return reverse(f"dossiers:grappe_{ecran}", args=[monde.dossier.pk, *reste])


def test_conflit_de_composition_est_accessible_et_garde_la_saisie(
    ouvrir_navigateur: Callable[..., Navigation], monde: Monde
) -> None:
    navigation = ouvrir_navigateur()
    entrer(navigation, monde.porteur)
    premier, second = siens(monde, organisme().finess_ej)[:2]
    navigation.aller(adresse(monde, "fiche", premier))
    navigation.cocher("Prestation reçue")
    recomposer(
        dossier=monde.dossier,
        entree=modifier_essms(nette(entree_de(monde.relire().grappe)), {second}, {"sons": "commande"}),
        sur=monde.dossier.simulation_id,
        par=monde.porteur,
    )
    with navigation.reponse_attendue(409):
        navigation.cliquer("Enregistrer et revenir aux ESSMS")
        assert "La composition a changé pendant votre saisie" in navigation.texte()
        assert navigation.page.get_by_label("Prestation reçue", exact=True).is_checked()
        assert navigation.violations() == []
    navigation.cliquer("Enregistrer et revenir aux ESSMS")
    lues = {e["finess_et"]: e.get("sons") for e in entree_de(monde.relire().grappe)["essms"]}
    assert (lues[premier], lues[second]) == ("prestation_recue", "commande")


@pytest.mark.parametrize("javascript", [True, False])
def test_organisme_invite_corrige_puis_confirme(
    ouvrir_navigateur: Callable[..., Navigation], monde: Monde, javascript: bool
) -> None:
    ej = organisme(2).finess_ej
    inviter_organisme(dossier=monde.dossier, finess_ej=ej, courriel="maud@essais.example", par=monde.porteur)
    navigation = ouvrir_navigateur(javascript=javascript)
    entrer(navigation, membre_de(monde, ej))
    navigation.aller(adresse(monde, "membre"))
    if javascript:
        assert navigation.violations() == []
    navigation.cliquer("Résidence 2", role="link")
    navigation.page.get_by_label("Heures totales").fill("1 000")
    navigation.page.get_by_label("dont APA").fill("600")
    if javascript:
        assert navigation.violations() == []
    navigation.cliquer("Enregistrer et revenir aux ESSMS")
    navigation.cliquer("Je confirme les 2 ESSMS de mon organisme et leurs réponses")
    assert "Confirmé par Maud Membre" in navigation.texte()
    assert Participation.objects.get().etat == EtatParticipation.CONFIRME
