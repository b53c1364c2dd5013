"""The base of the measures: copies that read as real dossiers, and that no real service can load."""

from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from esms.demo import registre
from esms.journal.chaine import verifier
from esms.journal.models import Entree
from grappes.models import Campagne
from instruction.models import Depot, Dossier

pytestmark = pytest.mark.django_db


def _charger(nombre: int) -> str:
    sortie = StringIO()
    call_command("charger_volume", "--dossiers", str(nombre), stdout=sortie)
    return sortie.getvalue()


def test_volume_copie_des_dossiers_a_tous_les_etats(settings: Any) -> None:
    settings.ESMS_DEMO = True
    registre.importer(le=timezone.localdate())
    sortie = _charger(40)
    patrons = Dossier.objects.count() - 40
    assert sortie == f"40 dossiers copiés de {patrons} dossiers réellement déposés.\n"
    etats = Counter(Dossier.objects.values_list("etat", flat=True))
    assert etats == {
        "brouillon": 6,
        "depose": 8 + patrons,
        "recevabilite": 2,
        "complements_demandes": 2,
        "recevable": 4,
        "irrecevable": 2,
        "ineligible": 2,
        "en_instruction": 10,
        "instruit": 4,
    }


def test_volume_garde_journal_sceaux_et_numeros(settings: Any) -> None:
    settings.ESMS_DEMO = True
    registre.importer(le=timezone.localdate())
    _charger(20)
    assert verifier(Entree.objects.order_by("chaine", "rang")) == []
    numeros = list(Dossier.objects.exclude(numero=None).order_by("numero").values_list("numero", flat=True))
    assert len(numeros) == len(set(numeros)) == Depot.objects.count()
    assert Campagne.objects.get().dernier_numero == len(numeros) + 3  # the copied drafts keep their places


def test_volume_sans_referentiel_refuse(settings: Any) -> None:
    settings.ESMS_DEMO = True
    with pytest.raises(CommandError, match="référentiel FINESS est vide"):
        _charger(1)


def test_volume_refuse_la_ou_la_demonstration_n_est_pas_demandee() -> None:
    with pytest.raises(CommandError, match="mot de passe des comptes de démonstration est public"):
        _charger(1)
    assert Campagne.objects.count() == 0
