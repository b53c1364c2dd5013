"""Fields as Django writes them, without a template for the attributes of each."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

ATTRIBUTS = {"id": "id_a", "class": "fr-input", "required": True, "disabled": False, "data-x": '"<&'}


@pytest.mark.parametrize("widget", [forms.TextInput(), forms.Textarea(), forms.HiddenInput()])
@pytest.mark.parametrize("valeur", [None, "", 'a "<b>" & c', 1234])
def test_champ_s_ecrit_comme_celui_de_django(widget: forms.Widget, valeur: object) -> None:
    ecrit = widget.render("a", valeur, ATTRIBUTS)
    attendu = widget.render("a", valeur, ATTRIBUTS, renderer=DjangoTemplates())
    assert parse_html(ecrit) == parse_html(attendu)
