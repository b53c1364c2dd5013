"""How strong a password is, measured and not composed (CNIL 2022-100, ASVS 5.0 § 6.2).

No rule of composition: a long sentence passes, a long repetition does not.
"""

import math
from functools import lru_cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

BITS_MIN = 50  # CNIL 2022-100, where failed tries are bounded
LONGUEUR_MAX = 256  # characters: hashing is not a way to tire the server
MOT_MIN = 4
_CLASSES = (("abcdefghijklmnopqrstuvwxyz", 26), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26), ("0123456789", 10))
_AUTRES = 33
_BITS_D_UNE_SUITE = 3.0  # that it goes on, repeats or climbs
_RANGEES = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")


class Robustesse:
    """Refuse a password that a program would guess early, however long it is."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError with the reason and what to do."""
        if len(password) > LONGUEUR_MAX:
            raise ValidationError(f"{LONGUEUR_MAX} caractères au plus.", code="trop_long")
        if bits(password) < BITS_MIN:
            raise ValidationError(
                "Ce mot de passe se devine trop facilement\u00a0: évitez les répétitions, les suites et les "
                "mots de passe connus. Quatre ou cinq mots sans lien entre eux conviennent.",
                code="trop_faible",
            )

    def get_help_text(self) -> str:
        """For the form."""
        return "Une phrase de plusieurs mots sans lien entre eux est robuste et se retient."


def bits(mot_de_passe: str) -> float:
    """Estimate, in bits, of the work needed to guess it: known words and runs are worth little.

    From left to right: the longest known word counts as a choice in the list, a character that follows
    the one before (same, next, neighbour on the keyboard, or already seen as a block) for little, any
    other one as a choice in its alphabet.
    """
    total, position, alphabet = 0.0, 0, math.log2(_alphabet(mot_de_passe))
    bas = mot_de_passe.lower()
    while position < len(bas):
        longueur = _mot_connu(bas, position)
        if longueur:
            total += (
                _BITS_D_UNE_SUITE
                if bas[position : position + longueur] in bas[:position]
                else _bits_d_un_mot()
            )
        else:
            longueur = 1
            total += min(alphabet, _BITS_D_UNE_SUITE) if _se_suit(bas, position) else alphabet
        position += longueur
    return total


def _alphabet(texte: str) -> int:
    presents = [taille for lettres, taille in _CLASSES if any(c in lettres for c in texte)]
    autres = any(all(c not in lettres for lettres, _ in _CLASSES) for c in texte)
    return max(2, sum(presents) + (_AUTRES if autres else 0))


@lru_cache
def _connus() -> frozenset[str]:
    """The list of leaked passwords that comes with Django."""
    return frozenset(mot for mot in CommonPasswordValidator().passwords if len(mot) >= MOT_MIN)


@lru_cache
def _bits_d_un_mot() -> float:
    return math.log2(len(_connus()))


def _mot_connu(texte: str, debut: int) -> int:
    """Length of the longest known word there; 0 without one."""
    fins = range(min(len(texte), debut + 20), debut + MOT_MIN - 1, -1)
    return next((fin - debut for fin in fins if texte[debut:fin] in _connus()), 0)


@lru_cache
def _voisines() -> frozenset[tuple[str, str]]:
    paires = {paire for rangee in _RANGEES for paire in pairwise(rangee)}
    return frozenset(paires | {(b, a) for a, b in paires})


def _se_suit(texte: str, position: int) -> bool:
    """The character continues a run, or a block of three already seen."""
    if position == 0:
        return False
    avant, ici = texte[position - 1], texte[position]
    proche = abs(ord(ici) - ord(avant)) <= 1 or (avant, ici) in _voisines()
    return proche or texte[max(0, position - 2) : position + 1] in texte[: max(0, position)]
