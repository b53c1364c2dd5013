"""The name of a person, as others will read it: on screens, in e-mails, in the journal."""

import unicodedata

LONGUEUR_MAX = 120
_MUETS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def nom_lisible(texte: str) -> str:
    """One line in NFC, without control nor direction marks: they forge a line, or turn one around."""
    lu = "".join(
        " " if caractere.isspace() else caractere
        for caractere in unicodedata.normalize("NFC", texte)
        if caractere.isspace() or unicodedata.category(caractere) not in _MUETS
    )
    return " ".join(lu.split())[:LONGUEUR_MAX]
