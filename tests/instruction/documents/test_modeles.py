"""The models: what they say, in which columns, the same bytes for the same answers."""

import io
import subprocess
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from instruction.documents.modeles import MODELES
from instruction.regles.heures import HeuresDeclarees, HeuresDUnService
from instruction.requetes import Examen
from tests.fabriques import GUADELOUPE, Monde, entree, etablissement, organisme

pytestmark = pytest.mark.django_db
HEURES = {"total": "8000.00", "apa": "4000.00", "pch": "1000.00", "dependance_autre": "1400.00"}
HOSTILE = "Association <b>des</b> Tilleuls {{ 7|add:7 }}"


def grappe() -> Monde:
    """Fifteen ESSMS of two organisms, one small; one home-help service; equipment for one."""
    lilas, tilleuls = organisme(), organisme(2, nom=HOSTILE)
    contenu = entree(lilas, 14)
    autre = etablissement(tilleuls, 1)
    contenu["organismes"].append({"finess_ej": tilleuls.finess_ej, "region": "76", "essms_geres": 1})
    contenu["essms"].append({"finess_et": autre.finess_et, "operation": "acquisition"})
    contenu["essms"][0] |= {"saad": True, "public": "DOM", "heures": HEURES}
    contenu["essms"][14]["materiel"] = {"demande_ht": "1000.00", "demande_ttc": "1200.00"}
    return Monde(contenu=contenu)


def ecrire(monde: Monde, code: str) -> bytes:
    return MODELES[code].ecrire(Examen(monde.dossier, timezone.now()))


def texte(octets: bytes, tmp_path: Path) -> str:
    (tmp_path / "m.pdf").write_bytes(octets)
    lu = subprocess.run(["pdftotext", "-layout", "m.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    return " ".join(lu.stdout.decode().split())


def feuilles(octets: bytes) -> dict[str, list[list[Any]]]:
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(octets))
    return {nom: classeur.get_sheet_by_name(nom).to_python() for nom in classeur.sheet_names}


@pytest.mark.parametrize("code", MODELES)
def test_memes_reponses_memes_octets(code: str) -> None:
    monde = grappe()
    assert ecrire(monde, code) == ecrire(monde, code)


@pytest.mark.parametrize("code", ["P1.pdf", "P2.pdf", "P3.pdf", "P4.pdf", "P5.pdf", "P8.pdf"])
def test_pdf_est_balise_en_francais(code: str) -> None:
    with pikepdf.open(io.BytesIO(ecrire(grappe(), code))) as document:
        assert str(document.Root.Lang) == "fr"
        assert bool(document.Root.MarkInfo.Marked)


def test_p4_dit_les_engagements_de_l_appel_a_projets_et_la_composition(tmp_path: Path) -> None:
    monde = grappe()
    lettre = texte(ecrire(monde, "P4.pdf"), tmp_path)
    for phrase in (
        "Lettre d’engagement du porteur",
        "Association des Lilas",
        "2 organismes gestionnaires de la grappe",
        "Le regroupement s’inscrit au moins sur la durée du projet",
        "aucun autre financement européen ; (AAP, art. 4.2.1)",
        "déployer la même solution, Logiciel A, dans tous les ESSMS de la grappe ; (AAP, art. 4.2.3)",
        "atteindre les 5 cibles d’usage",
        "nom et prénom",
        "15 ESSMS, de 2 organismes gestionnaires.",
    ):
        assert phrase in lettre, phrase
    assert all(essms.finess_et in lettre for essms in monde.dossier.grappe.essms.all())


def test_p4_nomme_le_representant_une_fois_saisi(tmp_path: Path) -> None:
    monde = Monde()
    monde.completer()
    lettre = texte(ecrire(monde, "P4.pdf"), tmp_path)
    assert "Dominique Faure" in lettre
    assert "nom et prénom" not in lettre


def test_p4_de_guadeloupe_cite_ses_articles(tmp_path: Path) -> None:
    lettre = texte(ecrire(Monde(GUADELOUPE, nombre=8), "P4.pdf"), tmp_path)
    assert "(AAP, art. 4.2D)" in lettre
    assert "4.2.4" not in lettre


def test_p5_a_les_colonnes_et_les_heures_de_l_annexe_1(tmp_path: Path) -> None:
    monde = grappe()
    page = texte(ecrire(monde, "P5.pdf"), tmp_path)
    annee = monde.campagne.ouverture.year - 1
    assert f"année {annee}" in page
    assert "8 000,00 4 000,00 1 000,00 1 400,00" in page
    assert "80 % 20 %" in page
    (lignes,) = feuilles(ecrire(monde, "P5.xlsx")).values()
    saad = monde.dossier.grappe.essms.get(reponses__saad=True)
    assert lignes[0][:3] == ["Nom de la structure", "FINESS EJ", "FINESS ET"]
    identite, chiffres = lignes[1][:3], lignes[1][3:]
    assert identite == ["Résidence 1", monde.entite.finess_ej, saad.finess_et]
    assert chiffres == [8000, 4000, 1000, 1400, "", 0.8, 0.2]


def test_p8_nomme_chaque_membre_et_imprime_les_balises_comme_du_texte(tmp_path: Path) -> None:
    convention = texte(ecrire(grappe(), "P8.pdf"), tmp_path)
    assert convention.count("Signature et cachet") == 2
    assert HOSTILE in convention
    assert "1 d’entre eux est un petit organisme gestionnaire" in convention
    assert "(art. 4.2.4)" in convention


def test_p9_ne_liste_que_les_essms_qui_demandent_du_materiel() -> None:
    monde = grappe()
    parc = feuilles(ecrire(monde, "P9a.xlsx"))["État du parc"]
    demandeur = monde.dossier.grappe.essms.get(reponses__has_key="materiel")
    assert [ligne[0] for ligne in parc[1:]] == [demandeur.finess_et]
    assert parc[1][2] == HOSTILE
    demande = feuilles(ecrire(monde, "P9b.xlsx"))
    assert {ligne[0] for ligne in demande["Demande"][1:-1]} == {demandeur.finess_et}
    assert demande["Saisi sur le portail"][1][3:] == [1000, 1200]


def test_heures_disent_ce_qui_manque_et_leur_empreinte_les_suit() -> None:
    entiere = HeuresDUnService("1", "2", "SAAD A", *map(Decimal, (10, 4, 1, 3)), Fraction(4, 5))
    muette = HeuresDUnService("3", "2", "SAAD B")
    partielle = HeuresDUnService("4", "2", "", Decimal(10), Decimal(4))
    assert entiere.confort == Fraction(1, 5)
    declarees = HeuresDeclarees((entiere, muette, partielle))
    assert declarees.manques == (
        "SAAD B\u00a0: les heures ne sont pas saisies.",
        "4\u00a0: il manque heures PCH, heures de dépendance hors APA et PCH.",
    )
    completes = [declarees.completes, HeuresDeclarees((entiere,)).completes, HeuresDeclarees(()).completes]
    assert completes == [False, True, False]
    assert HeuresDeclarees((entiere,)).empreinte != declarees.empreinte
