"""The fictional pieces are real PDFs."""

from io import BytesIO

import pikepdf

from esms.demo.pieces import pdf


def test_piece_d_une_page_lisible() -> None:
    with pikepdf.open(
        BytesIO(pdf("Lettre d’engagement (fictive)", "Écrite pour la démonstration."))
    ) as document:
        assert len(document.pages) == 1
        assert b"(\xc9crite pour la d\xe9monstration.) Tj" in document.pages[0].Contents.read_bytes()


def test_piece_parentheses_et_barre_echappees() -> None:
    with pikepdf.open(BytesIO(pdf(r"a(b)\c"))) as document:
        assert rb"(a\(b\)\\c) Tj" in document.pages[0].Contents.read_bytes()


def test_piece_identique_a_chaque_fois() -> None:
    assert pdf("Planning") == pdf("Planning")
