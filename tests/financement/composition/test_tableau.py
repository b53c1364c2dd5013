"""From rows to propositions: each wrong cell has its place and its cause, the rest is kept."""

from esms.socle.tableurs import Rangee, lire
from financement.composition.tableau import lire_tableau
from financement.composition.tri import Ecart, Proposition
from financement.documents.modeles import modele_csv, modele_xlsx

A, B = "310000104", "010000123"


def rangees(*lignes: tuple[str, ...]) -> list[Rangee]:
    return [Rangee(numero, cellules) for numero, cellules in enumerate(lignes, start=1)]


def test_colonne_seule_sans_entete() -> None:
    propositions, ecarts = lire_tableau(rangees((A,), ("10000123",)))
    assert [p.finess_et for p in propositions] == [A, B]  # the lost leading zero is back
    assert ecarts == []


def test_ligne_complete_lue_comme_le_contrat() -> None:
    entete = ("N° FINESS", "Opération", "Heures totales", "heures_apa", "matériel", "materiel_ht", "SONS",
              "dui_finance_nom", "dui_finance_operation")  # fmt: skip
    ligne = (
        A,
        "Mise en conformité",
        "1 000,5",
        "500",
        "oui",
        "8 000,00 €",
        "prestation reçue",
        "Logiciel B",
        "acquisition",
    )
    propositions, ecarts = lire_tableau(rangees(entete, ligne))
    assert ecarts == []
    assert propositions == [
        Proposition(
            A,
            {
                "operation": "mise_en_conformite",
                "heures": {"total": "1000.5", "apa": "500"},
                "materiel": {"demande_ht": "8000.00"},
                "sons": "prestation_recue",
                "dui_finance": {"nom": "Logiciel B", "operation": "acquisition"},
            },
            None,
            "ligne 2, colonne A (finess_et)",
        )
    ]


def test_cellules_fausses_dites_avec_leur_place() -> None:
    entete = ("finess_et", "operation", "heures_totales", "heures_apa", "materiel_ht", "couleur")
    propositions, ecarts = lire_tableau(
        rangees(entete, (A, "achat"), (B, "", "100", "101", "1e9999"), ("310000105", "", "", "", "-5"))
    )
    assert [(p.finess_et, p.valeurs) for p in propositions] == [(B, {}), ("310000105", {})]
    assert (
        propositions[1].erreur
        == "La clé du numéro FINESS «\u00a0310000105\u00a0» est fausse\u202f: un chiffre a été mal saisi."
    )
    assert ecarts == [
        Ecart("couleur", "Colonne inconnue ou répétée\u00a0: elle n’est pas lue.", "ligne 1, colonne F"),
        Ecart(
            "achat",
            "Valeur attendue\u00a0: acquisition ou mise en conformité. Ligne refusée.",
            "ligne 2, colonne B (operation)",
        ),
        Ecart(
            "1e9999",
            "«\u00a01e9999\u00a0» n’est pas un montant en euros, par exemple 12\u202f345,60. "
            "Valeur laissée de côté.",
            "ligne 3, colonne E (materiel_ht)",
        ),
        Ecart(
            "", "Les heures APA, PCH et de dépendance dépassent le total. Heures laissées de côté.", "ligne 3"
        ),
        Ecart(
            "-5",
            "Un montant ne peut pas être négatif. Valeur laissée de côté.",
            "ligne 4, colonne E (materiel_ht)",
        ),
    ]


def test_sans_colonne_de_numeros() -> None:
    assert lire_tableau(rangees(("operation", "public"), ("acquisition", "PA"))) == (
        [],
        [Ecart("", "La colonne «\u00a0finess_et\u00a0» manque à la première ligne.", "ligne 1")],
    )


def test_tableau_vide() -> None:
    assert lire_tableau([]) == ([], [Ecart("", "Ce tableau ne contient aucune ligne.")])


def test_modeles_relus_sans_remarque() -> None:
    for nom, octets in (("m.csv", modele_csv()), ("m.xlsx", modele_xlsx())):
        propositions, ecarts = lire_tableau(lire(nom, octets))
        assert ([p.finess_et for p in propositions], ecarts) == (["310000104"], [])
