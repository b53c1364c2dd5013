"""Every condition that docs/cycle-de-vie.md states is enforced by the action: one test names it."""

from pathlib import Path

import pytest

from instruction.etats import GESTES, Geste

ICI = Path(__file__).parent
FENETRE = "actions/test_depot.py::test_c1_fenetre_a_la_seconde_a_l_heure_de_l_ars"
REFUS = "actions/test_decision.py::test_refus_de_recevabilite_est_motive_et_dit_les_recours"
RETRAIT = "actions/test_cycle.py::test_c1_depot_se_retire_jusqu_a_la_derniere_seconde_de_la_fenetre"
SECONDE = "actions/test_complements.py::test_c5_reponse_a_la_seconde_a_l_heure_de_l_ars"
SOLDE = "actions/test_cycle.py::test_u1_a_u5_cible_non_atteinte_ou_preuve_absente_refuse_le_solde"
VERSE = "actions/test_cycle.py::test_solde_rejete_se_redemande_puis_se_verse"
CONVENTION = "../financement/actions/test_convention.py::"
# gesture → for each of its conditions, in order, the test that breaks it and sees the refusal
PREUVES = {
    "certifier": ("actions/test_certification.py::test_brouillon_incomplet_ne_se_certifie_pas",),
    "deposer": (
        FENETRE,
        "actions/test_depot.py::test_brouillon_vide_dit_tout_ce_qui_manque",
        "actions/test_certification.py::test_depot_refuse_sans_certification",
    ),
    "retirer_depot": (RETRAIT,),
    "se_desister": (
        "actions/test_cycle.py::test_desistement_motive_annule_la_convention_et_libere_ses_essms",
    ),
    "verifier": ("actions/test_decision.py::test_controle_ne_se_renverse_pas_sans_motif",),
    "demander_complements": (
        "actions/test_complements.py::test_demande_mal_faite_n_ecrit_rien",
        "actions/test_complements.py::test_c5_echeance_ne_depasse_pas_la_fin_de_la_recevabilite",
    ),
    "completer": ("actions/test_complements.py::test_seul_ce_qui_est_demande_s_ajoute", SECONDE),
    "repondre_complements": ("actions/test_complements.py::test_reponse_attend_chaque_element", SECONDE),
    "clore_complements": ("actions/test_complements.py::test_cloture_attend_l_echeance_ou_un_motif",),
    "recevoir": (
        "actions/test_decision.py::test_recevable_attend_un_avis_sur_chaque_controle_et_chaque_piece",
        "actions/test_decision.py::test_piece_exigee_refusee_fait_obstacle",
    ),
    "ecarter_irrecevable": (REFUS,),
    "ecarter_ineligible": (REFUS,),
    "reorienter": (
        "actions/test_cycle.py::test_reorientation_sans_motif_ou_vers_son_propre_guichet_refusee",
    ),
    "noter": ("actions/test_decision.py::test_note_hors_de_la_grille_est_refusee",),
    "clore_instruction": (
        "actions/test_decision.py::test_instruction_ne_se_clot_pas_sans_note_ni_justification",
    ),
    "inscrire_liste_complementaire": (
        "actions/test_cycle.py::test_liste_complementaire_donne_chaque_rang_une_fois",
    ),
    "ne_pas_retenir": ("actions/test_decision.py::test_non_retenu_est_motive",),
    "preparer_convention": (
        (
            "../financement/actions/test_engagement.py::"
            "test_e8_meme_operation_refusee_en_nommant_l_essms_et_la_convention"
        ),
    ),
    "constater_signature": (
        f"{CONVENTION}test_convention_chaque_geste_dans_chaque_etat",
        f"{CONVENTION}test_marquer_signee_a_une_date_impossible",
    ),
    "verser": ("../financement/actions/test_versement.py::test_versement_impossible_refuse",),
    "demander_solde": (SOLDE, SOLDE),
    "rejeter_solde": (VERSE,),
    "solder": (VERSE, VERSE),
    "clore": ("actions/test_cycle.py::test_refus_se_clot_une_fois_le_recours_ecoule",),
}


def test_chaque_condition_de_la_table_a_son_essai() -> None:
    attendues = {geste.nom: len(geste.conditions) for geste in GESTES if geste.conditions}
    assert {nom: len(preuves) for nom, preuves in PREUVES.items()} == attendues


@pytest.mark.parametrize("geste", [g for g in GESTES if g.conditions], ids=lambda g: g.nom)
def test_essai_d_une_condition_existe(geste: Geste) -> None:
    for preuve in PREUVES[geste.nom]:
        fichier, _, nom = preuve.partition("::")
        assert f"def {nom}" in (ICI / fichier).read_text(encoding="utf8"), preuve
