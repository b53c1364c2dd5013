"""Foreign keys only go down, lazy ones ("instruction.Dossier") included, which import-linter cannot see."""

import pytest
from django.apps import apps
from django.db.models import Model

ETAGES = {
    "instruction": 3,
    "financement": 2,
    "grappes": 1,
    "habilitations": 0,
    "courriels": 0,
    "journal": 0,
    "comptes": 0,
    "socle": -1,
}
MODELES = [modele for etiquette in ETAGES for modele in apps.get_app_config(etiquette).get_models()]


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele._meta.label)
def test_cle_etrangere_ne_remonte_jamais(modele: type[Model]) -> None:
    remontees = [
        f"{modele._meta.label}.{champ.name} → {champ.related_model._meta.label}"
        for champ in modele._meta.get_fields()
        if champ.is_relation and not champ.auto_created
        # Libraries (content types) stand below every floor.
        if ETAGES.get(champ.related_model._meta.app_label, -2) > ETAGES[modele._meta.app_label]
    ]
    assert remontees == []
