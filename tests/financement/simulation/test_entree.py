"""The entry is read strictly: every error by field, in French, and nothing computed."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financement.simulation import EntreeInvalide, ReferentielVide, lire, simuler
from financement.simulation.entree import ESSMS_MAX
from tests.moteur import GRAND, entree, essms

OBLIGATOIRE = ["Ce champ est obligatoire."]
MONTANT = ["Une chaîne décimale est attendue, à deux décimales au plus, par exemple «\u00a010800.00\u00a0»."]
DATE = [
    "Une date ISO 8601 avec son décalage est attendue, par exemple «\u00a02025-06-01T12:00:00+02:00\u00a0»."
]
HEURES_NULLES = ["Le nombre total d’heures ne peut pas être nul."]
BOOLEEN = ["true ou false est attendu."]


def _changer(chemin: str, valeur: Any) -> dict[str, Any]:
    """Complete entry of two ESSMS where one field is replaced."""
    changee: Any = copy.deepcopy(entree(2))
    noeud = changee
    *parents, dernier = chemin.split(".")
    for parent in parents:
        noeud = noeud[int(parent)] if isinstance(noeud, list) else noeud.setdefault(parent, {})
    noeud[int(dernier) if isinstance(noeud, list) else dernier] = valeur
    return changee


def _erreurs(recue: Any) -> dict[str, list[str]]:
    with pytest.raises(EntreeInvalide) as invalide:
        lire(recue)
    return invalide.value.erreurs


REFUS: list[tuple[str, Any, str, list[str] | None]] = [
    ("aap", None, "aap", OBLIGATOIRE),
    ("aap", "", "aap", OBLIGATOIRE),
    ("aap", 3, "aap", ["Un texte est attendu."]),
    ("aap", "x", "aap", None),
    ("essms", None, "essms", OBLIGATOIRE),
    ("essms", [], "essms", OBLIGATOIRE),
    ("essms", "310000123", "essms", ["Une liste est attendue."]),
    ("essms", {}, "essms", ["Une liste est attendue."]),
    ("essms.1", 3, "essms.1", ["Un objet JSON est attendu."]),
    ("essms.1.finess_et", None, "essms.1.finess_et", OBLIGATOIRE),
    ("essms.1.finess_et", "310000124", "essms.1.finess_et", None),
    ("essms.1.finess_et", 310000123, "essms.1.finess_et", None),
    (
        "essms.1.finess_et",
        "\uff13" + "10000008",
        "essms.1.finess_et",
        None,
    ),
    ("essms.1.finess_et", "31000", "essms.1.finess_et", None),
    ("essms.1.finess_et", "", "essms.1.finess_et", ["Ce champ est vide."]),
    ("essms.1.finess_ej", " ", "essms.1.finess_ej", ["Ce champ est vide."]),
    ("aap", " occitanie-2025", "aap", None),
    ("aap", "occitanie-2025\u00a0", "aap", None),
    ("aap", " ", "aap", OBLIGATOIRE),
    ("essms.1.finess_ej", "310781563", "essms.1.finess_ej", None),
    ("essms.1.operation", None, "essms.1.operation", OBLIGATOIRE),
    ("essms.1.operation", "mixte", "essms.1.operation", None),
    ("essms.1.operation", ["acquisition"], "essms.1.operation", None),
    ("essms.1.region", "99", "essms.1.region", None),
    ("essms.1.region", 76, "essms.1.region", None),
    ("essms.1.categorie", "50", "essms.1.categorie", None),
    ("essms.1.public", "pa", "essms.1.public", None),
    ("essms.1.saad", "non", "essms.1.saad", BOOLEEN),
    ("essms.1.saad", 0, "essms.1.saad", BOOLEEN),
    ("essms.1.sons", "oui", "essms.1.sons", None),
    ("essms.1.autre_aide_europeenne", 1, "essms.1.autre_aide_europeenne", BOOLEEN),
    ("essms.1.inconnu", 1, "essms.1.inconnu", ["Champ inconnu."]),
    ("essms.1.heures", {}, "essms.1.heures.total", OBLIGATOIRE),
    (
        "essms.1.heures",
        {"total": "0"},
        "essms.1.heures.total",
        ["Le nombre total d’heures ne peut pas être nul."],
    ),
    (
        "essms.1.heures",
        {"total": "1000", "apa": "1000", "pch": "0.01"},
        "essms.1.heures.total",
        ["Le total (1\u202f000,00) est inférieur à la somme des heures (1\u202f000,01)."],
    ),
    ("essms.1.heures", {"total": "10", "apa": "-1"}, "essms.1.heures.apa", None),
    ("essms.1.heures", {"total": "10", "aap": "1"}, "essms.1.heures.aap", ["Champ inconnu."]),
    ("essms.1.materiel", {"demande_ttc": 12.5}, "essms.1.materiel.demande_ttc", MONTANT),
    ("essms.1.materiel", {"demande_ttc": True}, "essms.1.materiel.demande_ttc", MONTANT),
    ("essms.1.materiel", {"prix": "1"}, "essms.1.materiel.prix", ["Champ inconnu."]),
    ("essms.1.dui_finance", {"operation": "acquisition"}, "essms.1.dui_finance.nom", OBLIGATOIRE),
    ("essms.1.dui_finance", {"nom": "A"}, "essms.1.dui_finance.operation", OBLIGATOIRE),
    ("organismes.0.finess_ej", None, "organismes.0.finess_ej", OBLIGATOIRE),
    ("organismes.0.essms_geres", -1, "organismes.0.essms_geres", None),
    ("organismes.0.essms_geres", "8", "organismes.0.essms_geres", None),
    ("organismes.0.essms_geres", True, "organismes.0.essms_geres", None),
    ("organismes.0.x", 1, "organismes.0.x", ["Champ inconnu."]),
    ("porteur.ght", "non", "porteur.ght", BOOLEEN),
    ("porteur.x", 1, "porteur.x", ["Champ inconnu."]),
    ("solution.nom", "a" * 201, "solution.nom", None),
    ("solution.nom", "a\x00", "solution.nom", None),
    ("solution.nom", "a\u2028b", "solution.nom", None),
    ("solution.nom", "a\u202eb", "solution.nom", None),
    ("solution.nom", "a\tb", "solution.nom", None),
    ("solution.nom", "\ud800", "solution.nom", None),
    ("solution.x", 1, "solution.x", ["Champ inconnu."]),
    ("amoa.devis_ht", "1e9999", "amoa.devis_ht", MONTANT),
    ("amoa.x", 1, "amoa.x", ["Champ inconnu."]),
    ("rejoint.x", 1, "rejoint.x", ["Champ inconnu."]),
    ("x", 1, "x", ["Champ inconnu."]),
    ("x\x1b[31m" + "y" * 100, 1, "x\ufffd[31m" + "y" * 54, ["Champ inconnu."]),
    ("region_pivot", "Occitanie", "region_pivot", None),
    ("depose_le", "2025-06-01", "depose_le", DATE),
    ("depose_le", "2025-06-01T12:00:00", "depose_le", DATE),
    ("depose_le", "2025-02-30T12:00:00+02:00", "depose_le", DATE),
    ("depose_le", "0001-01-01T00:00:00+14:00", "depose_le", DATE),
    ("depose_le", 1748779200, "depose_le", DATE),
]


@pytest.mark.parametrize(("chemin", "valeur", "champ", "messages"), REFUS)
def test_champ_refuse(chemin: str, valeur: Any, champ: str, messages: list[str] | None) -> None:
    trouvees = _erreurs(_changer(chemin, valeur))
    assert list(trouvees) == [champ] or messages is None
    assert messages is None or trouvees[champ] == messages
    assert all(message.endswith((".", "»")) for message in trouvees[champ])


@pytest.mark.parametrize(
    "montant",
    [
        "-1",
        "NaN",
        "inf",
        "1e9999",
        "1.234",
        "1,50",
        "",
        " 1",
        "1 ",
        "+1",
        "１２",
        "12345678901",
        ".5",
        "5.",
        "0x1",
        [],
        {},
    ],
)
def test_montant_refuse(montant: Any) -> None:
    assert list(_erreurs(_changer("solution.devis_ttc", montant))) == ["solution.devis_ttc"]


@pytest.mark.parametrize(
    ("montant", "lu"),
    [("13487.4", "13487.40"), ("0", "0.00"), ("9999999999.99", "9999999999.99"), (12, "12.00")],
)
def test_montant_accepte(montant: Any, lu: str) -> None:
    assert str(lire(_changer("solution.devis_ttc", montant)).projet.solution.devis_ttc) == lu


def test_ttc_inferieur_au_hors_taxes_se_lit() -> None:
    """Odd, but a subsidised price may be written so: F7 says which side counts."""
    devis = {"devis_ht": "2.00", "devis_ttc": "1.99"}
    solution = lire(entree(1, solution=devis)).projet.solution
    assert (str(solution.devis_ht), str(solution.devis_ttc)) == ("2.00", "1.99")


def test_espaces_insecables_lues_comme_des_espaces() -> None:
    lu = lire(
        entree(
            1,
            solution={"nom": "\u00a0Logiciel\u00a0A\u202f"},
            rejoint={"convention": "OCC\u202f2023\u00a0no\u00a01"},
        )
    ).projet
    assert lu.solution.nom == "Logiciel A"
    assert lu.rejoint is not None
    assert lu.rejoint.convention == "OCC 2023 no 1"


@pytest.mark.parametrize("heures", [{"total": "1000"}, {"total": "1000", "pch": None}])
def test_heures_non_dites_ne_sont_pas_nulles(heures: dict[str, Any]) -> None:
    lues = lire(_changer("essms.0.heures", heures)).projet.essms[0].heures
    assert lues is not None
    assert (lues.manquantes, lues.taux) == (("apa", "pch", "dependance_autre"), 0)


def test_e5_doublon_refuse_a_la_seconde_ligne() -> None:
    numero = essms(1)[0].finess_et
    assert _erreurs(_changer("essms.1.finess_et", numero)) == {
        "essms.1.finess_et": [f"Doublon\u00a0: {numero} figure déjà en essms.0.finess_et."]
    }


def test_organisme_en_double_refuse() -> None:
    double = {"finess_ej": GRAND}
    assert list(_erreurs(entree(1, organismes=[double, double]))) == ["organismes.1.finess_ej"]


def test_cinq_mille_essms_au_plus() -> None:
    assert len(lire(entree(ESSMS_MAX)).projet.essms) == ESSMS_MAX
    assert _erreurs(entree(ESSMS_MAX + 1))["essms"] == ["5\u202f001 lignes\u202f; 5\u202f000 au plus."]


@pytest.mark.parametrize("recue", [None, [], "x", 3, True])
def test_entree_qui_n_est_pas_un_objet(recue: Any) -> None:
    assert _erreurs(recue) == {"entree": ["Un objet JSON est attendu."]}


def test_plusieurs_erreurs_dites_ensemble() -> None:
    recue = entree(2, depose_le="hier", x=1)
    recue["essms"][0]["operation"] = "z"
    assert list(_erreurs(recue)) == ["x", "essms.0.operation", "depose_le"]


def test_champs_par_defaut() -> None:
    projet = lire(
        {"aap": "occitanie-2025", "essms": [{"finess_et": GRAND, "operation": "acquisition"}]}
    ).projet
    assert projet.solution.referencee_segur is True
    assert (projet.porteur.tva_recuperee, projet.amoa.pilotage, projet.rejoint) == (False, False, None)
    assert (projet.essms[0].sons, projet.essms[0].saad, projet.depose_le) == ("aucune", None, None)


@pytest.mark.parametrize(
    ("donnee", "lue"), [("978", "01"), ("977", "01"), ("01", "01"), ("2A", None), ("94", "94")]
)
def test_saint_martin_et_saint_barthelemy_relevent_de_la_guadeloupe(donnee: str, lue: str | None) -> None:
    recue = _changer("essms.0.region", donnee)
    if lue is None:
        assert list(_erreurs(recue)) == ["essms.0.region"]
    else:
        assert lire(recue).projet.essms[0].region == lue


def test_corse_2a_et_2b_dans_un_numero() -> None:
    projet = lire(_changer("essms.0.finess_et", "2A0000014")).projet
    assert "2A0000014" in {ligne.finess_et for ligne in projet.essms}


valeurs = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda enfants: (
        st.lists(enfants, max_size=3) | st.dictionaries(st.text(max_size=12), enfants, max_size=3)
    ),
    max_leaves=8,
)
CHEMINS = sorted({chemin for chemin, *_ in REFUS if "\x1b" not in chemin})


def _simuler_ou_refuser(recue: dict[str, Any]) -> str:
    """Total, or the errors: anything else is a failure."""
    try:
        return str(simuler(recue, ReferentielVide()).financement.total)
    except EntreeInvalide as invalide:
        return str(invalide)


@given(st.sampled_from(CHEMINS), valeurs)
@settings(max_examples=200)
def test_une_valeur_quelconque_est_lue_ou_refusee_en_clair(chemin: str, valeur: Any) -> None:
    assert _simuler_ou_refuser(_changer(chemin, valeur)).encode("utf8") != b""
