"""A grappe holds the contract's entry in rows, each ESSMS once (E5)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from grappes.actions.grappe import creer_grappe, recomposer_grappe
from grappes.models import EssmsDeGrappe, Grappe
from grappes.requetes_grappes import entree_de
from tests.fabriques import campagne, entree, organisme, porteur

pytestmark = pytest.mark.django_db


def creer(contenu: dict) -> Grappe:
    par = porteur(organisme().finess_ej)
    return creer_grappe(campagne=campagne(), entree=contenu, regions={}, gestionnaires={}, par=par)


def test_entree_relue_est_celle_qui_a_ete_donnee() -> None:
    contenu = entree(
        organisme(), 5, amoa={"pilotage": True, "devis_ht": "80000.00"}, region_pivot="76", rejoint=None
    )
    contenu["essms"][2] |= {
        "saad": True,
        "heures": {"total": "10", "apa": "5", "pch": "0", "dependance_autre": "0"},
    }
    contenu["essms"][3]["materiel"] = {}
    contenu["essms"].sort(key=lambda essms: essms["finess_et"])
    assert entree_de(creer(contenu)) == {**contenu, "portee_nationale": False}


def test_e5_doublon_est_refuse_a_la_saisie() -> None:
    contenu = entree(organisme(), 3)
    contenu["essms"].append(contenu["essms"][0])
    with pytest.raises(ValidationError, match="règle E5"):
        creer(contenu)
    assert not Grappe.objects.exists()


def test_e5_doublon_est_refuse_par_la_base() -> None:
    grappe = creer(entree(organisme(), 3))
    premier = grappe.essms.first()
    double = EssmsDeGrappe(grappe=grappe, finess_et=premier.finess_et, operation="acquisition")
    with pytest.raises(ValidationError, match="figure déjà dans la grappe"):
        double.full_clean()
    with pytest.raises(IntegrityError, match="essms_unique_dans_la_grappe"):
        double.save()


def test_recomposer_remplace_tout() -> None:
    grappe = creer(entree(organisme(), 5))
    nouvelle = entree(organisme(), 7)
    regions = {essms["finess_et"]: "76" for essms in nouvelle["essms"]}
    gestionnaires = dict.fromkeys(regions, organisme().finess_ej)
    recomposer_grappe(
        grappe=grappe,
        entree=nouvelle,
        regions=regions,
        gestionnaires=gestionnaires,
        par=porteur(organisme().finess_ej),
    )
    lus = grappe.essms.values_list("finess_et", "region", "finess_ej")
    assert sorted(lus) == [(numero, "76", organisme().finess_ej) for numero in sorted(regions)]
