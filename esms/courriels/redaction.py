"""From a template to what is read: a subject of one line, a text; then the whole e-mail around them."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template import Context, Engine

from esms.courriels.models import LONGUEUR_OBJET

# Plain text: nothing is escaped. A missing variable leaves a mark that cannot be typed.
_MANQUE = "\x00"
_MOTEUR = Engine(
    dirs=[str(settings.BASE_DIR / "templates" / "courriels")],
    string_if_invalid=_MANQUE + "%s" + _MANQUE,
    builtins=["esms.socle.templatetags.francais"],
)
LONGUEUR_VALEUR = 250  # room for a name, not for a letter
LIGNES_MAX = 40  # of a list: what is missing, say

Valeur = str | int | list[str] | tuple[str, ...]
"""What a gesture may put in a template: a short line, a whole number, a list of short lines."""


@dataclass(frozen=True, slots=True)
class Redige:
    """What the addressee reads, without greeting, link nor foot."""

    objet: str
    texte: str


def rediger(gabarit: str, contexte: Mapping[str, Valeur]) -> Redige:
    """Fill `templates/courriels/<gabarit>.txt`: its first line is the subject, the rest the text.

    Raises ValueError when a variable is missing, a value is neither a short line, a whole number nor a list
    of short lines, or the subject does not hold on one line: a gesture with a wrong message fails, it does
    not send it.
    """
    for nom, valeur in contexte.items():
        for ligne in _lignes(nom, valeur):
            _exiger_courte(nom, ligne)
    plein = _MOTEUR.get_template(f"{gabarit}.txt").render(Context(dict(contexte), autoescape=False)).strip()
    if _MANQUE in plein:
        raise ValueError(f"{gabarit}.txt\u00a0: il manque «\u00a0{plein.split(_MANQUE)[1]}\u00a0».")
    objet, _, texte = plein.partition("\n")
    objet, texte = objet.strip(), texte.strip()
    if not texte or len(objet) > LONGUEUR_OBJET:
        raise ValueError(
            f"{gabarit}.txt\u00a0: un objet de {LONGUEUR_OBJET} caractères au plus, puis un texte."
        )
    return Redige(objet, texte)


def corps(texte: str, lien: str, *, notifie: bool) -> str:
    """The whole e-mail: greeting, text, address of the portal (a setting, never the Host header), foot.

    `notifie`: the addressee has the same message in the portal.
    """
    contexte = Context(
        {
            "texte": texte,
            "adresse": f"{settings.ESMS_ADRESSE}{lien}",
            "notifie": notifie,
            "nom_service": settings.ESMS_NOM,
        },
        autoescape=False,
    )
    return _MOTEUR.get_template("_message.txt").render(contexte).strip() + "\n"


def _lignes(nom: str, valeur: Valeur) -> Sequence[str | int]:
    if not isinstance(valeur, list | tuple):
        return (valeur,)
    if len(valeur) > LIGNES_MAX:
        raise ValueError(f"«\u00a0{nom}\u00a0» doit compter {LIGNES_MAX} lignes au plus.")
    return valeur


def _exiger_courte(nom: str, valeur: str | int) -> None:
    """A whole number, or a line of text: neither a letter, nor a header that would slip in the subject."""
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        return
    if not isinstance(valeur, str) or len(valeur) > LONGUEUR_VALEUR or not all(map(_se_montre, valeur)):
        raise ValueError(
            f"«\u00a0{nom}\u00a0» doit être un entier ou une ligne de {LONGUEUR_VALEUR} caractères au plus."
        )


def _se_montre(caractere: str) -> bool:
    """Neither a control nor the end of a line; the French unbreakable spaces do."""
    return unicodedata.category(caractere) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
