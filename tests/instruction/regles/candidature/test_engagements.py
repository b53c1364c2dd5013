"""Commitments: those that the AAP lists for this project, each declared."""

from dataclasses import replace

from grappes.regles import Materiel, Porteur, Solution
from instruction.regles.candidature import engagements
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GRAND, GUA, OCC, PETIT, essms, projet

DEUX = (*essms(8), *essms(7, prefixe="33", finess_ej=PETIT))


def test_e20_n_est_demande_qu_a_un_regroupement() -> None:
    seul = {e.cle for e in engagements.demandes(OCC, projet())}
    groupe = {e.cle for e in engagements.demandes(OCC, projet(DEUX))}
    assert groupe - seul == {"duree_du_projet", "moyens_communs"}


def test_chaque_situation_a_ses_engagements() -> None:
    base = {e.cle for e in engagements.demandes(OCC, projet())}
    equipes = tuple(replace(e, materiel=Materiel()) for e in essms(15))
    saad, ahi = essms(15, saad=True), essms(15, public="AHI")
    ght = projet(porteur=Porteur(finess_ej=GRAND, ght=True), solution=Solution(nom="A", dpi_ght=True))
    nouveaux = [
        {e.cle for e in engagements.demandes(OCC, p)} - base
        for p in (projet(equipes), projet(saad), projet(ahi), ght)
    ]
    assert nouveaux == [
        {"materiel_concomitant"},
        {"heures_verifiables"},
        {"candidature_segur"},
        {"marche_ght"},
    ]
    sans = projet(solution=Solution(nom="A", referencee_segur=False))
    assert "cahier_des_charges" in {e.cle for e in engagements.demandes(GUA, sans)}


def test_engagement_non_declare_est_dit_avec_sa_regle_et_son_article() -> None:
    cadre = contexte()
    tous = {e.cle: True for e in engagements.demandes(OCC, cadre.projet)}
    assert engagements.manques({"declares": tous}, cadre) == ()
    (phrase,) = engagements.manques({"declares": {**tous, "aides_europeennes": False}}, cadre)
    assert phrase.startswith("Engagement à déclarer\u00a0: L’opération ne bénéficie d’aucune autre aide")
    assert phrase.endswith("(règle E7, art.\u00a04.2.1).")


def test_seul_vrai_vaut_declaration() -> None:
    assert engagements.declares({"declares": {"a": "oui", "b": 1, "c": True}}) == frozenset({"c"})
