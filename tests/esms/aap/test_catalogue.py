"""Editions are found by name; other directories are added by the environment."""

from pathlib import Path

import pytest

from esms.aap import EditionInconnue, EditionInvalide, edition, editions

FICTIVES = Path(__file__).resolve().parents[2] / "aap"


def test_editions_par_nom() -> None:
    assert [connue.slug for connue in editions()] == ["guadeloupe-2022", "occitanie-2025"]


def test_edition_d_un_autre_dossier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESMS_AAP_DIRS", str(FICTIVES))
    assert edition("bretagne-2031").region == "53"
    assert len(editions()) == 3


def test_edition_inconnue_dit_celles_qui_existent() -> None:
    with pytest.raises(EditionInconnue) as inconnue:
        edition("occitanie-2026")
    assert str(inconnue.value) == (
        "L’appel à projets «\u00a0occitanie-2026\u00a0» est inconnu. "
        "Connus\u00a0: guadeloupe-2022, occitanie-2025."
    )


def test_deux_fichiers_du_meme_nom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "occitanie-2025.toml").write_text("", encoding="utf8")
    monkeypatch.setenv("ESMS_AAP_DIRS", str(tmp_path))
    with pytest.raises(EditionInvalide, match="deux fichiers portent ce nom"):
        editions()
