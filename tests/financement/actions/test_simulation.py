"""Recording, keeping and purging simulations."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from esms.journal.models import Entree
from financement.actions.simulation import CONSERVATION, enregistrer, garder, purger
from financement.models import Simulation
from tests.rigueur.courses import croiser, sans_verrou

ENTREE = {"aap": "occitanie-2025", "essms": [{"finess_et": "310000104", "operation": "acquisition"}]}
AUTRE = {**ENTREE, "portee_nationale": True}


@pytest.mark.django_db
def test_enregistrer_deux_fois_une_seule_ligne() -> None:
    premiere, seconde = (enregistrer(entree=ENTREE, par=None) for _ in range(2))
    assert premiere.cle == seconde.cle
    assert Simulation.objects.count() == 1
    assert Simulation.objects.get().entree == ENTREE


@pytest.mark.django_db
def test_enregistrer_de_nouveau_prolonge_la_conservation() -> None:
    simulation = enregistrer(entree=ENTREE, par=None)
    hier = timezone.now() - timedelta(days=1)
    Simulation.objects.update(enregistree_le=hier)
    enregistrer(entree=ENTREE, par=None)
    assert Simulation.objects.get(pk=simulation.pk).enregistree_le > hier


@pytest.mark.django_db
@pytest.mark.parametrize("champ", [{"entree": AUTRE}, {"cle": "0" * 20}])
def test_base_refuse_de_modifier_une_simulation(champ: dict) -> None:
    enregistrer(entree=ENTREE, par=None)
    with pytest.raises(IntegrityError, match="Une simulation ne se modifie pas"), transaction.atomic():
        Simulation.objects.update(**champ)


@pytest.mark.django_db
def test_base_refuse_une_cle_qui_n_en_est_pas_une() -> None:
    with pytest.raises(IntegrityError, match="simulation_cle_hexadecimale"), transaction.atomic():
        Simulation.objects.create(cle="Z" * 20, entree=ENTREE)


@pytest.mark.django_db
def test_garder_une_seule_fois_et_le_journal_le_dit() -> None:
    simulation = enregistrer(entree=ENTREE, par=None)
    premiere = garder(simulation=simulation, par=None)
    seconde = garder(simulation=simulation, par=None)
    assert premiere.gardee_le == seconde.gardee_le is not None
    assert [(e.chaine, e.geste) for e in Entree.objects.order_by("pk")] == [
        (f"simulation:{simulation.cle}", "garder_simulation")
    ]


@pytest.mark.django_db
def test_garder_une_simulation_purgee_le_dit() -> None:
    simulation = enregistrer(entree=ENTREE, par=None)
    Simulation.objects.all().delete()
    with pytest.raises(Simulation.DoesNotExist):
        garder(simulation=simulation, par=None)


@pytest.mark.django_db
def test_purger_laisse_les_recentes_et_les_gardees() -> None:
    gardee = garder(simulation=enregistrer(entree=ENTREE, par=None), par=None)
    perimee = enregistrer(entree=AUTRE, par=None)
    Simulation.objects.update(enregistree_le=timezone.now() - CONSERVATION - timedelta(hours=1))
    recente = enregistrer(entree={**ENTREE, "region_pivot": "76"}, par=None)
    assert purger(avant=timezone.now() - CONSERVATION, par=None) == 1
    assert set(Simulation.objects.values_list("pk", flat=True)) == {gardee.pk, recente.pk}
    assert not Simulation.objects.filter(pk=perimee.pk).exists()
    assert Entree.objects.get(chaine="simulations").contenu["nombre"] == 1


@pytest.mark.django_db
def test_purger_sans_rien_a_purger_n_ecrit_pas_au_journal() -> None:
    enregistrer(entree=ENTREE, par=None)
    assert purger(avant=timezone.now() - CONSERVATION, par=None) == 0
    assert Entree.objects.count() == 0


@pytest.mark.django_db
def test_commande_de_purge_dit_son_compte(capsys: pytest.CaptureFixture) -> None:
    enregistrer(entree=ENTREE, par=None)
    Simulation.objects.update(enregistree_le=timezone.now() - timedelta(days=3))
    call_command("purger_simulations", jours=2)
    assert capsys.readouterr().out.startswith("1 simulation(s) supprimée(s)")


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_quarante_enregistrements_a_la_fois_font_une_ligne() -> None:
    def enregistrer_ailleurs(_: int) -> str:
        try:
            return enregistrer(entree=ENTREE, par=None).cle
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        cles = set(fils.map(enregistrer_ailleurs, range(40)))
    assert (len(cles), Simulation.objects.count()) == (1, 1)


def _garder_a_deux(preparer: Callable[[], None] | None = None) -> int:
    """Two people keep the same simulation, one held before it writes; how many rows the journal got."""
    gardee = partial(garder, simulation=enregistrer(entree=ENTREE, par=None), par=None)
    croiser(gardee, gardee, avant='UPDATE "financement_simulation"', preparer=preparer)
    return Entree.objects.filter(geste="garder_simulation").count()


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_garder_a_deux_n_a_qu_un_effet() -> None:
    assert _garder_a_deux() == 1


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_garder_a_deux_sans_verrou_a_deux_effets() -> None:
    """Negative control."""
    assert _garder_a_deux(sans_verrou) == 2
