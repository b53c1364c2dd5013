"""Self-diagnosis of each organism (E19) and the 13 cyber measures."""

from dataclasses import replace
from typing import Any

from esms.aap import Edition
from instruction.regles.candidature import si
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GRAND, GUA, OCC, PETIT, essms

FAIT = {"nom": "Association", "etat": "fait", "outil": "Maturin-SMS", "le": "2026-01-05"}
DEUX = (*essms(8), *essms(7, prefixe="33", finess_ej=PETIT))


def test_e19_exige_en_guadeloupe_de_chaque_organisme() -> None:
    cadre = contexte(GUA, DEUX)
    phrases = si.manques({"organismes": {GRAND: FAIT}}, cadre)
    (phrase,) = phrases
    assert phrase == (
        f"L’autodiagnostic du système d’information de {PETIT} n’est pas réalisé (règle E19, art.\u00a04.2E)."
    )
    assert si.conseils({"organismes": {GRAND: FAIT, PETIT: FAIT}}, cadre) == ()


def test_e19_recommande_en_occitanie_ne_bloque_jamais() -> None:
    cadre = contexte()
    assert si.manques({}, cadre) == ()
    assert len(si.conseils({}, cadre)) == 2


def test_e19_outil_et_date_sont_attendus() -> None:
    (phrase,) = si.manques({"organismes": {GRAND: {**FAIT, "le": ""}}}, contexte(GUA))
    assert "l’outil et la date" in phrase


def test_treize_mesures_et_leurs_reponses() -> None:
    saisie: dict[str, Any] = {"mesures": {"2": {"etat": "en_place", "commentaire": "Hors ligne"}, "99": {}}}
    mesures = si.mesures(saisie)
    assert len(mesures) == 13
    assert [m.libelle_etat for m in mesures if m.etat] == ["En place"]
    assert "12 sans réponse" in si.conseils(saisie, contexte())[-1]


def toutes(etat: str = "en_place") -> dict[str, Any]:
    """An answer to each of the 13 measures, as the section keeps the common one."""
    return {cle: {"etat": etat, "commentaire": ""} for cle in si.MESURES}


def exigeante() -> Edition:
    """An edition that demands a position on each measure."""
    sections = replace(OCC.sections, si=replace(OCC.sections.si, exigence_cyber="exige"))
    return replace(OCC, sections=sections)


def test_cyber_une_reponse_commune_vaut_pour_tous_les_organismes() -> None:
    cadre = contexte(exigeante(), DEUX)
    assert si.sans_reponse({"mesures": toutes()}, cadre) == {GRAND: 0, PETIT: 0}
    assert si.manques({"mesures": toutes()}, cadre) == ()


def test_cyber_un_organisme_repond_a_part_et_l_autre_manque() -> None:
    cadre = replace(contexte(exigeante(), DEUX), noms={GRAND: "Grande", PETIT: "Petite"})
    propre = {"qui": GRAND, "nom": "Grande", **{si.colonne(cle): "prevue" for cle in si.MESURES}}
    contenu = {"mesures": {"1": {"etat": "non"}}, "propres": [propre]}
    assert si.sans_reponse(contenu, cadre) == {GRAND: 0, PETIT: 12}
    assert si.manques(contenu, cadre) == (
        f"Mesures de cybersécurité de Petite ({PETIT})\u00a0: 12 sur 13 sans réponse (art.\u00a04.2.6).",
    )


def test_cyber_un_etablissement_repond_pour_lui_seul() -> None:
    cadre = contexte(exigeante(), DEUX)
    seul = cadre.projet.essms[0]
    propre = {"qui": seul.finess_et, **{si.colonne(cle): "non" for cle in si.MESURES}}
    assert si.sans_reponse({"propres": [propre]}, cadre) == {GRAND: 13, PETIT: 13}
    tous = [{**propre, "qui": e.finess_et} for e in cadre.projet.essms if e.finess_ej == seul.finess_ej]
    assert si.sans_reponse({"propres": tous}, cadre) == {GRAND: 0, PETIT: 13}


def test_cyber_invitees_sont_un_seul_conseil_qui_nomme_les_organismes() -> None:
    cadre = replace(contexte(OCC, DEUX), noms={GRAND: "Grande", PETIT: "Petite"})
    assert si.conseils({}, cadre)[-1] == (
        f"Sur les 13 mesures de cybersécurité, 13 sans réponse pour Grande ({GRAND}) et Petite ({PETIT})"
        "\u00a0: l’appel à projets invite chaque établissement à se situer (art.\u00a04.2.6)."
    )
    assert si.manques({}, cadre) == ()


def test_cyber_reponse_a_part_sans_organisme_est_dite() -> None:
    (phrase,) = si.manques({"propres": [{"m1": "non"}]}, contexte())
    assert phrase == (
        "Mesures de cybersécurité, réponse à part 1\u00a0: choisissez l’organisme ou l’établissement qu’elle "
        "concerne, ou retirez-la."
    )
