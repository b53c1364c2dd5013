"""Where each organism of a grappe stands, in the words of the screens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grappes.models import EtatParticipation, Grappe, Participation
from grappes.regles.participation import Part
from grappes.requetes_grappes import parts_de_la_grappe

PORTEUR, A_INVITER = "porteur", "a_inviter"
# State → label, DSFR badge. The label alone is enough.
_MOTS = {
    PORTEUR: ("Porteur\u00a0: rien à confirmer", "no-icon"),
    A_INVITER: ("À inviter", "warning"),
    EtatParticipation.INVITE.value: ("Invité, réponse attendue", "info"),
    EtatParticipation.CONFIRME.value: ("Confirmé", "success"),
    EtatParticipation.A_REVOIR.value: ("À revoir\u00a0: ses ESSMS ont changé", "warning"),
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One organism of the grappe: its part, and what was asked and answered."""

    part: Part
    nom: str
    etat: str
    participation: Participation | None

    @property
    def libelle(self) -> str:
        """Its state in words."""
        return _MOTS[self.etat][0]

    @property
    def genre(self) -> str:
        """DSFR badge."""
        return _MOTS[self.etat][1]

    @property
    def manque(self) -> bool:
        """Its confirmation is still to come."""
        return self.etat not in (PORTEUR, EtatParticipation.CONFIRME)


def confirmations(grappe: Grappe, noms: Mapping[str, str]) -> Sequence[Confirmation]:
    """Every organism of the grappe, the most numerous first; two queries, whatever their number."""
    connues = {
        participation.finess_ej: participation
        for participation in grappe.participations.select_related("confirmee_par")
    }
    return [
        Confirmation(part, noms.get(ej, f"Organisme {ej}"), _etat(ej, grappe, connues), connues.get(ej))
        for ej, part in parts_de_la_grappe(grappe).items()
    ]


def _etat(finess_ej: str, grappe: Grappe, connues: Mapping[str, Participation]) -> str:
    if finess_ej == grappe.porteur_ej:
        return PORTEUR
    participation = connues.get(finess_ej)
    return participation.etat if participation else A_INVITER
