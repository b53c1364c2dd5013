"""The convention's PDF: all that it must say, from the plan, and nothing that a porteur could slip in."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from financement.documents.convention import contexte_de, rendre_convention
from financement.models import Convention
from tests.financement import mondes

pytestmark = pytest.mark.django_db
LE = datetime(2025, 10, 1, 8, 0, tzinfo=UTC)
outils = pytest.mark.skipif(
    not (shutil.which("qpdf") and shutil.which("pdftotext")), reason="qpdf et pdftotext ne sont pas installés"
)


def texte_de(convention: Convention, dossier: Path) -> str:
    """Text of the PDF, blanks squeezed."""
    fichier = dossier / "convention.pdf"
    fichier.write_bytes(rendre_convention(convention, le=LE))
    subprocess.run(["qpdf", "--check", fichier], check=True, capture_output=True)
    sortie = subprocess.run(["pdftotext", "-layout", fichier, "-"], check=True, capture_output=True).stdout
    return re.sub(r"\s+", " ", sortie.decode("utf8"))


@outils
def test_convention_pdf_dit_les_parties_et_le_montant(tmp_path):
    texte = texte_de(mondes.monde(20).convention, tmp_path)
    for attendu in (
        "Convention de financement n° CONV-OCC-2025-0001",
        "L’Agence régionale de santé Occitanie",
        "Association Les Tilleuls",
        "Mme Camille Roux, directrice générale",
        "420 000 €",
        "(quatre cent vingt mille euros)",
        "deux cent dix mille euros",
        "instruction n° DNS/DGCS/CNSA/2025/40 du 16 avril 2025",
        "décret n° 2013-1217 du 23 décembre 2013",
        "notamment son article L.312-1",
        "la décision de l’ARS du 20 septembre 2025",
        "Financé par l’Union européenne – NextGenerationEU",
        "18 mois pour une acquisition et 9 mois pour une mise en conformité",
    ):
        assert texte.count(attendu) >= 1, attendu


@outils
def test_convention_pdf_annexes_ligne_a_ligne(tmp_path):
    monde = mondes.monde(4)
    texte = texte_de(monde.convention, tmp_path)
    for rang in range(1, 5):
        numero = mondes.numero_finess(rang)
        assert texte.count(f"{numero} EHPAD n° {rang} Toulouse") == 1
        assert len(re.findall(rf"{numero} {rang} Rang {rang} :", texte)) == 2
    assert texte.count("Sous-total F1 28 000 €") == texte.count("Sous-total F3 56 000 €") == 1


@outils
def test_convention_pdf_pied_de_chaque_page(tmp_path):
    convention = mondes.monde(4).convention
    texte = texte_de(convention, tmp_path)
    pages = [(int(n), int(total)) for n, total in re.findall(r"Page (\d+) / (\d+)", texte)]
    assert pages == [(n, len(pages)) for n in range(1, len(pages) + 1)]
    assert texte.count(convention.plan.version_regles) == texte.count(convention.plan.empreinte) == len(pages)


@outils
def test_convention_pdf_de_vingt_essms_tient_en_huit_pages(tmp_path):
    texte = texte_de(mondes.monde(20).convention, tmp_path)
    assert len(re.findall(r"Page \d+ / 8", texte)) == 8


@outils
def test_convention_pdf_texte_hostile_reste_du_texte(tmp_path):
    hostile = "<img src=file:///etc/passwd> {{ plan.entree }} http://127.0.0.1/"
    monde = mondes.monde(2)
    projet = mondes.grappe(monde.campagne, range(10, 12), logiciel=hostile)
    texte = texte_de(mondes.preparee(projet, monde.valideur), tmp_path)
    sans_blancs = f"la même solution logicielle : {hostile}.".replace(" ", "")
    assert texte.replace(" ", "").count(sans_blancs) == 1
    assert "root:" not in texte


def test_convention_pdf_memes_octets(monde):
    assert rendre_convention(monde.convention, le=LE) == rendre_convention(monde.convention, le=LE)


def test_convention_pdf_cibles_et_formules_de_l_edition(monde):
    indicateurs = contexte_de(monde.convention, le=LE)["indicateurs"]
    assert [(i["regle"], i["cible"], i["conditionne_le_solde"], i["dispenses"]) for i in indicateurs] == [
        ("U1", "70", True, "PJM"),
        ("U2", "70", True, "PJM"),
        ("U3", "90", True, ""),
        ("U4", "90", True, ""),
        ("U5", "90", True, ""),
        ("U6", None, False, ""),
        ("U7", None, False, ""),
    ]
    assert indicateurs[2]["formule"] == "(dossiers actifs / personnes accompagnées dans la structure) × 100"


@outils
def test_convention_pdf_de_guadeloupe_suit_son_edition(tmp_path):
    campagne = mondes.campagne(sigle="GUA-2022", ars="01", edition="guadeloupe-2022")
    agent = mondes.compte("Valérie Deur", "valideur", "01")
    texte = texte_de(mondes.preparee(mondes.grappe(campagne, range(1, 9)), agent), tmp_path)
    assert texte.count("Les indicateurs sont mesurés à chaque fin de mois, sur le mois écoulé") == 1
    assert texte.count("172 000 €") > 1
    assert texte.count("n° DNS/CNSA/DGCS/2022/34 du 8 février 2022") == 1
