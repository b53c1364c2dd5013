"""Budget and plan de financement: exact sums, balance on the right base, sentences for what is wrong."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappes.regles import Porteur
from instruction.regles.candidature import budget_manques
from instruction.regles.candidature.budget import NATURES, bilan, lire
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GRAND, GUA

EN_HT = Porteur(finess_ej=GRAND, region="76", tva_recuperee=True)
centimes = st.integers(0, 10**9).map(lambda c: Decimal(c).scaleb(-2))


def depense(ht: str = "", ttc: str = "", nature: str = "licences", libelle: str = "") -> dict[str, str]:
    return {"nature": nature, "libelle": libelle, "ht": ht, "ttc": ttc}


def plan(depenses: list[dict[str, str]], subvention: str = "", **autres: Any) -> dict[str, Any]:
    return {
        "depenses": depenses,
        "ressources": {"subvention": subvention, **autres.pop("ressources", {})},
        **autres,
    }


EQUILIBRE = plan(
    [depense("200000.00", "240000.00"), depense("75000.00", "75000.00", "rh")],
    "315000.00",
    recurrents=[{"libelle": "Abonnement", "annee1": "1.00", "annee2": "1.00", "annee3": "0.00"}],
)


def test_plan_equilibre_ne_manque_de_rien() -> None:
    assert budget_manques.manques(EQUILIBRE, contexte()) == ()
    assert budget_manques.conseils(EQUILIBRE, contexte()) == ()


def test_budget_vide_dit_ce_qui_manque() -> None:
    assert budget_manques.manques({}, contexte()) == (
        "Aucune dépense n’est chiffrée (règle P3, annexe 2, art.\u00a04.4.1 et 6.3).",
        "La subvention demandée n’est pas renseignée (règle P3, annexe 2, art.\u00a04.4.1 et 6.3).",
    )
    assert budget_manques.conseils({}, contexte()) == ()


def test_f7_equilibre_se_juge_hors_taxes_quand_la_tva_est_recuperee() -> None:
    saisie = plan([depense("275000.00", "330000.00"), depense("40000.00", "40000.00", "rh")], "315000.00")
    assert budget_manques.manques(saisie, contexte(porteur=EN_HT)) == ()
    assert budget_manques.manques(saisie, contexte()) == (
        (
            "Le plan n’est pas équilibré (règle P3, annexe 2, art.\u00a04.4.1 et 6.3)\u00a0: "
            "370\u202f000\u00a0€ de dépenses TTC, 315\u202f000\u00a0€ de ressources, "
            "55\u202f000\u00a0€ à trouver."
        ),
    )


def test_un_centime_suffit_a_desequilibrer() -> None:
    saisie = plan([depense("315000.01", "315000.01")], "315000.00")
    (phrase,) = budget_manques.manques(saisie, contexte())
    assert phrase.endswith("0,01\u00a0€ à trouver.")


@pytest.mark.parametrize(
    ("ht", "ttc", "attendu"),
    [
        ("100.00", "100.00", []),
        ("100.00", "120.00", []),
        ("100.00", "120.01", []),
        ("100.00", "120.02", ["dépasserait 20\u00a0%"]),
        ("100.00", "99.99", ["inférieur au montant HT"]),
    ],
)
def test_montants_ht_et_ttc_se_tiennent(ht: str, ttc: str, attendu: list[str]) -> None:
    saisie = plan([depense(ht, ttc)], ttc)
    phrases = budget_manques.manques(saisie, contexte())
    assert [any(mot in phrase for phrase in phrases) for mot in attendu] == [True] * len(attendu)
    assert len(phrases) == len(attendu)


def test_montant_de_la_base_est_exige_l_autre_non() -> None:
    saisie = plan([depense(ttc="100.00", libelle="Serveur")], "100.00")
    assert budget_manques.manques(saisie, contexte()) == ()
    assert budget_manques.manques(saisie, contexte(porteur=EN_HT))[0] == (
        "Dépense n°\u00a01 («\u00a0Serveur\u00a0»)\u00a0: son montant HT manque, c’est la base de votre "
        "plan (règle F7)."
    )


def test_subvention_au_dessus_du_bareme_bloque_au_dessous_conseille() -> None:
    assert budget_manques.manques(plan([depense(ttc="315000.01")], "315000.01"), contexte()) == (
        (
            "La subvention demandée (315\u202f000,01\u00a0€) dépasse celle que le barème donne à ce projet "
            "(315\u202f000\u00a0€)."
        ),
    )
    moins = plan([depense(ttc="10.00", nature="rh")], "10.00")
    assert budget_manques.conseils(moins, contexte())[-1] == (
        "Vous demandez 10\u00a0€\u202f; le barème donne 315\u202f000\u00a0€ à ce projet."
    )


@pytest.mark.parametrize("edition", [None, GUA])
def test_e7_aide_europeenne_exclut_la_subvention(edition: Any) -> None:
    aide = {"origine": "FEDER", "montant": "5.00", "europeenne": True}
    saisie = plan([depense(ttc="15.00")], "10.00", aides=[aide])
    cadre = contexte(edition) if edition else contexte()
    article = cadre.edition.eligibilite.autres_aides.article
    assert budget_manques.manques(saisie, cadre) == (
        (
            "Autre aide n°\u00a01 («\u00a0FEDER\u00a0»)\u00a0: une autre aide européenne exclut cette "
            f"subvention (règle E7, art.\u00a0{article})."
        ),
    )


def test_contenu_abime_se_lit_comme_vide() -> None:
    for abime in (
        {"depenses": "x"},
        {"depenses": [3, None]},
        {"depenses": [{"ht": "NaN", "ttc": "-3", "nature": 4}], "ressources": []},
    ):
        lu = lire(abime, 3)
        assert bilan(lu, "HT", 3).depenses == 0
        assert {d.ht for d in lu.depenses} <= {None}


@given(
    st.lists(st.tuples(st.sampled_from(sorted(NATURES)), centimes, st.integers(0, 20)), max_size=30), centimes
)
def test_totaux_sont_exacts_et_se_decomposent(
    lignes: list[tuple[str, Decimal, int]], emprunt: Decimal
) -> None:
    depenses = [
        depense(str(ht), str((ht * (100 + tva) / 100).quantize(Decimal("0.01"))), nature)
        for nature, ht, tva in lignes
    ]
    lu = lire(plan(depenses, "", ressources={"emprunt": str(emprunt)}), 3)
    for base in ("HT", "TTC"):
        totaux = bilan(lu, base, 3)  # type: ignore[arg-type]
        assert totaux.depenses == sum((d.sur(base) for d in lu.depenses), Decimal(0))  # type: ignore[arg-type, misc]
        assert sum(totaux.par_nature.values(), Decimal(0)) == totaux.depenses
        assert totaux.ecart == totaux.ressources - totaux.depenses
        assert totaux.equilibre == (Fraction(totaux.ressources) == Fraction(totaux.depenses))
    assert totaux.total_ht <= totaux.total_ttc
    assert not any(d.sous_le_ht or d.tva_impossible for d in lu.depenses)


@given(st.lists(centimes, min_size=1, max_size=20))
def test_plan_finance_par_ses_depenses_est_toujours_equilibre(montants: list[Decimal]) -> None:
    depenses = [depense(str(m), str(m)) for m in montants]
    total = sum(montants, Decimal(0))
    lu = lire(plan(depenses, "0.00", ressources={"autofinancement": str(total)}), 3)
    assert bilan(lu, "TTC", 3).equilibre
    assert not bilan(
        lire(plan(depenses, "0.01", ressources={"autofinancement": str(total)}), 3), "TTC", 3
    ).equilibre
