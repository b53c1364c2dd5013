"""Who plays the matrix: nobody, an account without a role, and every role at every place that matters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.test import Client

from esms.comptes.models import ROLES_ARS, ROLES_NATIONAUX, ROLES_ORGANISME, Role, Utilisateur
from tests.fabriques import Monde, organisme, ouvrir_session, rattacher, utilisateur

PARTENAIRE, AUTRE = 3, 2  # ranks of the other organisms: one has ESSMS in the grappe, the other none
ARS, AUTRE_ARS, CONCERNEE = "76", "01", "75"
INVITE = "invite"
_OG = tuple(role.value for role in ROLES_ORGANISME)
_ARS = tuple(role.value for role in ROLES_ARS)

# Column → who is in it. `invite`: a membre of the partner organism whose right is limited to one dossier,
# this one in the column `partenaire`, another one in the column `autre_og`.
COLONNES: Mapping[str, tuple[str, ...]] = {
    "anonyme": ("anonyme",),
    "sans_role": ("sans_role",),
    "og": _OG,
    "partenaire": (*_OG, INVITE),
    "autre_og": (*_OG, INVITE),
    "ars": _ARS,
    "autre_ars": _ARS,
    "concernee": _ARS,
    "pays": tuple(role.value for role in ROLES_NATIONAUX),
}
# Enough to see that a state changes nothing for a column: who may the most there, and who may the least.
TEMOINS: Mapping[str, tuple[str, ...]] = {
    "anonyme": ("anonyme",),
    "og": ("porteur", "redacteur", "membre"),
    "partenaire": ("porteur", INVITE),
    "autre_og": ("porteur",),
    "ars": ("instructeur", "valideur", "administrateur", "jury", "grades"),
    "autre_ars": ("instructeur",),
    "concernee": ("instructeur", "grades"),
    "pays": ("national", "auditeur"),
}


@dataclass(frozen=True)
class Personne:
    """Someone of the matrix, and its open session."""

    colonne: str
    role: str
    client: Client

    @property
    def premiere(self) -> bool:
        """The first of its column."""
        return self.role == COLONNES[self.colonne][0]


def personnes(monde: Monde) -> Sequence[Personne]:
    """All of them, signed in."""
    siens = {
        "og": {"organisme": monde.entite.finess_ej},
        "partenaire": {"organisme": organisme(PARTENAIRE).finess_ej},
        "autre_og": {"organisme": organisme(AUTRE).finess_ej},
        "ars": {"ars": ARS},
        "autre_ars": {"ars": AUTRE_ARS},
        "concernee": {"ars": CONCERNEE},
        "pays": {},
    }
    distribution = [
        Personne("anonyme", "anonyme", Client()),
        Personne("sans_role", "sans_role", _session(utilisateur("Sam Sans-Rôle"))),
    ]
    for colonne, lieu in siens.items():
        for role in COLONNES[colonne]:
            if role != INVITE:
                personne = rattacher(utilisateur(f"{role} {colonne}"), Role(role), **lieu)
                distribution.append(Personne(colonne, role, _session(personne)))
    for colonne, dossier in (("partenaire", monde.dossier.pk), ("autre_og", uuid4())):
        invite = rattacher(utilisateur(INVITE), Role.MEMBRE, **siens["partenaire"], portee=dossier)
        distribution.append(Personne(colonne, INVITE, _session(invite)))
    return distribution


def _session(personne: Utilisateur) -> Client:
    client = Client()
    ouvrir_session(client, personne)
    return client
