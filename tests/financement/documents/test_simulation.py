"""The workbook and the PDF of a simulation: same content, same bytes; nothing that runs."""

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import python_calamine
import time_machine
from django.test import Client

from financement.documents.simulation_pdf import LIGNES_MAX, simulation_pdf
from financement.documents.simulation_xlsx import simulation_xlsx
from financement.etude import Etude, etudier
from grappes.models import Etablissement
from tests import fabriques

LIEN = "https://portail.example/simuler/0123/"

pytestmark = pytest.mark.django_db


def etude(nombre: int = 15, **changements: Any) -> Etude:
    return etudier(fabriques.simulation(fabriques.entree(fabriques.organisme(), nombre, **changements)))


def feuille(octets: bytes, nom: str) -> list[list[Any]]:
    classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(octets))
    return classeur.get_sheet_by_name(nom).to_python()


def texte_du_pdf(octets: bytes, dossier: Path) -> str:
    (dossier / "s.pdf").write_bytes(octets)
    commande = ["pdftotext", "-layout", str(dossier / "s.pdf"), "-"]
    return subprocess.run(commande, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("ecrire", [simulation_xlsx, simulation_pdf])
def test_export_identique_octet_pour_octet(ecrire: Any) -> None:
    simulee = etude(3)
    with time_machine.travel("2025-05-02T12:00:00Z"):
        premier = ecrire(simulee, LIEN)
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert ecrire(etude(3), LIEN) == premier


def test_classeur_complet_et_nombres_en_nombres() -> None:
    octets = simulation_xlsx(etude(15), LIEN)
    synthese = dict(ligne[:2] for ligne in feuille(octets, "Synthèse")[1:])
    assert (synthese["Verdict"], synthese["Total"], synthese["Lien permanent"]) == (
        "Éligible",
        315000.0,
        LIEN,
    )
    lignes = feuille(octets, "Lignes")
    assert lignes[1][0] == "F1"
    assert sum(ligne[10] for ligne in lignes[1:-1]) == lignes[-1][10] == 315000.0
    assert len(feuille(octets, "ESSMS")) == 16
    assert {ligne[0] for ligne in feuille(octets, "Contrôles")[1:]} == {"Conforme", "Sans objet"}


def test_cellule_hostile_reste_du_texte() -> None:
    simulee = etude(2)
    numero = simulee.entree["essms"][0]["finess_et"]
    Etablissement.objects.filter(pk=numero).update(nom='=HYPERLINK("http://x")')
    octets = simulation_xlsx(etude(2), LIEN)
    assert feuille(octets, "ESSMS")[1][1] == '=HYPERLINK("http://x")'
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        feuilles = [archive.read(nom) for nom in archive.namelist() if nom.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in contenu or b"hyperlink" in contenu for contenu in feuilles)


def test_pdf_balise_qui_dit_ses_regles_et_son_lien(tmp_path: Path) -> None:
    simulee = etude(15)
    octets = simulation_pdf(simulee, LIEN)
    with pikepdf.open(io.BytesIO(octets)) as document:
        assert str(document.Root.Lang) == "fr"
        assert bool(document.Root.MarkInfo.Marked)
    texte = texte_du_pdf(octets, tmp_path)
    for attendu in ("Éligible", "315 000 €", "art. 4.4.1.1", "Page 1 / "):
        assert attendu in " ".join(texte.split())
    assert simulee.edition.version in "".join(texte.split())
    assert LIEN in texte


def test_pdf_imprime_les_balises_comme_du_texte(tmp_path: Path) -> None:
    nom = '<img src="file:///etc/passwd">{{ 7|add:7 }}'
    octets = simulation_pdf(etude(2, solution={"nom": nom, "referencee_segur": True}), LIEN)
    texte = "".join(texte_du_pdf(octets, tmp_path).split())
    assert '<imgsrc="file:///etc/passwd">{{7|add:7}}' in texte


def test_grand_projet_renvoie_les_lignes_au_classeur(tmp_path: Path) -> None:
    simulee = etude(LIGNES_MAX // 2 + 1)
    texte = texte_du_pdf(simulation_pdf(simulee, LIEN), tmp_path)
    assert f"Ce projet compte {LIGNES_MAX + 2} lignes" in texte


@pytest.mark.parametrize(("extension", "signature"), [("xlsx", b"PK"), ("pdf", b"%PDF-1.7")])
def test_export_en_piece_jointe(client: Client, extension: str, signature: bytes) -> None:
    simulation = fabriques.simulation(fabriques.entree(fabriques.organisme(), 2))
    reponse = client.get(f"/simuler/{simulation.cle}/simulation.{extension}")
    assert reponse.content.startswith(signature)
    attendu = f'attachment; filename="simulation-{simulation.cle}.{extension}"'
    assert reponse.headers["Content-Disposition"] == attendu
    assert reponse.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_modele_a_telecharger(client: Client, extension: str) -> None:
    reponse = client.get(f"/simuler/modele.{extension}")
    assert (reponse.status_code, len(reponse.content) > 200) == (200, True)
    assert client.get("/simuler/modele.exe").status_code == 404


def test_ce_qui_n_est_pas_accorde_se_lit_partout(tmp_path: Path) -> None:
    refusee = etude(15, amoa={"pilotage": True})
    raison = refusee.resultat.financement.ecartees[0].explication
    assert feuille(simulation_xlsx(refusee, LIEN), "Demandé, non accordé")[1] == [
        "F5b",
        "AMOA « pilotage »",
        "4.4.1.3",
        "projet",
        "Projet",
        raison,
    ]
    lu = " ".join(texte_du_pdf(simulation_pdf(refusee, LIEN), tmp_path).split())
    assert "Demandé, non accordé" in lu
    assert " ".join(raison.split()) in lu


def test_rien_de_refuse_pas_de_feuille_vide() -> None:
    classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(simulation_xlsx(etude(3), LIEN)))
    assert "Demandé, non accordé" not in classeur.sheet_names
