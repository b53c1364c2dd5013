import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from grappes.models import Campagne

pytestmark = pytest.mark.django_db
SERVICE = ("--service", "Direction de l’autonomie", "--courriel", "aap@ars.example")


def test_commande_ouvre_la_campagne_avec_ses_dates() -> None:
    sortie = io.StringIO()
    call_command("ouvrir_campagne", "guadeloupe-2022", *SERVICE, "--fermeture", "2022-12-31", stdout=sortie)
    campagne = Campagne.objects.get()
    assert (campagne.ars, campagne.ouverture, campagne.fermeture) == (
        "01",
        date(2022, 3, 18),
        date(2022, 12, 31),
    )
    assert "numéros GUA-2022-0001 et suivants" in sortie.getvalue()


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("mars-2030", *SERVICE), "est inconnu"),
        (("occitanie-2025", *SERVICE, "--fermeture", "2024-01-01"), "ne précède pas l’ouverture"),
    ],
)
def test_commande_refusee_dit_pourquoi_et_n_ecrit_rien(arguments: tuple[str, ...], phrase: str) -> None:
    with pytest.raises(CommandError, match=phrase):
        call_command("ouvrir_campagne", *arguments)
    assert not Campagne.objects.exists()
