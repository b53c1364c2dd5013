"""G1 to G4: level, leading ARS, and whether the AAP may take the project."""

import pytest

from grappes.regles import Porteur, guichet
from tests.moteur import FICTIVE, GRAND, GUA, OCC, controles, essms, projet, verdicts


def _repartis(porteur: str | None = "76", pivot: str | None = None, **regions: int):
    lignes = tuple(
        ligne for nom, nombre in regions.items() for ligne in essms(nombre, prefixe=nom[1:], region=nom[1:])
    )
    return projet(lignes, porteur=Porteur(finess_ej=GRAND, region=porteur), region_pivot=pivot)


@pytest.mark.parametrize(
    ("repartition", "niveau", "region", "deposable"),
    [
        ({"r76": 49}, "regional", "76", True),
        ({"r76": 48, "r84": 1}, "regional", "76", True),
        ({"r76": 50}, "regional", "76", True),
        ({"r76": 120}, "regional", "76", True),
        ({"r76": 49, "r84": 1}, "national", None, False),
        ({"r84": 20, "r76": 10}, "regional", "84", False),
        ({"r84": 20}, "regional", "84", False),
    ],
)
def test_g1_guichet_d_occitanie(
    repartition: dict[str, int], niveau: str, region: str | None, deposable: bool
) -> None:
    trouve = guichet(_repartis(**repartition), OCC)
    assert (trouve.niveau, trouve.region, trouve.deposable) == (niveau, region, deposable)


def test_g1_phrase_et_article() -> None:
    trouve = guichet(_repartis(r76=20), OCC)
    assert (trouve.regle, trouve.article) == ("G1", "4.3")
    assert trouve.explication == (
        "20\u00a0ESSMS, moins de 50\u00a0: guichet régional. ARS pivot\u00a0: Occitanie (tous "
        "les ESSMS y sont)."
    )


@pytest.mark.parametrize(("nombre", "niveau"), [(49, "regional"), (50, "national")])
def test_g2_cinquante_en_guadeloupe_va_au_national(nombre: int, niveau: str) -> None:
    trouve = guichet(projet(essms(nombre, prefixe="97", region="01")), GUA)
    assert trouve.niveau == niveau
    assert trouve.deposable is (niveau == "regional")


def test_g2_portee_nationale_en_guadeloupe() -> None:
    national = projet(essms(8, prefixe="97", region="01"), portee_nationale=True)
    trouve = guichet(national, GUA)
    assert (trouve.niveau, trouve.region, trouve.regle, trouve.article) == ("national", None, "G2", "4.3C")
    assert verdicts("G2", national, GUA) == {"projet": "bloquant"}
    assert verdicts("G1", national, GUA) == {"projet": "sans_objet"}


def test_g2_portee_nationale_ignoree_en_occitanie() -> None:
    assert guichet(projet(20, portee_nationale=True), OCC).niveau == "regional"


def test_g2_seuil_lu_dans_l_edition() -> None:
    assert guichet(projet(essms(30, region="53")), FICTIVE).niveau == "national"
    assert guichet(projet(essms(29, region="53")), FICTIVE).niveau == "regional"


def test_g2_region_inconnue_a_cinquante() -> None:
    inconnu = projet((*essms(49), *essms(1, prefixe="84", region=None)))
    trouve = guichet(inconnu, OCC)
    assert (trouve.niveau, trouve.region, trouve.deposable) == (None, None, False)
    assert verdicts("G2", inconnu) == {"projet": "a_completer"}


def test_g3_ex_aequo_va_au_siege_du_porteur() -> None:
    trouve = guichet(_repartis(r76=10, r84=10), OCC)
    assert (trouve.region, trouve.deposable) == ("76", True)


def test_g3_ex_aequo_siege_d_une_autre_region_du_rang() -> None:
    trouve = guichet(_repartis(porteur="84", pivot="76", r76=10, r84=10), OCC)
    assert (trouve.region, trouve.deposable) == ("84", False)


