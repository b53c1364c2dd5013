"""Baseline of the targets: counts asked once, coherent, dated."""

from typing import Any

from grappes.regles import Projet
from instruction.regles.candidature import usages
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GUA, OCC, essms, projet

COMPTES = {
    "U1_n": 40,
    "U1_d": 200,
    "U2_n": 20,
    "U3_n": 150,
    "U3_d": 220,
    "U4_n": 100,
    "U5_n": 150,
}
CIBLE = {"le": "2099-12-31", "comment": "Un référent par service."}
COMPLET: dict[str, Any] = {
    "comptes": COMPTES,
    "cibles": {f"U{rang}": CIBLE for rang in range(1, 6)},
    "cas_d_usage": [{"titre": "Retour", "documents": "Lettre de liaison", "mise_en_oeuvre": "Dépôt"}],
}


def test_chaque_nombre_n_est_demande_qu_une_fois() -> None:
    comptes = usages.comptes(OCC.cibles.indicateurs)
    assert [c.cle for c in comptes] == [
        "U1_n", "U1_d", "U2_n", "U3_n", "U3_d", "U4_n", "U5_n", "U6_n", "U7_n",
    ]  # fmt: skip
    assert next(c for c in comptes if c.cle == "U3_n").regles == ("U3", "U4", "U5")


def test_u1_a_u5_situation_complete_ne_manque_de_rien() -> None:
    assert usages.manques(COMPLET, contexte()) == ()
    assert usages.conseils(COMPLET, contexte()) == ()


def test_section_vide_demande_comptes_dates_moyens_et_cas_d_usage() -> None:
    phrases = usages.manques({}, contexte())
    assert len(phrases) == 7 + 5 * 2 + 1
    assert phrases[0] == (
        "Situation de départ\u00a0: le nombre «\u00a0messages envoyés par la messagerie sécurisée de "
        "santé\u00a0» n’est pas renseigné (règle U1, art.\u00a05.1)."
    )


def test_guadeloupe_ne_demande_pas_de_cas_d_usage() -> None:
    assert usages.manques({**COMPLET, "cas_d_usage": []}, contexte(GUA)) == ()
    assert len(usages.manques({**COMPLET, "cas_d_usage": []}, contexte())) == 1


def test_u3_taux_de_depart_se_calcule() -> None:
    par_regle = {d.indicateur.regle: d for d in usages.departs(COMPLET, OCC.cibles.indicateurs, projet())}
    mesure = par_regle["U3"].mesure
    assert mesure is not None
    assert mesure.explication == "150 sur 220, soit 68,18\u00a0%, cible 90\u00a0%\u00a0: non atteinte."
    assert par_regle["U4"].denominateur == 150


def test_u2_plus_de_dossiers_que_de_personnes_est_incoherent_mais_pas_les_messages() -> None:
    comptes = {**COMPTES, "U1_n": 900, "U2_n": 201}
    assert usages.manques({**COMPLET, "comptes": comptes}, contexte()) == (
        (
            "U2 – Taux d’utilisation du DMP\u00a0: 201 DMP alimentés d’au moins un document, c’est plus que "
            "les 200 "
            "personnes accompagnées pouvant bénéficier d’un projet d’accueil et d’accompagnement "
            "(règle U2, art.\u00a0"
            "5.1)."
        ),
    )


def test_u1_et_u2_ne_sont_pas_attendus_quand_tout_releve_de_la_pjm() -> None:
    pjm: Projet = projet(essms(15, public="PJM"))
    attendus = [d.indicateur.regle for d in usages.departs({}, OCC.cibles.indicateurs, pjm) if d.attendu]
    assert attendus == ["U3", "U4", "U5"]


def test_effectifs_qui_se_contredisent_sont_signales_sans_bloquer() -> None:
    saisie = {**COMPLET, "comptes": {**COMPTES, "U1_d": 300}}
    assert usages.manques(saisie, contexte()) == ()
    assert len(usages.conseils(saisie, contexte())) == 1


def test_booleen_ou_texte_ne_passe_pas_pour_un_nombre() -> None:
    saisie = {**COMPLET, "comptes": {**COMPTES, "U3_n": True, "U3_d": "220"}}
    assert len(usages.manques(saisie, contexte())) == 2
