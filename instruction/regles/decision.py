"""What an agent must have done before deciding, in sentences. Pure: no Django, no clock."""

from collections.abc import Iterable, Mapping

from grappes.regles import PROJET, Verdict

RECOURS = (
    "Cette décision peut être contestée dans un délai de deux mois à compter de sa notification, par un "
    "recours gracieux auprès du directeur général de l’ARS, ou par un recours contentieux devant le tribunal "
    "administratif compétent, qui peut être saisi par l’application Télérecours citoyens. Le recours "
    "gracieux formé dans ce délai conserve le délai du recours contentieux."
)

# What these verdicts stand for does not need anyone's opinion.
SANS_AVIS = frozenset({Verdict.SANS_OBJET.value})


def controles_a_juger(controles: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Checks (contract form) that the instructor confirms or reverses: all but those without object."""
    return [controle for controle in controles if controle["verdict"] not in SANS_AVIS]


def objections_a_recevoir(
    controles: Iterable[Mapping[str, str]],
    avis: Mapping[tuple[str, str], bool],
    pieces: Iterable[Mapping[str, object]],
    avis_pieces: Mapping[str, bool],
) -> tuple[str, ...]:
    """Why the dossier cannot be declared admissible yet; empty when it can.

    `avis`: (rule, portée) → confirmed. A blocking check must have been reversed, a conforming one must not.
    `avis_pieces`: code → accepted.
    """
    phrases, sans_avis = [], []
    for controle in controles_a_juger(controles):
        confirme = avis.get((controle["regle"], controle["portee"]))
        if confirme is None:
            sans_avis.append(_nom(controle))
        elif confirme is (controle["verdict"] in (Verdict.BLOQUANT, Verdict.A_COMPLETER)):
            phrases.append(f"Le contrôle {_nom(controle)} fait obstacle à l’éligibilité.")
    if sans_avis:
        phrases.insert(0, f"Contrôles ni confirmés ni renversés\u00a0: {', '.join(sans_avis)}.")
    pieces_sans_avis = []
    for piece in pieces:
        accepte = avis_pieces.get(str(piece["code"]))
        if accepte is None and _a_juger(piece):
            pieces_sans_avis.append(str(piece["code"]))
        elif accepte is False and piece["obligatoire"]:
            phrases.append(f"La pièce {piece['code']}, exigée, est refusée.")
    if pieces_sans_avis:
        phrases.append(f"Pièces ni acceptées ni refusées\u00a0: {', '.join(pieces_sans_avis)}.")
    return tuple(phrases)


def pieces_a_juger(pieces: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Those that wait for an opinion: not a piece left to the porteur's choice, and not joined."""
    return [piece for piece in pieces if _a_juger(piece)]


def _a_juger(piece: Mapping[str, object]) -> bool:
    return bool(piece["obligatoire"] or piece["nombre"])


def _nom(controle: Mapping[str, str]) -> str:
    """« E3 », or « E7 (310000123) » when it bears on one ESSMS."""
    regle, portee = controle["regle"], controle["portee"]
    return regle if portee == PROJET else f"{regle} ({portee})"
