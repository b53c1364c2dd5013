"""The sections of an edition: read from its TOML, refused in clear when they make no sense."""

from pathlib import Path

import pytest

from esms.aap import EditionInvalide, charger, editions
from instruction.regles.candidature import MANQUES

BRETAGNE = Path(__file__).resolve().parents[2] / "aap" / "bretagne-2031.toml"
PROJET = '{ cle = "projet", article = "6.3", exigence = "obligatoire" }'


def _sans(tmp_path: Path, avant: str, apres: str) -> Path:
    texte = BRETAGNE.read_text(encoding="utf8")
    assert avant in texte
    fichier = tmp_path / "finistere-2032.toml"
    fichier.write_text(texte.replace(avant, apres), encoding="utf8")
    return fichier


def test_une_edition_choisit_ses_sections_par_son_seul_toml(tmp_path: Path) -> None:
    facultatif = PROJET.replace("obligatoire", "facultative")
    ailleurs = charger(_sans(tmp_path, PROJET, facultatif)).candidature
    assert ailleurs.section("projet") is not None
    assert [s.cle for s in ailleurs.sections if not s.obligatoire] == [
        "projet",
        *(s.cle for s in charger(BRETAGNE).candidature.sections if not s.obligatoire),
    ]
    sans = charger(_sans(tmp_path, f"    {PROJET},\n", "")).candidature
    assert sans.section("projet") is None


@pytest.mark.parametrize(
    ("apres", "raison"),
    [
        (PROJET.replace("obligatoire", "parfois"), "valeurs admises : obligatoire, facultative"),
        (PROJET.replace('article = "6.3", ', ""), "article : manque"),
        (PROJET.replace("cle =", "nom ="), "clé inconnue"),
        (f"{PROJET}, {PROJET}", "une section est citée deux fois"),
    ],
)
def test_section_mal_decrite_est_refusee(tmp_path: Path, apres: str, raison: str) -> None:
    with pytest.raises(EditionInvalide, match=raison):
        charger(_sans(tmp_path, PROJET, apres))


def test_edition_sans_section_est_refusee(tmp_path: Path) -> None:
    texte = BRETAGNE.read_text(encoding="utf8")
    debut = texte.index("[candidature]")
    table = texte[debut : texte.index("]\n", texte.index("sections = [", debut)) + 2]
    with pytest.raises(EditionInvalide, match="candidature : une candidature a au moins une section"):
        charger(_sans(tmp_path, table, '[candidature]\narticle = "4.7"\nsections = []\n'))
    with pytest.raises(EditionInvalide, match="candidature : manque"):
        charger(_sans(tmp_path, table, ""))


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.slug)
def test_chaque_section_typee_a_sa_regle(edition: object) -> None:
    cles = {section.cle for section in edition.candidature.sections}  # type: ignore[attr-defined]
    assert cles - {"grappe", "pieces"} <= set(MANQUES)
