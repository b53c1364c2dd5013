"""The closing that applies to a dossier: one, to the second, and why that one."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from esms.socle.dates import derniere_seconde
from grappes.models import EssmsDeGrappe
from instruction.models import Dossier
from instruction.presentation.suites import suite_pour_le_porteur
from instruction.requetes_fenetre import avec_regions, cloture_de
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde, etablissement, organisme, ouvrir_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    joue = Monde()
    type(joue.campagne).objects.update(fermeture_multiregionale=joue.campagne.fermeture - timedelta(days=2))
    joue.relire()
    return joue


def ailleurs(monde: Monde) -> EssmsDeGrappe:
    """One more ESSMS, in another region."""
    autre = etablissement(organisme(7, "11"), 1)
    return monde.dossier.grappe.essms.create(finess_et=autre.finess_et, operation="acquisition", region="11")


def bandeau(monde: Monde, nom: str = "dossiers:dossier") -> str:
    page = ouvrir_session(Client(), monde.porteur).get(reverse(nom, args=[monde.dossier.pk]))
    (notice,) = re.findall(r'class="fr-notice__desc">(.*?)</span>', page.content.decode())
    return str(notice)


def test_c1_projet_d_une_region_a_la_cloture_generale(monde: Monde) -> None:
    fin = derniere_seconde(monde.campagne.fermeture, "Europe/Paris")
    motif = "projet d’une seule région (règle C1)"
    assert bandeau(monde) == f"Dépôt possible jusqu’au {fin}\u00a0: {motif}."


def test_c2_projet_de_deux_regions_n_a_que_la_cloture_multiregionale(monde: Monde) -> None:
    ailleurs(monde)
    fin = derniere_seconde(monde.dossier.campagne.fermeture_multiregionale, "Europe/Paris")
    motif = "projet multirégional (règle C2), vos ESSMS sont dans 2\u00a0régions"
    assert bandeau(monde) == f"Dépôt possible jusqu’au {fin}\u00a0: {motif}."
    assert suite_pour_le_porteur(monde.dossier) == f"complétez puis déposez, au plus tard le {fin}."


def test_c2_region_inconnue_ne_fait_pas_un_projet_multiregional(monde: Monde) -> None:
    essms = ailleurs(monde)
    essms.region = ""
    essms.save()
    assert cloture_de(monde.dossier).dernier_jour == monde.campagne.fermeture


def test_edition_sans_fenetre_multiregionale_ne_donne_pas_de_motif() -> None:
    joue = Monde(GUADELOUPE, nombre=8)
    fin = derniere_seconde(joue.campagne.fermeture, "America/Guadeloupe")
    assert bandeau(joue) == f"Dépôt possible jusqu’au {fin}."
    assert "(heure de la Guadeloupe)" in fin


def test_cloture_passee_ne_promet_plus_de_depot(monde: Monde) -> None:
    hier = monde.campagne.fermeture - timedelta(days=90)
    type(monde.campagne).objects.update(
        ouverture=hier - timedelta(days=30), fermeture=hier, fermeture_multiregionale=hier
    )
    cloture = cloture_de(monde.relire())
    minuit = datetime.combine(hier + timedelta(days=1), time(), ZoneInfo("Europe/Paris"))
    assert [cloture.passee(minuit - timedelta(seconds=1)), cloture.passee(minuit)] == [False, True]
    fin = derniere_seconde(hier, "Europe/Paris")
    assert bandeau(monde) == f"Le dépôt est clos depuis le {fin}."
    assert suite_pour_le_porteur(monde.dossier) == f"le dépôt est clos depuis le {fin}."
    adresse = reverse("dossiers:relecture", args=[monde.dossier.pk])
    relue = ouvrir_session(Client(), monde.porteur).get(adresse).text
    assert (f"<li>Le dépôt est clos depuis le {fin}.</li>" in relue, "trop tard" in relue) == (True, False)


def test_clotures_d_une_liste_se_lisent_en_une_requete(monde: Monde, django_assert_num_queries: Any) -> None:
    ailleurs(monde)
    Monde(OCCITANIE, rang=2)
    with django_assert_num_queries(1):
        dossiers = avec_regions(Dossier.objects.select_related("campagne").order_by("cree_le"))
        motifs = [cloture_de(dossier).pourquoi[:12] for dossier in dossiers]
    assert motifs == ["projet multi", "projet d’une"]


def test_dossier_sans_essms_n_a_pas_de_region(monde: Monde) -> None:
    monde.dossier.grappe.essms.all().delete()
    (dossier,) = avec_regions(Dossier.objects.select_related("campagne").all())
    assert cloture_de(dossier) == cloture_de(monde.dossier)
    assert cloture_de(dossier).dernier_jour == monde.campagne.fermeture
