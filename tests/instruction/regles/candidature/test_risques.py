"""Risks: criticality, order, what is missing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from instruction.regles.candidature import risques
from tests.instruction.regles.candidature.contextes import contexte

COMPLET: dict[str, Any] = {
    "risque": "Départ du chef de projet",
    "famille": "ressources",
    "gravite": 4,
    "vraisemblance": 3,
    "mesure": "Binôme",
    "responsable": "Direction",
}
cotes = st.none() | st.integers(-1, 6)


def saisie(*lignes: dict[str, Any]) -> dict[str, Any]:
    return {"risques": list(lignes)}


def test_analyse_vide_dit_le_minimum_et_l_article() -> None:
    assert risques.manques({}, contexte()) == (
        "L’analyse compte 1 risque au moins (art.\u00a06.3)\u00a0: aucun n’est décrit.",
    )
    assert risques.conseils({}, contexte()) == ()


def test_risque_complet_suffit_et_les_familles_absentes_sont_conseillees() -> None:
    assert risques.manques(saisie(COMPLET), contexte()) == ()
    assert risques.conseils(saisie(COMPLET), contexte()) == (
        (
            "Aucun risque de la famille «\u00a0Gouvernance\u00a0», «\u00a0Financement\u00a0» et "
            "«\u00a0Éditeur\u00a0»\u00a0: l’appel à projets en parle (art.\u00a06.3)."
        ),
    )


def test_risque_incomplet_dit_ce_qui_manque() -> None:
    ligne = {**COMPLET, "gravite": None, "responsable": " "}
    assert risques.manques(saisie(ligne), contexte()) == (
        (
            "Risque n°\u00a01 («\u00a0Départ du chef de projet\u00a0»)\u00a0: la gravité et le responsable "
            "manquent."
        ),
    )


def test_criticite_est_un_produit_et_porte_un_mot() -> None:
    (lu,) = risques.lire(saisie(COMPLET))
    assert (lu.criticite, lu.niveau) == (12, "critique")
    (faible,) = risques.lire(saisie({**COMPLET, "gravite": 1, "vraisemblance": 3}))
    assert (faible.criticite, faible.niveau) == (3, "faible")


@given(st.lists(st.tuples(cotes, cotes), max_size=12))
def test_classement_va_du_pire_au_moindre_et_ne_perd_rien(
    paires: list[tuple[int | None, int | None]],
) -> None:
    lus = risques.lire(saisie(*({**COMPLET, "gravite": g, "vraisemblance": v} for g, v in paires)))
    classes = risques.classer(lus)
    criticites = [r.criticite or 0 for r in classes]
    assert criticites == sorted(criticites, reverse=True)
    assert {r.rang for r in classes} == set(range(1, len(paires) + 1))
    assert all(r.criticite is None or 1 <= r.criticite <= 16 for r in lus)
