"""Why a gesture is refused to somebody who sees the page: which role it takes, and who gives that role.

An action or a view raises PermissionDenied with a word: the name of a gesture of `etats`, or one of RAISONS.
The sentence says roles, never who holds them: whoever is refused must not learn the names of the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from esms.comptes.models import ROLES_AGENT, ROLES_ARS, ROLES_NATIONAUX, ROLES_PORTEUR, Role
from instruction.etats import DEPOSER, GESTES
from instruction.requetes_messages import ECRIVENT_POUR_L_ARS

ADMINISTRE = (Role.ADMINISTRATEUR,)
SUIVENT = (*ROLES_AGENT, Role.AUDITEUR)
ECRIVENT = (*ROLES_PORTEUR, *ECRIVENT_POUR_L_ARS)


@dataclass(frozen=True, slots=True)
class Raison:
    """What was tried, in words, and the roles that may; without roles, `comment` says it all."""

    quoi: str
    roles: tuple[Role, ...] = ()
    comment: str = ""

    @property
    def manque(self) -> str:
        """Which right is missing."""
        if not self.roles:
            return self.comment
        noms = [f"«\u00a0{role.label}\u00a0»" for role in self.roles]
        un = "l’un de ces rôles" if len(noms) > 1 else "ce rôle"
        return f"{self.quoi} demande {un}, que vous n’avez pas ici\u00a0: {', '.join(noms)}."

    @property
    def donne_par(self) -> str:
        """Who can give it; empty when no role would help."""
        if not self.roles:
            return ""
        if self.roles[0] in ROLES_ARS:
            return "Un rôle de l’ARS est donné par son administrateur, dans «\u00a0Rôles et accès\u00a0»."
        if self.roles[0] in ROLES_NATIONAUX:
            return "Ce rôle est donné par l’exploitant du portail."
        return "Ce rôle est donné par le porteur titulaire de l’organisme, dans «\u00a0Gérer l’équipe\u00a0»."


GENERALE = Raison("", comment="Vos rôles ne permettent pas cette action ici.")
_SIENS = Raison(
    "", comment="Vous ne répondez que pour les ESSMS de votre organisme\u00a0: ceux-ci n’en sont pas."
)
_DROITS = Raison("Donner, changer ou retirer un rôle", (Role.PORTEUR, Role.ADMINISTRATEUR))
_CAMPAGNE = Raison("Changer une campagne", ADMINISTRE)
_CATALOGUE = Raison("Changer le catalogue des solutions", ADMINISTRE)
_MESSAGE = Raison("Écrire dans les messages d’un dossier", ECRIVENT)
RAISONS: Mapping[str, Raison] = {
    **{geste.nom: Raison(f"«\u00a0{geste.libelle}\u00a0»", geste.roles) for geste in GESTES},
    "P5": Raison("Certifier les heures en ligne", DEPOSER.roles),
    "lecture": Raison("Lire l’examen d’un dossier", SUIVENT),
    "historique": Raison("Lire l’historique d’un dossier", SUIVENT),
    "complements": Raison("Lire les compléments d’un dossier", SUIVENT),
    "ecrire_message": _MESSAGE,
    "envoyer_message": _MESSAGE,
    "marquer_lus": _MESSAGE,
    "campagne": _CAMPAGNE,
    "campagnes": Raison("Lire les campagnes", (*ROLES_AGENT, *ROLES_NATIONAUX)),
    "courriels": Raison("Lire les courriels du portail", SUIVENT),
    "renvoyer_courriel": Raison("Renvoyer un courriel", ECRIVENT_POUR_L_ARS),
    "catalogue": _CATALOGUE,
    "preparer": Raison("Préparer une convention", (Role.VALIDEUR, Role.ADMINISTRATEUR)),
    "engager": Raison("Préparer une convention", (Role.VALIDEUR, Role.ADMINISTRATEUR)),
    "emettre": Raison("Émettre une convention", ADMINISTRE),
    "emission": Raison("Émettre une convention", ADMINISTRE),
    "marquer_signee": Raison("Constater une signature", (Role.SIGNATAIRE, Role.ADMINISTRATEUR)),
    "signature": Raison("Constater une signature", (Role.SIGNATAIRE, Role.ADMINISTRATEUR)),
    "enregistrer": Raison("Enregistrer un versement", (Role.GESTIONNAIRE, Role.ADMINISTRATEUR)),
    "versement": Raison("Enregistrer un versement", (Role.GESTIONNAIRE, Role.ADMINISTRATEUR)),
    "organisme": Raison(
        "",
        comment="Vous n’agissez pas ici pour cet organisme. Son porteur titulaire peut vous inviter\u202f; "
        "sinon, demandez à agir pour lui dans «\u00a0Rôles et accès\u00a0».",
    ),
    "invitation": Raison(
        "",
        comment="Cette invitation a été envoyée à une autre adresse électronique\u00a0: connectez-vous avec "
        "le compte de cette adresse, ou demandez une nouvelle invitation à qui vous l’a envoyée.",
    ),
    "mesures": Raison("", comment="Cet appel à projets ne demande pas de mesures de cybersécurité."),
    "essms": _SIENS,
    "autres ESSMS": _SIENS,
    "autres justifications": _SIENS,
    "droits": _DROITS,
    "role": _DROITS,
    "demande": Raison("Répondre à une demande de rattachement", (Role.PORTEUR, Role.ADMINISTRATEUR)),
    "adresse": Raison(
        "",
        comment="Cette action demande une adresse électronique vérifiée\u00a0: vérifiez la vôtre dans votre "
        "compte.",
    ),
}
