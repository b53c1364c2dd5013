"""How many sign-ins may fail: per address, and per account wherever the tries come from (CNIL 2022-100)."""

from hashlib import sha256

from django.http import HttpRequest

from esms.socle.debit import Debit


class EchecsParAdresse(Debit):
    """Someone who tries many accounts from one place."""

    nom = "connexion"
    rate = "60/hour"


class EchecsParCompte(Debit):
    """Someone who tries many passwords on one account; the same for an account that does not exist."""

    nom = "compte"
    rate = "10/hour"

    def sujet(self, request: HttpRequest) -> str:
        """The account as it is compared, without writing it in the cache."""
        courriel = request.POST.get("username", "").strip().lower()
        return sha256(courriel.encode("utf-8", "replace")).hexdigest()
