"""Each rule is found by five doors; docs/tracabilite.md says where, and is up to date."""

import pytest
from django.conf import settings
from django.core.management import call_command

from esms.aap import CATALOGUE, editions
from financement.management.commands.tracabilite import FICHIER, engendrer, essais_par_regle
from grappes.regles import fonctions

ESSAIS = essais_par_regle(settings.BASE_DIR / "tests")


@pytest.mark.parametrize("regle", CATALOGUE)
def test_regle_a_une_fonction_un_parametre_et_un_essai(regle: str) -> None:
    assert fonctions(regle)
    assert [edition.slug for edition in editions() if regle in edition.regles]
    assert ESSAIS.get(regle)


def test_essais_ne_citent_que_des_regles_du_catalogue() -> None:
    assert set(ESSAIS) - set(CATALOGUE) == set()


def test_document_a_jour() -> None:
    assert (settings.BASE_DIR / FICHIER).read_text(encoding="utf8") == engendrer(settings.BASE_DIR / "tests")


def test_commande_verifier_accepte_le_document_a_jour(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tracabilite", verifier=True)
    assert capsys.readouterr().err == ""