def test_g3_ex_aequo_siege_ailleurs_le_porteur_choisit() -> None:
    ex_aequo = _repartis(porteur="11", r76=10, r84=10)
    assert guichet(ex_aequo, OCC).region is None
    assert guichet(ex_aequo, OCC).deposable is False
    assert verdicts("G3", ex_aequo) == {"projet": "a_completer"}
    choisi = _repartis(porteur="11", pivot="76", r76=10, r84=10)
    assert guichet(choisi, OCC).region == "76"
    assert verdicts("G3", choisi) == {"projet": "conforme"}


def test_g3_choix_hors_du_rang_ne_compte_pas() -> None:
    assert guichet(_repartis(porteur="11", pivot="53", r76=10, r84=10), OCC).region is None
    assert guichet(_repartis(porteur="11", pivot="84", r76=11, r84=10), OCC).region == "76"


def test_g3_region_inconnue_qui_peut_tout_changer() -> None:
    lignes = (*essms(10), *essms(9, prefixe="84", region="84"), *essms(1, prefixe="11", region=None))
    assert verdicts("G3", projet(lignes)) == {"projet": "a_completer"}


def test_g3_region_inconnue_qui_ne_change_rien() -> None:
    inconnu = essms(1, prefixe="11", region=None)
    partage = projet((*essms(12), *essms(9, prefixe="84", region="84"), *inconnu))
    trouve = guichet(partage, OCC)
    assert (trouve.region, trouve.deposable) == ("76", True)
    (controle,) = controles("G3", partage)
    assert controle.verdict == "a_completer"
    assert controle.explication == (
        "ARS pivot\u00a0: Occitanie (12 des 22\u00a0ESSMS y sont). "
        f"Région à indiquer\u00a0: {inconnu[0].finess_et}."
    )


def test_g3_region_inconnue_au_guichet_national() -> None:
    lignes = (*essms(59, prefixe="97", region="01"), *essms(1, prefixe="11", region=None))
    assert guichet(projet(lignes), GUA).niveau == "national"
    assert verdicts("G3", projet(lignes), GUA) == {"projet": "a_completer"}


def test_g3_region_inconnue_n_efface_pas_une_autre_ars() -> None:
    lignes = (*essms(19, prefixe="84", region="84"), *essms(1, prefixe="11", region=None))
    (controle,) = controles("G3", projet(lignes))
    assert controle.verdict == "bloquant"
    assert "Région à indiquer" in controle.explication


def test_g3_aucune_region_connue() -> None:
    sans_region = projet(essms(2, region=None))
    assert controles("G2", sans_region)[0].explication == (
        "2\u00a0ESSMS de région inconnue\u00a0: autre guichet."
    )


def test_g3_ex_aequo_siege_inconnu_le_choix_compte() -> None:
    assert guichet(_repartis(porteur=None, r76=10, r84=10), OCC).region is None
    choisi = guichet(_repartis(porteur=None, pivot="76", r76=10, r84=10), OCC)
    assert (choisi.region, choisi.deposable) == ("76", True)


@pytest.mark.parametrize(
    ("porteur", "suite"),
    [
        (None, "indiquez la région du siège du porteur"),
        ("11", "le siège du porteur est ailleurs, et le porteur choisit l’une d’elles"),
    ],
)
def test_g3_ex_aequo_choix_hors_du_rang_est_dit(porteur: str | None, suite: str) -> None:
    trouve = guichet(_repartis(porteur=porteur, pivot="53", r01=5, r76=5, r84=5), OCC)
    assert trouve.region is None
    assert trouve.explication.endswith(
        "Guadeloupe, Occitanie et Auvergne-Rhône-Alpes ont chacune 5\u00a0ESSMS\u202f; Bretagne, région "
        f"pivot demandée, n’est pas l’une d’elles\u202f; {suite}."
    )


def test_g3_autre_ars() -> None:
    ailleurs = _repartis(r84=20)
    assert verdicts("G3", ailleurs) == {"projet": "bloquant"}
    assert "Auvergne-Rhône-Alpes" in controles("G3", ailleurs)[0].explication


def test_g4_instruction_deportee_ne_change_pas_le_guichet() -> None:
    assert verdicts("G4", projet()) == {"projet": "sans_objet"}
    assert verdicts("G4", projet(), GUA) == {}
