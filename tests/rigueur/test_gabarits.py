"""The alarm on undefined variables rings in our templates, and only there."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Template
from django.template.base import Origin

from tests.rigueur.gabarits import VariableInconnue

ICI = Origin(name=str(Path(settings.BASE_DIR) / "templates/essai.html"))
AILLEURS = Origin(name=str(Path(settings.BASE_DIR) / ".venv/lib/paquet/templates/essai.html"))


def _rendre(texte: str, origine: Origin) -> str:
    return Template(texte, origin=origine).render(Context({"connue": "oui"}))


@pytest.mark.parametrize("texte", ["{{ inconnue }}", "{{ connue.attribut }}", "{{ inconnue|default:'non' }}"])
def test_variable_inconnue_dans_un_gabarit_du_projet(texte: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="Variable de gabarit indéfinie"):
        _rendre(texte, ICI)


def test_variable_inconnue_dans_un_gabarit_de_paquet() -> None:
    assert _rendre("[{{ inconnue }}{{ inconnue|default:'non' }}{{ connue }}]", AILLEURS) == "[nonoui]"


def test_variable_inconnue_sous_condition_reste_permise() -> None:
    assert _rendre("{% if inconnue %}a{% else %}b{% endif %}", ICI) == "b"


def test_moteur_des_essais_est_surveille() -> None:
    assert isinstance(Engine.get_default().string_if_invalid, VariableInconnue)
