"""How many messages one person may send: each one writes to others."""

from django.http import HttpRequest

from esms.socle.debit import Debit


class MessagesParPersonne(Debit):
    """Someone, or a script under its name, who floods the other side."""

    nom = "messages"
    rate = "30/hour"

    def sujet(self, request: HttpRequest) -> str:
        """The account."""
        return str(request.user.pk)
