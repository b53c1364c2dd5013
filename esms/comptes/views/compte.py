"""« Mon compte »: who I am here, what I may do, how I sign in, where I am signed in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from esms.comptes import second_facteur
from esms.comptes.acces import rattachements_actifs
from esms.comptes.actions import delier_identite, fermer_session
from esms.comptes.models import Utilisateur
from esms.comptes.navigateurs import nom_du_navigateur

FIL = [("Mon compte", reverse_lazy("comptes:mon_compte"))]


@require_safe
def mon_compte(request: HttpRequest) -> HttpResponse:
    """The account of whoever is signed in."""
    contexte = {
        "titre": "Mon compte",
        "rattachements": rattachements_actifs(request.user),
        "second_facteur_exige": second_facteur.exige(request.user),
        "second_facteur_enrole": second_facteur.enrole(request.user),
        "identites": request.user.identites_proconnect.all(),  # type: ignore[union-attr]
        "sessions_ouvertes": _sessions(request.user).count(),  # type: ignore[arg-type]
    }
    return render(request, "comptes/mon_compte.html", contexte)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the account is signed in."""
    contexte = {
        "titre": "Mes sessions",
        "fil": FIL,
        "sessions": [
            (nom_du_navigateur(session.user_agent), session)
            for session in _sessions(request.user)  # type: ignore[arg-type]
        ],
        "courante": request.session.session_key,
    }
    return render(request, "comptes/sessions.html", contexte)


@require_POST
def fermer(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out of one place; 404 for the session of somebody else, or one that is already closed."""
    fermer_session(session=get_object_or_404(_sessions(request.user), pk=pk), par=request.user)  # type: ignore[arg-type]
    messages.success(request, "Session fermée.")
    return redirect("comptes:sessions")


@require_POST
def fermer_les_autres(request: HttpRequest) -> HttpResponse:
    """Sign out of everywhere else."""
    autres = _sessions(request.user).exclude(session_key=request.session.session_key)  # type: ignore[arg-type]
    for session in autres:
        fermer_session(session=session, par=request.user)  # type: ignore[arg-type]
    messages.success(request, "Toutes vos autres sessions sont fermées.")
    return redirect("comptes:sessions")


@require_POST
def delier_proconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """ProConnect opens the account no more; refused to an account that has no password left to come in by."""
    identite = get_object_or_404(request.user.identites_proconnect, pk=pk)  # type: ignore[union-attr]
    if request.user.has_usable_password():  # type: ignore[union-attr]
        delier_identite(identite=identite, par=request.user)  # type: ignore[arg-type]
        messages.success(request, "ProConnect n’ouvre plus votre compte.")
    else:
        messages.error(
            request, "Choisissez d’abord un mot de passe\u00a0: vous ne pourriez plus vous connecter."
        )
    return redirect("comptes:mon_compte")


def _sessions(utilisateur: Utilisateur) -> QuerySet[UserSession]:
    """Those that are still open, the latest first; reading them removes nothing."""
    ouvertes = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=utilisateur, session_key__in=ouvertes).order_by("-created_at")
