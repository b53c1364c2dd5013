"""Who plays the matrix: nobody, an account without a role, and every role at every place that matters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.test import Client

from esms.comptes.models import ROLES_ARS, ROLES_NATIONAUX, ROLES_ORGANISME, Role, Utilisateur
from esms.habilitations.actions.demande import demander
from esms.habilitations.actions.invitation import inviter
from grappes.actions.participation import inviter_organisme
from tests.fabriques import Monde, entree, etablissement, organisme, ouvrir_session, rattacher, utilisateur

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

    def joue(self, commune: bool, *, premier: bool) -> bool:
        """Plays a line: everybody its first state, unless it opens for all; the witnesses, the others."""
        if commune:
            return self.premiere
        return premier or self.role in TEMOINS.get(self.colonne, ())


def monde() -> Monde:
    """A dossier with an ESSMS in another region (G3) and one run by a partner; invitations, a claim."""
    contenu = entree(organisme(), 15)
    contenu["essms"][0]["region"] = CONCERNEE
    partenaire = organisme(PARTENAIRE, nom="Association des Tilleuls")
    chez_lui = etablissement(partenaire, 900)
    contenu["essms"].append({"finess_et": chez_lui.finess_et, "operation": "acquisition"})
    contenu["organismes"].append(
        {"finess_ej": partenaire.finess_ej, "region": partenaire.region, "essms_geres": 20}
    )
    joue = Monde(contenu=contenu)
    inviter_organisme(
        grappe=joue.dossier.grappe,
        finess_ej=partenaire.finess_ej,
        courriel="partenaire@essais.example",
        par=joue.porteur,
    )
    og = joue.entite.finess_ej
    inviter(
        courriel="og@essais.example", role=Role.REDACTEUR, organisme=og, lieu="Les Lilas", par=joue.porteur
    )
    inviter(courriel="ars@essais.example", role=Role.JURY, ars=ARS, par=joue.administrateur)
    demander(organisme=og, nom="Les Lilas", ars=ARS, fonction="Directrice", par=utilisateur())
    return joue


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
