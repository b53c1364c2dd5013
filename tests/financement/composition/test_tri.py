"""Numbers that join the project, and the sentence beside each of the others."""

from datetime import date
from typing import Any

from financement.composition.tri import Ecart, Proposition, trier
from grappes.regles import FicheEssms

OUVERT, FERME, AUTRE, INCONNU, EJ = "310000104", "310000112", "310000120", "310000138", "310781562"


def fiche(numero: str, **champs: Any) -> FicheEssms:
    valeurs = {"finess_ej": EJ, "nom": "EHPAD DU LAC", "commune": "MURET", "region": "76", "categorie": "500"}
    etat = {"public": "PA", "saad": False, "l312_1": True, "ferme_le": None}
    return FicheEssms(finess_et=numero, **{**valeurs, **etat, **champs})


FICHES = {
    OUVERT: fiche(OUVERT),
    FERME: fiche(FERME, ferme_le=date(2020, 12, 31)),
    AUTRE: fiche(AUTRE, l312_1=False, categorie="355", nom="CH DU LAC"),
}


def causes(*numeros: str, **options: Any) -> dict[str, str]:
    tri = trier([Proposition(n) for n in numeros], FICHES, deja=(), operation="acquisition", **options)
    return {ecart.valeur: ecart.cause for ecart in tri.ecarts}


def test_bon_numero_garde_avec_son_operation() -> None:
    tri = trier([Proposition(OUVERT)], FICHES, deja=(), operation="acquisition")
    assert (tri.retenus, tri.ecarts) == (({"finess_et": OUVERT, "operation": "acquisition"},), ())


def test_valeurs_du_tableau_l_emportent_sur_l_operation_choisie() -> None:
    proposition = Proposition(OUVERT, {"operation": "mise_en_conformite"})
    tri = trier([proposition], FICHES, deja=(), operation="acquisition")
    assert tri.retenus == ({"finess_et": OUVERT, "operation": "mise_en_conformite"},)


def test_chaque_ecart_a_sa_phrase() -> None:
    assert causes(FERME, AUTRE, INCONNU, OUVERT, OUVERT) == {
        FERME: "«\u00a0EHPAD DU LAC\u00a0» est fermé depuis le 31\u00a0décembre 2020 "
        "selon le référentiel FINESS.",
        AUTRE: "«\u00a0CH DU LAC\u00a0» n’est pas un ESSMS de l’article L.312-1 "
        "du code de l’action sociale et des familles "
        "(catégorie 355, E1).",
        INCONNU: "La clé de ce numéro est juste, mais le référentiel FINESS ne le connaît pas.",
        OUVERT: "Ce numéro est donné plusieurs fois\u00a0: il n’est compté qu’une fois (E5).",
    }


def test_numero_d_organisme_reconnu() -> None:
    assert causes(EJ, organismes={EJ: 85}) == {
        EJ: "C’est le numéro d’un organisme gestionnaire, pas d’un ESSMS\u00a0: "
        "cherchez-le pour ajouter ses 85 ESSMS."
    }


def test_inconnu_garde_a_la_demande() -> None:
    tri = trier([Proposition(INCONNU)], FICHES, deja=(), operation="acquisition", garder_inconnus=True)
    assert tri.retenus == ({"finess_et": INCONNU, "operation": "acquisition"},)


def test_deja_present_et_faute_de_cle_dits() -> None:
    propositions = [Proposition(OUVERT, lieu="ligne 2"), Proposition("1", erreur="Faux.")]
    tri = trier(propositions, FICHES, deja={OUVERT}, operation="acquisition")
    assert tri.ecarts == (
        Ecart(OUVERT, "Cet ESSMS est déjà dans le projet (E5).", "ligne 2"),
        Ecart("1", "Faux."),
    )
