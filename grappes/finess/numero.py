"""FINESS numbers: cleaning, check digit, and reading a pasted list.

Pure: standard library only. `normaliser` and `cle_valide` never raise, so that a caller can show the
number as it was typed next to what is wrong with it.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGUEUR = 9
_FORME = re.compile(r"[0-9][0-9AB][0-9]{7}")
_BLANCS = re.compile(r"\s+")
# A number never contains these: they always end it.
_SEPARATEURS_FORTS = re.compile(r"[\n\r\t;,|\"'«»“”‘’()\[\]{}]+")
# People also group digits with these ("31 078 156 2", "310.781.562"): they may be inside a number.
_SEPARATEURS_FAIBLES = re.compile(r"[\s.\-/:_]+")
_AFFICHAGE_MAX = 30


def normaliser(texte: str) -> str:
    """Return the number without blanks, in upper case, with its lost leading zero given back."""
    numero = _BLANCS.sub("", unicodedata.normalize("NFKC", texte)).upper()
    if len(numero) == LONGUEUR - 1 and numero.isascii() and numero.isdigit():
        return "0" + numero  # spreadsheets drop it: departments 01 to 09
    return numero


def forme_valide(numero: str) -> bool:
    """Nine positions, digits but for the A or B of Corsica in second place."""
    return _FORME.fullmatch(numero) is not None and (numero[1].isdigit() or numero[0] == "2")


def cle_valide(numero: str) -> bool:
    """Luhn over the nine positions, 2A read as 21 and 2B as 22."""
    if not forme_valide(numero):
        return False
    chiffres = numero.replace("A", "1").replace("B", "2")
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (1 + rang % 2)
        somme += valeur - 9 if valeur > 9 else valeur
    return somme % 10 == 0


def erreur(numero: str) -> str | None:
    """What is wrong with a normalised number, as a French sentence; None when it is right."""
    if cle_valide(numero):
        return None
    montre = "".join(signe if signe.isprintable() else "\ufffd" for signe in numero[:_AFFICHAGE_MAX])
    if len(numero) > _AFFICHAGE_MAX:
        montre += "…"
    if not forme_valide(numero):
        if numero.isascii() and numero.isdigit():
            pluriel = "s" if len(numero) > 1 else ""
            return (
                f"«\u00a0{montre}\u00a0» compte {len(numero)} chiffre{pluriel}\u202f; "
                "un numéro FINESS en compte 9."
            )
        return f"«\u00a0{montre}\u00a0» n’est pas un numéro FINESS (9 chiffres, ou 2A ou 2B puis 7 chiffres)."
    return f"La clé du numéro FINESS «\u00a0{montre}\u00a0» est fausse\u202f: un chiffre a été mal saisi."


def lire_liste(texte: str) -> tuple[tuple[str, str | None], ...]:
    """Split pasted numbers, whatever separates them: `(normalised number, French error or None)` each.

    Order and repetitions are kept: what a duplicate means is the caller's business (rule E5). Digits grouped
    by blanks, dots or dashes make one number when they fill nine places; linear in the text.
    """
    propre = unicodedata.normalize("NFKC", texte).replace("\ufeff", "").replace("\u200b", "")
    numeros = (
        numero
        for morceau in _SEPARATEURS_FORTS.split(propre.upper())
        for numero in _numeros_du_morceau(morceau)
    )
    return tuple((numero, erreur(numero)) for numero in numeros)


def _numeros_du_morceau(morceau: str) -> Iterator[str]:
    fragments = [fragment for fragment in _SEPARATEURS_FAIBLES.split(morceau) if fragment]
    debut = 0
    while debut < len(fragments):
        fin = _fin_du_numero(fragments, debut)
        yield normaliser("".join(fragments[debut:fin]))
        debut = fin


def _fin_du_numero(fragments: list[str], debut: int) -> int:
    """Index after the last fragment of the number that starts at `debut`.

    A fragment that is a right number by itself stands alone. Otherwise the longest run of fragments that
    makes a right number is taken, or fills exactly nine places (one wrong number, not four wrong bits);
    failing that, the fragment stands alone and will carry its own error.
    """
    if cle_valide(normaliser(fragments[debut])):
        return debut + 1
    longueur, meilleure, pleine = 0, debut + 1, 0
    for fin in range(debut + 1, min(len(fragments), debut + LONGUEUR) + 1):
        longueur += len(fragments[fin - 1])
        if longueur > LONGUEUR:
            break
        if cle_valide(normaliser("".join(fragments[debut:fin]))):
            meilleure = fin
        if longueur == LONGUEUR and forme_valide("".join(fragments[debut:fin])):
            pleine = fin
    return max(meilleure, pleine)
