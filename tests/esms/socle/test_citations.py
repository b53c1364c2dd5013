"""Articles as a sentence cites them."""

import pytest

from esms.socle.citations import articles, source


@pytest.mark.parametrize(
    ("reference", "ecrit"),
    [
        ("4.4.1", "art.\u00a04.4.1"),
        ("annexe 2", "annexe 2"),
        ("annexe 2, 4.4.1, 6.3", "annexe 2, art.\u00a04.4.1 et 6.3"),
        ("4.7, 6.3, annexe 2", "art.\u00a04.7 et 6.3, annexe 2"),
        ("3.1, 4.2, 6", "art.\u00a03.1, 4.2 et 6"),
        ("5 et 32 du RGPD", "art.\u00a05 et 32 du RGPD"),
        ("", ""),
    ],
)
def test_articles_se_citent_en_francais(reference: str, ecrit: str) -> None:
    assert articles(reference) == ecrit


def test_source_nomme_la_regle_si_elle_en_a_une() -> None:
    assert source("annexe 2, 4.4.1", "P2") == "(règle P2, annexe 2, art.\u00a04.4.1)"
    assert source("5 et 32 du RGPD") == "(art.\u00a05 et 32 du RGPD)"
