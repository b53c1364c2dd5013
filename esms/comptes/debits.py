"""How many sign-ins may fail: per address, and per account wherever the tries come from (CNIL 2022-100)."""

from hashlib import sha256

from django.http import HttpRequest

from esms.socle.debit import Debit


class EchecsParAdresse(Debit):
    """Someone who tries many accounts from one place."""

    nom = "connexion"
    rate = "60/hour"


class _ParSujet(Debit):
    """Counted for a subject that the caller names; it is not written as such in the cache."""

    def __init__(self, sujet: str) -> None:
        super().__init__()
        self._sujet = sha256(sujet.strip().lower().encode("utf-8", "replace")).hexdigest()

    def sujet(self, request: HttpRequest) -> str:
        """The subject, as it is compared."""
        return self._sujet

    def effacer(self, request: HttpRequest) -> None:
        """Start again from nothing."""
        self.cache.delete(self.get_cache_key(request, None))


class EchecsParCompte(_ParSujet):
    """Someone who tries many passwords on one account; the same for an account that does not exist."""

    nom = "compte"
    rate = "10/hour"


class EchecsDuCode(_ParSujet):
    """Someone who has the password and tries the codes of the second factor."""

    nom = "code"
    rate = "10/hour"


class EnvoisDeCode(_ParSujet):
    """Codes that one address may be sent to prove that it is somebody's."""

    nom = "envoi"
    rate = "5/hour"
