"""Reminders of a request for complements: on their day, once, to nobody once it is answered or late."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from esms.courriels.models import Courriel
from instruction.actions.complements import clore_complements
from instruction.actions.rappels_complements import GABARIT, demandes_a_rappeler, rappeler_complements
from instruction.etats import Etat
from instruction.requetes_complements import demande_ouverte
from tests.fabriques import Monde

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    monde = Monde()
    monde.amener(Etat.COMPLEMENTS_DEMANDES)
    return monde


def avant(monde: Monde, jours: int, heure: int = 9) -> datetime:
    """At that hour, `jours` days before the last day to answer."""
    dernier = timezone.localtime(monde.dossier.complements_avant - timedelta(microseconds=1))
    return (dernier - timedelta(days=jours)).replace(hour=heure, minute=0, second=0, microsecond=0)


def rappeler(monde: Monde, instant: datetime) -> int:
    ecrits = [
        courriel
        for dossier in demandes_a_rappeler(instant)
        for courriel in rappeler_complements(dossier=dossier, instant=instant, par=None)
    ]
    assert {courriel.gabarit for courriel in ecrits} <= {GABARIT}
    return len({courriel.a for courriel in ecrits} & {monde.porteur.courriel})


def test_c5_trois_rappels_un_par_seuil_jamais_deux_fois(monde: Monde) -> None:
    jours = (10, 8, 7, 7, 6, 3, 2, 1, 1, 0)
    assert [rappeler(monde, avant(monde, jour)) for jour in jours] == [0, 0, 1, 0, 0, 0, 1, 1, 0, 0]


def test_c5_rappel_dit_ce_qui_est_sans_reponse_et_jusqu_a_quelle_seconde(monde: Monde) -> None:
    rappeler(monde, avant(monde, 7))
    rappel = Courriel.objects.filter(gabarit=GABARIT, a=monde.porteur.courriel).get()
    (element,) = demande_ouverte(monde.dossier).elements.all()
    assert rappel.contexte["manques"] == [f"Pièce {element.cle} – {element.libelle}"]
    assert f"– Pièce {element.cle} – {element.libelle}" in rappel.texte
    assert "à 23\u00a0h\u00a059\u00a0min\u00a059\u00a0s (heure de Paris)" in rappel.texte
    assert element.raison not in rappel.texte


def test_c5_rien_la_nuit_ni_apres_l_echeance(monde: Monde) -> None:
    assert rappeler(monde, avant(monde, 2, heure=6)) == 0
    assert rappeler(monde, monde.dossier.complements_avant) == 0


def test_c5_demande_close_ne_se_rappelle_plus(monde: Monde) -> None:
    instant = avant(monde, 2)
    clore_complements(dossier=monde.dossier, motif="Document retrouvé.", par=monde.instructeur)
    assert demandes_a_rappeler(instant) == []
    assert rappeler_complements(dossier=monde.dossier.pk, instant=instant, par=None) == []
