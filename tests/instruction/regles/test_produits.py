"""Which sections each document prints, and what makes it out of date."""

from typing import Any

from instruction.regles.produits import PRODUITS, empreinte, sections_de
from tests.instruction.regles.test_recevabilite import GUA, OCC

ENTREE: dict[str, Any] = {
    "depose_le": "2025-06-01T12:00:00+02:00",
    "porteur": {"tva_recuperee": False},
    "essms": [{"finess_et": "310000123", "operation": "acquisition"}],
}
EQUIPEE = {**ENTREE, "essms": [{**ENTREE["essms"][0], "materiel": {}}]}


def perimes(contenus: dict[str, Any], entree: dict[str, Any], porteur: str = "Les Lilas") -> list[str]:
    """Documents of Occitanie that change when this replaces an empty draft."""
    avant = {code: empreinte(code, OCC, {}, ENTREE, "Les Lilas") for code in PRODUITS}
    return [code for code in PRODUITS if empreinte(code, OCC, contenus, entree, porteur) != avant[code]]


def test_p1_imprime_les_sections_sans_document_a_elles() -> None:
    assert sections_de("P1", OCC) == (
        "porteur", "contacts", "grappe", "projet", "usages", "risques", "si", "engagements",
    )  # fmt: skip
    assert sections_de("P1", GUA) == (
        "porteur", "contacts", "grappe", "projet", "usages", "planning", "si", "engagements",
    )  # fmt: skip


def test_p2_p3_et_p9_impriment_chacun_leur_section() -> None:
    lues = [sections_de(code, OCC) for code in ("P2", "P3", "P9a", "P9b")]
    assert lues == [("planning",), ("budget",), ("equipement",), ("equipement",)]


def test_chaque_changement_perime_les_documents_qui_le_disent_et_eux_seuls() -> None:
    assert perimes({}, {**ENTREE, "depose_le": "2025-06-02T12:00:00+02:00"}) == []
    assert perimes({"projet": {"chiffrage": "Oui."}}, ENTREE) == ["P1"]
    assert perimes({"planning": {"jalons": {"va": "2026-01-01"}}}, ENTREE) == ["P2"]
    assert perimes({"budget": {"depenses": []}}, ENTREE) == ["P3"]
    assert perimes({"equipement": {"parcs": {}}}, ENTREE) == ["P9a", "P9b"]
    assert perimes({}, {**ENTREE, "porteur": {"tva_recuperee": True}}) == ["P1", "P3"]
    assert perimes({}, EQUIPEE) == ["P1", "P9a", "P9b"]  # wanted, without a quote yet
    assert perimes({}, ENTREE, "Les Tilleuls") == list(PRODUITS)
