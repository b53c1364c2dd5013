"""The first sign-in with ProConnect on an address that exists, or that the provider did not verify.

The same page in both cases: ProConnect must not tell who has an account here.
"""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from esms.comptes.actions import ouvrir_par_proconnect
from esms.comptes.debits import EnvoisDeCode
from esms.comptes.forms import PreuveParCodeForm, PreuveParMotDePasseForm
from esms.comptes.models import Utilisateur
from esms.comptes.proconnect.attente import en_attente, marquer_prouvee
from esms.comptes.proconnect.identite import Identite
from esms.comptes.proconnect.preuve import code_envoye, code_juste, envoyer_code
from esms.comptes.second_facteur import enrole
from esms.comptes.views.proconnect import entrer, exiger_proconnect
from esms.socle.debit import trop_de_demandes


@require_http_methods(["GET", "HEAD", "POST"])
def prouver(request: HttpRequest) -> HttpResponse:
    """By the password, or by a code sent to the address; then the sign-in goes on, second factor included."""
    exiger_proconnect()
    identite = en_attente(request)
    if identite is None:
        return redirect("comptes:connexion")
    moyen = {"envoyer": _envoyer, "code": _par_code, "mot_de_passe": _par_mot_de_passe}.get(
        request.POST.get("moyen", "")
    )
    return moyen(request, identite) if moyen else _page(request, identite)


def _envoyer(request: HttpRequest, identite: Identite) -> HttpResponse:
    if attente := EnvoisDeCode(identite.courriel).attente(request):
        return trop_de_demandes(request, attente, "Trop de codes ont été demandés.")
    envoyer_code(request, identite.courriel)
    return redirect("comptes:proconnect_prouver")


def _par_code(request: HttpRequest, identite: Identite) -> HttpResponse:
    formulaire = PreuveParCodeForm(request.POST)
    if formulaire.is_valid():
        if code_juste(request, formulaire.cleaned_data["code"]):
            return _prouvee(request, identite)
        formulaire.add_error("code", get_adapter().error_messages["incorrect_code"])
    return _page(request, identite, par_code=formulaire)


def _par_mot_de_passe(request: HttpRequest, identite: Identite) -> HttpResponse:
    formulaire = PreuveParMotDePasseForm(request.POST)
    if formulaire.is_valid():
        mot = formulaire.cleaned_data["password"]
        personne = get_adapter(request).authenticate(request, email=identite.courriel, password=mot)
        if personne is not None:
            return _prouvee(request, identite)
        formulaire.add_error("password", get_adapter().error_messages["incorrect_password"])
    return _page(request, identite, par_mot_de_passe=formulaire)


def _prouvee(request: HttpRequest, identite: Identite) -> HttpResponse:
    """The address is theirs: open its account, made now if there was none; the link follows the sign-in."""
    personne = Utilisateur.objects.filter(courriel=identite.courriel).first()
    if personne is None:
        personne = ouvrir_par_proconnect(
            courriel=identite.courriel, nom=identite.nom, sub=identite.sub, par=None
        )
    marquer_prouvee(request)
    # Not linked yet: the second factor that counts is the one of the account, if it has one.
    ailleurs = identite.second_facteur and not enrole(personne)
    return entrer(request, personne, second_facteur=ailleurs)


def _page(
    request: HttpRequest,
    identite: Identite,
    par_code: PreuveParCodeForm | None = None,
    par_mot_de_passe: PreuveParMotDePasseForm | None = None,
) -> HttpResponse:
    contexte = {
        "titre": "Prouver que cette adresse est la vôtre",
        "courriel": identite.courriel,
        "code_envoye": code_envoye(request),
        "form": par_code or par_mot_de_passe or PreuveParCodeForm(),
        "par_code": par_code or PreuveParCodeForm(),
        "par_mot_de_passe": par_mot_de_passe or PreuveParMotDePasseForm(),
    }
    return render(request, "comptes/proconnect_prouver.html", contexte)
