"""Opening a campagne: dates of the edition by default, its own otherwise, and what the database refuses."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from esms.aap import EditionInconnue, edition
from grappes.actions.campagne import ouvrir_campagne
from grappes.models import Campagne
from grappes.requetes_campagnes import campagnes_ouvertes, edition_de, est_ouverte

pytestmark = pytest.mark.django_db
SERVICE = {"service": "Direction de l’autonomie", "courriel": "aap@ars.example", "par": None}


def test_campagne_reprend_les_dates_de_l_edition() -> None:
    campagne = ouvrir_campagne(edition="occitanie-2025", ars="76", **SERVICE)
    assert (campagne.ouverture, campagne.fermeture) == (date(2025, 4, 22), date(2025, 6, 13))
    assert (campagne.fermeture_multiregionale, campagne.recevabilite) == (date(2025, 6, 1), date(2025, 7, 4))
    assert campagne.sigle == "OCC-2025"
    assert edition_de(campagne) == edition("occitanie-2025")


def test_dates_de_la_campagne_remplacent_celles_de_l_edition() -> None:
    campagne = ouvrir_campagne(
        edition="occitanie-2025",
        ars="76",
        ouverture=date(2026, 9, 1),
        fermeture=date(2026, 10, 31),
        fermeture_multiregionale=date(2026, 10, 15),
        recevabilite=date(2027, 6, 30),
        **SERVICE,
    )
    calendrier = edition_de(campagne).calendrier
    assert (calendrier.depot.ouvre, calendrier.depot.ferme) == (date(2026, 9, 1), date(2026, 10, 31))
    assert calendrier.depot_multiregional is not None
    assert calendrier.depot_multiregional.ferme == date(2026, 10, 15)
    assert calendrier.recevabilite.jusqu_au == calendrier.instruction.jusqu_au == date(2027, 6, 30)
    assert edition_de(campagne).version == edition("occitanie-2025").version


@pytest.mark.parametrize(
    ("dates", "phrase"),
    [
        ({"fermeture": date(2025, 4, 1)}, "ne précède pas l’ouverture"),
        ({"fermeture_multiregionale": date(2025, 6, 30)}, "dans la fenêtre de dépôt"),
        ({"recevabilite": date(2025, 5, 1)}, "avant la fermeture"),
    ],
)
def test_dates_en_desordre_sont_refusees(dates: dict[str, date], phrase: str) -> None:
    with pytest.raises(ValidationError, match=phrase):
        ouvrir_campagne(edition="occitanie-2025", ars="76", **SERVICE, **dates)
    assert not Campagne.objects.exists()


def test_fenetre_multiregionale_que_l_edition_n_a_pas_est_refusee() -> None:
    with pytest.raises(ValidationError, match="pas de fenêtre propre aux projets multirégionaux"):
        ouvrir_campagne(
            edition="guadeloupe-2022", ars="01", fermeture_multiregionale=date(2022, 9, 1), **SERVICE
        )
    assert not Campagne.objects.exists()


def test_recevabilite_datee_la_ou_l_edition_instruit_au_fil_de_l_eau() -> None:
    campagne = ouvrir_campagne(
        edition="guadeloupe-2022", ars="01", recevabilite=date(2022, 10, 15), **SERVICE
    )
    calendrier = edition_de(campagne).calendrier
    assert calendrier.recevabilite.jusqu_au == calendrier.instruction.jusqu_au == date(2022, 10, 15)
    assert campagne.valeurs()["recevabilite"] == "2022-10-15"


def test_base_refuse_une_fermeture_avant_l_ouverture() -> None:
    campagne = ouvrir_campagne(edition="occitanie-2025", ars="76", **SERVICE)
    with pytest.raises(IntegrityError, match="campagne_fenetre_ordonnee"):
        Campagne.objects.filter(pk=campagne.pk).update(
            fermeture=date(2025, 1, 1), fermeture_multiregionale=None, recevabilite=None
        )


def test_edition_d_une_autre_ars_inconnue_ou_deja_ouverte_est_refusee() -> None:
    with pytest.raises(ValidationError, match="celui de l’ARS Occitanie"):
        ouvrir_campagne(edition="occitanie-2025", ars="01", **SERVICE)
    with pytest.raises(EditionInconnue):
        ouvrir_campagne(edition="mars-2030", ars="76", **SERVICE)
    ouvrir_campagne(edition="occitanie-2025", ars="76", **SERVICE)
    with pytest.raises(ValidationError):
        ouvrir_campagne(edition="occitanie-2025", ars="76", **SERVICE)


@pytest.mark.parametrize(
    ("slug", "ars", "instant", "ouverte"),
    [
        ("occitanie-2025", "76", datetime(2025, 4, 21, 21, 59, 59, tzinfo=UTC), False),
        ("occitanie-2025", "76", datetime(2025, 4, 21, 22, 0, 0, tzinfo=UTC), True),
        ("occitanie-2025", "76", datetime(2025, 6, 13, 21, 59, 59, tzinfo=UTC), True),
        ("occitanie-2025", "76", datetime(2025, 6, 13, 22, 0, 0, tzinfo=UTC), False),
        ("guadeloupe-2022", "01", datetime(2022, 10, 1, 3, 59, 59, tzinfo=UTC), True),
        ("guadeloupe-2022", "01", datetime(2022, 10, 1, 4, 0, 0, tzinfo=UTC), False),
    ],
)
def test_c1_campagne_ouverte_a_la_seconde(slug: str, ars: str, instant: datetime, ouverte: bool) -> None:
    campagne = ouvrir_campagne(edition=slug, ars=ars, **SERVICE)
    assert est_ouverte(campagne, instant) is ouverte
    assert campagnes_ouvertes(instant) == ([campagne] if ouverte else [])
