"""Where django-allauth asks the portal: accounts, counters of failures, addresses, French words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from esms.comptes.actions import s_inscrire
from esms.comptes.arrivee import premiere_page
from esms.comptes.debits import EchecsParAdresse, EchecsParCompte
from esms.comptes.models import Utilisateur
from esms.comptes.proconnect.attente import lier_si_prouvee
from esms.comptes.reprise import garder_l_envoyee, reprise_en_attente
from esms.socle.debit import Debit, trop_de_demandes

MINUTE = 60  # seconds: the period of these limits
ETAPES = (
    "allauth.account.stages.EmailVerificationStage",
    "esms.comptes.etapes.SecondFacteur",
)


class AdaptateurDeCompte(DefaultAccountAdapter):
    """Sign-up, sign-in and the proofs that go with them."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Ce compte est désactivé.",
        "email_password_mismatch": "L’adresse électronique ou le mot de passe est inexact.",
        "enter_current_password": "Le mot de passe actuel est inexact.",
        "incorrect_code": "Ce code est inexact ou a déjà servi.",
        "incorrect_password": "Le mot de passe est inexact.",
        "rate_limited": "Un code vient d’être envoyé\u00a0: attendez quelques secondes avant d’en demander "
        "un autre.",
        "too_many_login_attempts": "Trop d’essais ont échoué. Recommencez depuis le début, ou plus tard.",
        "unverified_primary_email": "Votre adresse électronique doit d’abord être vérifiée.",
    }

    def save_user(
        self, request: HttpRequest, user: Utilisateur, form: Any, commit: bool = True
    ) -> Utilisateur:
        """Open the account that the form describes; allauth then asks for the code sent to its address."""
        valeurs = form.cleaned_data
        return s_inscrire(
            courriel=valeurs["email"], nom=valeurs["nom"], mot_de_passe=valeurs["password1"], par=None
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Utilisateur | None:
        """The account of this address and password.

        A failure counts for the address and for the account, a success for nothing; once there were too many,
        nothing is compared and no password hashed. Raises ImmediateHttpResponse (429).
        """
        freins: tuple[Debit, ...] = (EchecsParAdresse(), EchecsParCompte(credentials["email"]))
        for frein in freins:
            if attente := frein.attente(request):
                refus = trop_de_demandes(request, attente, "Trop de connexions ont échoué.")
                raise ImmediateHttpResponse(refus)
        utilisateur = authenticate(request, **credentials)
        if utilisateur is not None:
            for frein in freins:
                frein.oublier(request)
        return utilisateur

    def reauthenticate(self, user: Utilisateur, password: str) -> bool:
        """The password once more, before a sensitive gesture; counted like a sign-in."""
        return self.authenticate(context.request, email=user.courriel, password=password) == user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A proof given less than REAUTHENTICATION_TIMEOUT ago, sign-in included, is recent enough."""
        preuves = get_authentication_records(context.request, context.request.user)
        derniere = max((preuve["at"] for preuve in preuves), default=0)
        return timezone.now().timestamp() - derniere > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_login_stages(self) -> list[str]:
        """The address verified, then the second factor."""
        return list(ETAPES)

    def pre_login(self, request: HttpRequest, user: Utilisateur, **kwargs: Any) -> HttpResponse | None:
        """The proof is right: keep the form that was sent too late, for the end of the sign-in."""
        garder_l_envoyee(request)
        reponse: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return reponse

    def post_login(self, request: HttpRequest, user: Utilisateur, **kwargs: Any) -> HttpResponse:
        """Signed in: link the ProConnect identity that waited for this proof, give back what was typed."""
        reponse = super().post_login(request, user, **kwargs)
        lier_si_prouvee(request, user)
        if reprise_en_attente(request):
            return HttpResponseRedirect(reverse("comptes:reprise"))
        return reponse

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where to go when no page asked for the sign-in; a local `next` has been followed before."""
        return premiere_page(request.user)

    def format_email_subject(self, subject: str) -> str:
        """Without the name of the host that allauth puts before."""
        return f"{settings.ESMS_NOM}\u00a0: {subject}"


def trop_souvent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 for the limits that allauth keeps by itself: sign-ups, codes asked for, passwords changed."""
    return trop_de_demandes(request, MINUTE, "Cette page a été demandée trop souvent.")
