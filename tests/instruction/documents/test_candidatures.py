"""P1, P2 and P3: nothing that was typed is left out, nothing that was typed acts."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone

from instruction.documents.modeles import PRODUIT_PAR_PIECE
from instruction.regles import produits
from instruction.requetes import Examen
from tests.fabriques import GUADELOUPE, Monde
from tests.instruction.actions.test_produits import rempli
from tests.instruction.documents.test_modeles import HOSTILE, grappe, texte

pytestmark = pytest.mark.django_db
ETAPE = {"libelle": "Formation des référents", "debut": "2026-02-01", "fin": "2026-03-31"}


def ecrire(monde: Monde, code: str) -> bytes:
    return PRODUIT_PAR_PIECE[code].ecrire(Examen(monde.relire(), timezone.now()))


def textes(contenu: Any) -> list[str]:
    """Every free text typed in a content, at any depth."""
    if isinstance(contenu, dict):
        return [t for valeur in contenu.values() for t in textes(valeur)]
    if isinstance(contenu, list):
        return [t for valeur in contenu for t in textes(valeur)]
    return [contenu] if isinstance(contenu, str) and set(contenu) & set(" @") else []


def test_p1_imprime_tout_ce_qui_est_saisi_et_nomme_les_autres_documents(tmp_path: Path) -> None:
    monde = rempli(monde=grappe())
    a_part = {"qui": "310000001", "nom": "Foyer des Tilleuls", "m1": "en_cours", "commentaire": "Au sud."}
    mesures = {"1": {"etat": "en_place", "commentaire": "Inventaire tenu à jour."}}
    monde.ecrire("si", {**monde.section("si").contenu, "mesures": mesures, "propres": [a_part]})
    lu = texte(ecrire(monde, "P1"), tmp_path)
    examen = Examen(monde.relire(), timezone.now())
    for cle in produits.sections_de("P1", examen.edition):
        for saisi in textes(examen.section(cle).contenu):
            assert " ".join(saisi.split()) in lu, (cle, saisi)
    for phrase in (
        "Appel à projets ESMS numérique 2025, ARS Occitanie",
        "15 ESSMS, de 2 organismes gestionnaires.",
        HOSTILE,
        "(1 renseignée sur 13)",
        "Documents joints à cette candidature",
        "P2 – Planning du projet",
        "P9b – Demande de matériel consolidée",
    ):
        assert phrase in lu, phrase
    assert all(essms.finess_et in lu for essms in monde.dossier.grappe.essms.all())


def test_p1_d_un_brouillon_vide_dit_ce_qui_manque(tmp_path: Path) -> None:
    lu = texte(ecrire(Monde(), "P1"), tmp_path)
    assert lu.count("À compléter.") == len(
        Examen(Monde(rang=2).dossier, timezone.now()).edition.grille.criteres
    )
    for phrase in ("Aucun risque décrit.", "Aucun engagement déclaré.", "SIRET du siège à compléter"):
        assert phrase in lu, phrase


def test_p1_de_guadeloupe_porte_le_planning_et_cite_ses_articles(tmp_path: Path) -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    monde.ecrire("planning", {"jalons": {"demarrage": "2026-01-01"}, "etapes": [ETAPE]})
    lu = texte(ecrire(monde, "P1"), tmp_path)
    for phrase in (
        "Pièce P1 (art. 9)",
        "Planning",
        "Formation des référents",
        "1er janvier 2026",
        "(art. 7)",
    ):
        assert phrase in lu, phrase
    assert "6.3" not in lu.replace("6.3B", "")


def test_p2_dessine_ses_etapes_par_pages_lisibles_et_decrites() -> None:
    monde = Monde()
    monde.ecrire("planning", {"jalons": {}, "etapes": [ETAPE] * 60})
    with pikepdf.open(io.BytesIO(ecrire(monde, "P2"))) as document:
        figures = [
            str(objet.Alt)
            for objet in document.objects
            if isinstance(objet, pikepdf.Dictionary) and objet.get("/S") == pikepdf.Name.Figure
        ]
    assert figures == ["Calendrier du projet"] * 3  # 28 steps on a drawing


def test_p3_a_les_totaux_et_dit_si_le_plan_est_equilibre(tmp_path: Path) -> None:
    monde = Monde()
    depenses = [
        {"nature": "rh", "libelle": "Chef de projet", "ht": "50000.00", "ttc": "50000.00"},
        {"nature": "licences", "libelle": "=1+1", "ht": "1000.50", "ttc": "1200.60"},
    ]
    recurrents = [{"libelle": "Abonnement", "annee1": "10.00", "annee2": "20.00", "annee3": "30.00"}]
    ressources = {"subvention": "50000.00", "autofinancement": "1200.60"}
    monde.ecrire(
        "budget",
        {"depenses": depenses, "ressources": ressources, "aides": [], "recurrents": recurrents},
    )
    lu = texte(ecrire(monde, "P3"), tmp_path)
    for phrase in (
        "La base retenue est toutes taxes comprises",
        "Ressources humaines internes Chef de projet 50 000 € 50 000 €",
        "Licences et abonnements =1+1 1 000,50 € 1 200,60 €",
        "Total 51 000,50 € 51 200,60 €",
        "Total des ressources 51 200,60 €",
        "Le plan est équilibré.",
        "Abonnement 10 € 20 € 30 €",
    ):
        assert phrase in lu, phrase


def test_nom_du_referentiel_ne_perime_pas_un_document() -> None:
    monde = rempli()
    avant = {code: Examen(monde.relire(), timezone.now()).empreinte_de(code) for code in produits.PRODUITS}
    type(monde.entite).objects.filter(pk=monde.entite.pk).update(nom="Nom changé par un import")
    apres = {code: Examen(monde.relire(), timezone.now()).empreinte_de(code) for code in produits.PRODUITS}
    assert apres == avant
