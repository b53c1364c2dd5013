"""A thread as each side reads it: who speaks, what is new, who has read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from esms.comptes.models import Utilisateur
from instruction.models import Cote, Dossier, LectureDeMessage, Message, PieceDeMessage


@dataclass(frozen=True, slots=True)
class Lu:
    """A message for this reader. `nouveau`: it comes from the other side and this person has not read it."""

    message: Message
    auteur: str
    mien: bool
    nouveau: bool
    lectures: Sequence[tuple[str, LectureDeMessage]]
    fichiers: Sequence[PieceDeMessage]


def lus(messages: Iterable[Message], dossier: Dossier, cote: Cote, lecteur: Utilisateur) -> list[Lu]:
    """Messages (author, files and readings loaded) as `lecteur`, on that side, reads them.

    The porteur reads the name of the service, not of its agents: the ARS speaks with one voice.
    """
    return [
        Lu(
            message=message,
            auteur=_nom(message.auteur, Cote(message.cote), dossier, cote),
            mien=message.cote == cote,
            nouveau=message.cote != cote
            and all(lecture.utilisateur_id != lecteur.pk for lecture in message.lectures.all()),
            lectures=_lectures(message, dossier, cote),
            fichiers=list(message.pieces.all()),
        )
        for message in messages
    ]


def _nom(personne: Utilisateur, sien: Cote, dossier: Dossier, lecteur: Cote) -> str:
    if sien == Cote.PORTEUR:
        return f"{personne.nom} – {dossier.nom_porteur}"
    service = dossier.campagne.service
    if lecteur == Cote.ARS:
        return f"{personne.nom} – {service}"
    return service if service.startswith("ARS") else f"ARS – {service}"


def _lectures(message: Message, dossier: Dossier, lecteur: Cote) -> list[tuple[str, LectureDeMessage]]:
    """Who read it on the other side; for the porteur, the ARS once."""
    lectures = list(message.lectures.all())
    if message.cote == Cote.PORTEUR and lecteur == Cote.PORTEUR:
        return [("l’ARS", lectures[0])] if lectures else []
    return [(lecture.utilisateur.nom, lecture) for lecture in lectures]
