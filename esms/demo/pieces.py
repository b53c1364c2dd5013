"""Pieces of the fictional dossiers: one-page PDFs that say what they stand for."""

from io import BytesIO

import pikepdf

A4 = (595, 842)  # points


def pdf(titre: str, *lignes: str) -> bytes:
    """A real, small and always identical PDF with these words on its page."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=A4)
    police = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=police))
    page.obj.Contents = document.make_stream(_dessin((titre, "", *lignes)))
    tampon = BytesIO()
    document.save(tampon, deterministic_id=True)
    return tampon.getvalue()


def _dessin(lignes: tuple[str, ...]) -> bytes:
    """Drawing orders: one line of text under the other, in the encoding of the standard fonts."""
    textes = b"".join(b"(" + _echapper(ligne) + b") Tj T*\n" for ligne in lignes)
    return b"BT /F1 14 Tf 22 TL 60 760 Td\n" + textes + b"ET"


def _echapper(ligne: str) -> bytes:
    texte = ligne.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return texte.encode("cp1252", errors="replace")
