"""An entry, and the gestures that make another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financement.composition.entree import (
    TropDEssms,
    ajouter,
    modifier_essms,
    modifier_organismes,
    modifier_projet,
    nette,
    nouvelle,
    retirer,
)
from financement.models.simulation import cle_de

A, B = "310000104", "310000112"
ACQUIS = [{"finess_et": A, "operation": "acquisition"}, {"finess_et": B, "operation": "acquisition"}]


def test_nette_tait_les_defauts_du_contrat() -> None:
    entree = {
        "aap": "occitanie-2025",
        "depose_le": None,
        "porteur": {"finess_ej": None, "tva_recuperee": False},
        "organismes": [{"finess_ej": A, "entite_nationale": False}],
        "essms": [
            {"finess_et": A, "operation": "acquisition", "sons": "aucune", "heures": None, "materiel": {}}
        ],
        "portee_nationale": False,
    }
    assert nette(entree) == {
        "aap": "occitanie-2025",
        "essms": [{"finess_et": A, "operation": "acquisition", "materiel": {}}],
    }


def test_nette_garde_un_faux_qui_dit_quelque_chose() -> None:
    entree = {"aap": "x", "essms": [{"finess_et": A, "operation": "acquisition", "saad": False}]}
    entree["solution"] = {"referencee_segur": False}
    assert nette(entree) == entree


@given(st.permutations([f"31000{rang:04d}" for rang in range(6)]))
def test_meme_projet_meme_cle_quel_que_soit_l_ordre(numeros: list[str]) -> None:
    entree = nouvelle("occitanie-2025")
    for numero in numeros:
        entree = ajouter(entree, [{"finess_et": numero, "operation": "acquisition"}])
    droite = ajouter(
        nouvelle("occitanie-2025"), [{"finess_et": n, "operation": "acquisition"} for n in sorted(numeros)]
    )
    assert cle_de(entree) == cle_de(droite)


def test_ajouter_deux_fois_ne_change_rien() -> None:
    entree = ajouter(nouvelle("x"), ACQUIS)
    assert ajouter(entree, ACQUIS) == entree


def test_ajouter_le_5001e_essms_refuse() -> None:
    pleine = ajouter(
        nouvelle("x"), [{"finess_et": f"{n:09d}", "operation": "acquisition"} for n in range(5000)]
    )
    with pytest.raises(TropDEssms, match="celui-ci en aurait 5001"):
        ajouter(pleine, ACQUIS[:1])


def test_retirer_puis_ajouter_rend_la_meme_entree() -> None:
    entree = ajouter(nouvelle("x"), ACQUIS)
    assert ajouter(retirer(entree, {A}), ACQUIS) == entree


def test_modifier_essms_ne_touche_que_les_choisis_et_pas_l_original() -> None:
    entree = ajouter(nouvelle("x"), ACQUIS)
    modifiee = modifier_essms(entree, {B}, {"sons": "commande"})
    assert modifiee["essms"] == [ACQUIS[0], {**ACQUIS[1], "sons": "commande"}]
    assert entree == ajouter(nouvelle("x"), ACQUIS)
    assert modifier_essms(modifiee, {B}, {"sons": "aucune"}) == entree


def test_modifier_projet_fusionne_les_objets() -> None:
    entree = modifier_projet(nouvelle("x"), {"porteur": {"finess_ej": A}})
    assert modifier_projet(entree, {"porteur": {"ght": True}})["porteur"] == {"finess_ej": A, "ght": True}
    assert "rejoint" not in modifier_projet(entree, {"rejoint": None})


def test_modifier_organismes_oublie_ce_qui_revient_au_referentiel() -> None:
    entree = modifier_organismes(nouvelle("x"), {A: {"essms_geres": 3}})
    assert entree["organismes"] == [{"finess_ej": A, "essms_geres": 3}]
    assert modifier_organismes(entree, {A: {"essms_geres": None}}) == nouvelle("x")
