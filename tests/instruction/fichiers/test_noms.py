import pytest

from instruction.fichiers.noms import LONGUEUR_MAX, extension_de, nom_affiche


@pytest.mark.parametrize(
    ("brut", "propre"),
    [
        ("devis.pdf", "devis.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("annexe\u202egpj.exe", "annexegpj.exe"),
        ("lettre\r\nd’engagement.pdf", "lettre d’engagement.pdf"),
        ("  .  ", "fichier"),
        ("", "fichier"),
        ("..", "fichier"),
        ("zéro\u200blargeur.pdf", "zérolargeur.pdf"),
    ],
)
def test_nom_affiche_est_nettoye(brut: str, propre: str) -> None:
    assert nom_affiche(brut) == propre


def test_nom_de_300_caracteres_est_coupe_et_garde_son_extension() -> None:
    coupe = nom_affiche("a" * 300 + ".pdf")
    assert len(coupe) == LONGUEUR_MAX
    assert coupe.endswith("….pdf")


def test_extension_se_lit_sur_le_nom_nettoye() -> None:
    assert extension_de("devis.PDF\x00") == "pdf"
    assert extension_de("annexe\u202efdp.exe") == "exe"
    assert extension_de("sans") == ""
