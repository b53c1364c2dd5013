"""Canonical JSON: one value, one sequence of bytes."""

import hashlib
from decimal import Decimal

import pytest

from esms.socle.canonique import empreinte, octets


def test_canonique_ne_depend_pas_de_l_ordre_des_cles():
    assert octets({"b": [1, {"d": None, "c": "é"}], "a": True}) == octets(
        {"a": True, "b": [1, {"c": "é", "d": None}]}
    )
    assert octets({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


def test_canonique_depend_de_l_ordre_des_listes_et_du_type():
    assert len({empreinte(valeur) for valeur in ([1, 2], [2, 1], ["1", "2"], "1,2")}) == 4


def test_canonique_empreinte_des_octets():
    assert empreinte({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()


@pytest.mark.parametrize(("valeur", "erreur"), [(float("nan"), ValueError), (Decimal("1.0"), TypeError)])
def test_canonique_refuse_ce_que_json_ne_tient_pas(valeur, erreur):
    with pytest.raises(erreur):
        octets(valeur)
