"""What the engine reads of a software, from what a catalogue says of it."""

import pytest

from grappes.regles.solution import SolutionConnue, domaines_concernes, entree_de_la_solution

DISPENSES = ("PJM", "AHI")


@pytest.mark.parametrize(
    ("publics", "dpi_ght", "attendus"),
    [
        (("PH", "PA", None), False, ("PA", "PH")),
        (("PA", "AHI"), False, ("PA",)),
        (("AHI", "PJM"), False, ("PJM", "AHI")),
        ((None,), False, ()),
        (("PA", "PH"), True, ("HOP",)),
    ],
)
def test_e13_domaines_concernes(publics: tuple, dpi_ght: bool, attendus: tuple[str, ...]) -> None:
    assert domaines_concernes(publics, DISPENSES, dpi_ght=dpi_ght) == attendus


@pytest.mark.parametrize(
    ("referencements", "referencee", "candidate"),
    [
        ({"PA": "reference", "PH": "reference"}, True, False),
        ({"PA": "reference", "PH": "candidate"}, False, True),
        ({"PA": "reference"}, False, False),
        ({}, False, False),
    ],
)
def test_e13_referencee_dans_tous_les_domaines(
    referencements: dict[str, str], referencee: bool, candidate: bool
) -> None:
    connue = SolutionConnue("Logiciel Z", au_sad=True, referencements=referencements)
    assert entree_de_la_solution(connue, ("PA", "PH")) == {
        "nom": "Logiciel Z",
        "referencee_segur": referencee,
        "candidate_segur": candidate,
        "au_sad": True,
        "dpi_ght": False,
    }


def test_e13_sans_domaine_connu_rien_n_est_reference() -> None:
    connue = SolutionConnue("Logiciel Z", au_sad=False, referencements={"PA": "reference"})
    assert entree_de_la_solution(connue, ())["referencee_segur"] is False
