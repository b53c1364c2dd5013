"""The states of a dossier, how each public calls them, and what a gesture is."""

from dataclasses import dataclass

from django.db import models

from esms.comptes.models import Role


class Etat(models.TextChoices):
    """States, as the ARS calls them."""

    BROUILLON = "brouillon", "Brouillon"
    DEPOSE = "depose", "Déposé"
    RECEVABILITE = "recevabilite", "En recevabilité"
    COMPLEMENTS_DEMANDES = "complements_demandes", "Compléments demandés"
    RECEVABLE = "recevable", "Recevable"
    IRRECEVABLE = "irrecevable", "Irrecevable"
    INELIGIBLE = "ineligible", "Inéligible"
    REORIENTE = "reoriente", "Réorienté"
    EN_INSTRUCTION = "en_instruction", "En instruction"
    INSTRUIT = "instruit", "Instruit"
    RETENU = "retenu", "Retenu"
    LISTE_COMPLEMENTAIRE = "liste_complementaire", "Liste complémentaire"
    NON_RETENU = "non_retenu", "Non retenu"
    DESISTE = "desiste", "Désisté"
    CONVENTION_A_SIGNER = "convention_a_signer", "Convention à signer"
    CONVENTIONNE = "conventionne", "Conventionné"
    EN_DEPLOIEMENT = "en_deploiement", "En déploiement"
    SOLDE_DEMANDE = "solde_demande", "Solde demandé"
    SOLDE = "solde", "Soldé"
    CLOS = "clos", "Clos"


# The porteur learns a decision when it is pronounced, and reads one word for the steps that are the ARS's
# own.
LIBELLES_PORTEUR: dict[str, str] = {
    Etat.BROUILLON: "Brouillon – non déposé",
    Etat.DEPOSE: "Déposé",
    Etat.RECEVABILITE: "Déposé, recevabilité à l’étude",
    Etat.COMPLEMENTS_DEMANDES: "Compléments à fournir",
    Etat.RECEVABLE: "Recevable, instruction à venir",
    Etat.IRRECEVABLE: "Irrecevable",
    Etat.INELIGIBLE: "Inéligible",
    Etat.REORIENTE: "Réorienté vers un autre guichet",
    Etat.EN_INSTRUCTION: "En cours d’instruction",
    Etat.INSTRUIT: "En cours d’instruction",
    Etat.RETENU: "Retenu",
    Etat.LISTE_COMPLEMENTAIRE: "Sur la liste complémentaire",
    Etat.NON_RETENU: "Non retenu",
    Etat.DESISTE: "Désistement enregistré",
    Etat.CONVENTION_A_SIGNER: "Retenu, convention à signer",
    Etat.CONVENTIONNE: "Conventionné",
    Etat.EN_DEPLOIEMENT: "En déploiement",
    Etat.SOLDE_DEMANDE: "Solde demandé",
    Etat.SOLDE: "Soldé",
    Etat.CLOS: "Clos",
}


@dataclass(frozen=True, slots=True)
class Geste:
    """A gesture: from which states, to which one (None: it stays), in whose hands, its button's label.

    `conditions`: what its action requires besides the state and the role, one French sentence each.
    """

    nom: str
    libelle: str
    sources: tuple[Etat, ...]
    cible: Etat | None
    roles: tuple[Role, ...]
    conditions: tuple[str, ...] = ()

    @property
    def mains(self) -> str:
        """Whose hands, in words."""
        return ", ".join(str(role.label) for role in self.roles)
