"""Steps of a sign-in, between the first proof and the session."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from esms.comptes import second_facteur


class SecondFacteur(AuthenticateStage):
    """The code or the passkey of whoever enrolled one, unless the identity provider asked for its own."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if self.login.user is not None and second_facteur.passe(request, self.login.user):
            return False
        return super()._should_handle(request)
