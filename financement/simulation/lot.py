"""Many simulations at once: one JSON entry per line in, one JSON result per line out, in the same order."""

import json
from collections.abc import Sequence
from typing import Any

from grappes.regles import Projet
from grappes.regles.phrases import compte

from .completion import completer, completer_ensemble
from .entree import Saisie, lire
from .lecteur import EntreeInvalide
from .referentiel import Referentiel, ReferentielEnPanne, ReferentielIndisponible
from .resultat import evaluer

ERREURS_DITES = 20
"""Errors written in full in a message; a file of 5,000 wrong lines stays readable."""


class JsonIllisible(ValueError):
    """The text is not JSON; the message says why, in French."""


def simuler_les_lignes(lignes: Sequence[bytes | str], referentiel: Referentiel) -> list[str]:
    """Results of these lines, as JSON text; an invalid one gives `{"erreur": …}` and stops no other.

    The register is asked once for all of them; without it, only those that need it are in error.
    """
    lues = [_lire_ligne(ligne) for ligne in lignes]
    projets = iter(_completer([lue for lue in lues if isinstance(lue, Saisie)], referentiel))
    return [
        ecrire_json(_resultat(next(projets), lue) if isinstance(lue, Saisie) else {"erreur": lue})
        for lue in lues
    ]


def _resultat(projet: Projet | str, saisie: Saisie) -> dict[str, Any]:
    return {"erreur": projet} if isinstance(projet, str) else evaluer(projet, saisie.edition).en_json()


def _completer(saisies: Sequence[Saisie], referentiel: Referentiel) -> Sequence[Projet | str]:
    """Project of each entry, or the sentence that says why the register could not complete it."""
    try:
        return completer_ensemble(saisies, referentiel)
    except ReferentielIndisponible as panne:
        return [_completer_ou_dire(saisie, ReferentielEnPanne(panne)) for saisie in saisies]


def _completer_ou_dire(saisie: Saisie, referentiel: Referentiel) -> Projet | str:
    try:
        return completer(saisie, referentiel)
    except ReferentielIndisponible as panne:
        return str(panne)


def _lire_ligne(ligne: bytes | str) -> Saisie | str:
    try:
        return lire(lire_json(ligne))
    except EntreeInvalide as invalide:
        return resumer(invalide)
    except JsonIllisible as illisible:
        return str(illisible)


def resumer(invalide: EntreeInvalide) -> str:
    """The errors of an entry on one line, the first ones in full."""
    return " ".join(premieres_erreurs(invalide))


def premieres_erreurs(invalide: EntreeInvalide) -> list[str]:
    """One sentence per wrong field, the first ones only, then how many are left."""
    erreurs = [f"{champ}\u00a0: {' '.join(messages)}" for champ, messages in invalide.erreurs.items()]
    reste = len(erreurs) - ERREURS_DITES
    if reste > 0:
        return [*erreurs[:ERREURS_DITES], f"Et {compte(reste, 'autre erreur', 'autres erreurs')}."]
    return erreurs


def lire_json(brut: bytes | str) -> Any:
    """JSON value of a text, by the standard: no NaN, no infinity, no key twice. Raises JsonIllisible.

    Bytes are UTF-8; one byte order mark at the start is ignored, whatever the door.
    """
    try:
        texte = brut.decode("utf-8") if isinstance(brut, bytes) else brut
    except UnicodeDecodeError as erreur:
        raise JsonIllisible("Ce n’est pas du texte en UTF-8.") from erreur
    texte = texte.removeprefix("\ufeff")
    if not texte.strip():
        raise JsonIllisible("Il n’y a rien à lire.")
    try:
        return json.loads(texte, parse_constant=_refuser_constante, object_pairs_hook=_objet)
    except json.JSONDecodeError as erreur:
        position = f"ligne {erreur.lineno}, colonne {erreur.colno}"
        raise JsonIllisible(f"Ce n’est pas du JSON lisible ({position}).") from erreur
    except RecursionError as erreur:
        raise JsonIllisible("Ce JSON est trop imbriqué.") from erreur
    except JsonIllisible:
        raise
    except ValueError as erreur:
        raise JsonIllisible("Ce JSON contient un nombre démesuré.") from erreur


def ecrire_json(valeur: Any) -> str:
    """One line of JSON, compact, keys in the order of the contract: the one writing of every door."""
    return json.dumps(valeur, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _refuser_constante(nom: str) -> None:
    raise JsonIllisible(f"{nom} n’est pas un nombre du format JSON.")


def _objet(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet = dict(paires)
    if len(objet) != len(paires):
        raise JsonIllisible("Un même champ est donné deux fois dans un objet.")
    return objet
