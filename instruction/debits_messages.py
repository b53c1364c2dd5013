"""How many messages one person may send: each one writes to others."""

from esms.socle.debit import DebitParPersonne


class MessagesParPersonne(DebitParPersonne):
    """Someone, or a script under its name, who floods the other side."""

    nom = "messages"
    rate = "30/hour"
