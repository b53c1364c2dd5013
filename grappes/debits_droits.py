"""How often one person may ask for a role or offer one: each time writes to others."""

from esms.socle.debit import DebitParPersonne


class DemandesParPersonne(DebitParPersonne):
    """Somebody who asks, withdraws and asks again: an account is open to all, and each claim is told."""

    nom = "demandes_de_role"
    rate = "10/day"


class InvitationsParPersonne(DebitParPersonne):
    """Somebody who invites, withdraws and invites again: the portal would write to the whole world for it."""

    nom = "invitations"
    rate = "60/hour"
