"""What an agent must have done before deciding, in sentences. Pure: no Django, no clock."""

from collections.abc import Iterable, Mapping

from grappes.regles import Verdict

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
    phrases = []
    for controle in controles_a_juger(controles):
        confirme = avis.get((controle["regle"], controle["portee"]))
        nom = f"{controle['regle']} ({controle['portee']})"
        if confirme is None:
            phrases.append(f"Le contrôle {nom} n’est ni confirmé ni renversé.")
        elif confirme is (controle["verdict"] in (Verdict.BLOQUANT, Verdict.A_COMPLETER)):
            phrases.append(f"Le contrôle {nom} fait obstacle à l’éligibilité.")
    for piece in pieces:
        accepte = avis_pieces.get(str(piece["code"]))
        if accepte is None and (piece["obligatoire"] or piece["nombre"]):
            phrases.append(f"La pièce {piece['code']} n’est ni acceptée ni refusée.")
        elif accepte is False and piece["obligatoire"]:
            phrases.append(f"La pièce {piece['code']}, exigée, est refusée.")
    return tuple(phrases)
