"""Traces, in the XML of an office document, of what acts by itself or fetches something when it opens.

No parser: a part may be broken on purpose, and programs read more than the standard. Every pattern stops at
the next « < », so that reading stays linear whatever is written.
"""

import html
import re
from urllib.parse import unquote

from instruction.fichiers.refus import LIEN, MACRO

_PREFIXE = rb"(?:[^\s<>/:]+:)?"
_ATTRIBUTS = rb"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*"""
_MACRO = re.compile(rb"vbaproject|<" + _PREFIXE + rb"event-listener\b", re.IGNORECASE)
_LIAISON = re.compile(rb"<" + _PREFIXE + rb"(?:ddeLink|dde-source|dde-connection-decl)\b|<!ENTITY")
_RELATION = re.compile(rb"<" + _PREFIXE + rb"Relationship\b" + _ATTRIBUTS)
_CHAMP = re.compile(
    rb"""fldCharType\s*=\s*["']begin|<"""
    + _PREFIXE
    + rb"""instrText[^<>]*>([^<]*)|\binstr\s*=\s*("[^"<]*|'[^'<]*)"""
)
_DDE = re.compile(r"[\s\"']*DDE(?:AUTO)?\s", re.IGNORECASE)
# A part that an OpenDocument loads: any element with an address, but a link that a person clicks.
_CHARGE = re.compile(rb"<(?!" + _PREFIXE + rb"a\s)[^\s<>/]+\s" + _ATTRIBUTS)
_ADRESSE = re.compile(rb"""\bhref\s*=\s*("[^"<]*|'[^'<]*)""")
# Somewhere else: a scheme (`c:` is a disk), a share, a file of another machine.
_AILLEURS = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:|//|file:(?!(?://(?:localhost)?/)?[^/])")


def trace(texte: bytes) -> str | None:
    """What a stretch of a part would do, as the sentence of its refusal; None when nothing is seen."""
    texte = texte.replace(b"\0", b"")  # UTF-16 reads as ASCII then
    if _MACRO.search(texte):
        return MACRO
    if _LIAISON.search(texte) or any(_DDE.match(champ) for champ in _champs(texte)):
        return LIEN
    for relation in _RELATION.findall(texte):
        nature, cible = _attribut(relation, b"Type"), _attribut(relation, b"Target")
        if _est_ailleurs(cible) and not nature.endswith("/hyperlink"):  # clicked by a person, knowingly
            return LIEN
        if "vbaproject" in nature.lower():
            return MACRO
    return None


def trace_odf(texte: bytes) -> str | None:
    """The same, with what an OpenDocument loads from elsewhere."""
    for element in _CHARGE.findall(texte.replace(b"\0", b"")):
        if any(_est_ailleurs(_clair(adresse)) for adresse in _ADRESSE.findall(element)):
            return LIEN
    return trace(texte)


def sans_detour(texte: bytes) -> bytes:
    """Text of a part, in ASCII, its character references read."""
    return html.unescape(texte.replace(b"\0", b"").decode("latin-1")).encode("ascii", "replace")


def _champs(texte: bytes) -> list[str]:
    """What each field of a text says, its pieces joined: Word runs one that is cut in ten."""
    champs = [""]
    for trouve in _CHAMP.finditer(texte):
        if trouve[2] is not None:
            champs.append(_clair(trouve[2]))
        elif trouve[1] is None:
            champs.append("")
        else:
            champs[-1] += _clair(trouve[1])
    return champs


def _attribut(element: bytes, nom: bytes) -> str:
    trouve = re.search(rb"(?<![\w:.-])" + nom + rb"""\s*=\s*("[^"<]*|'[^'<]*)""", element)
    return _clair(trouve[1]) if trouve else ""


def _clair(valeur: bytes) -> str:
    """A value without its opening quote, its character references read."""
    return html.unescape(valeur.decode("utf-8", "replace")).strip(" \t\r\n\"'")


def _est_ailleurs(cible: str) -> bool:
    return _AILLEURS.match(unquote(cible).replace("\\", "/").lower()) is not None
