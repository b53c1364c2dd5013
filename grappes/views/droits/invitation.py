"""An invitation: its link, the answer of who receives it, and what its sender may do meanwhile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from esms.comptes.models import Utilisateur
from esms.habilitations.acces import Lieu
from esms.habilitations.actions.invitation import (
    accepter,
    adressee_a,
    empreinte_du_jeton,
    renvoyer,
    revoquer,
)
from esms.habilitations.models import Invitation
from esms.habilitations.requetes import invitations_geables_par, invitations_recues
from grappes.views.droits.cadre import Demande, geste_sur_les_droits

GONE = 410


@login_not_required
@never_cache
@require_safe
def invitation(request: Demande, jeton: str) -> HttpResponse:
    """What the link of the e-mail opens: what is offered, and how to accept. 404 for a link never sent.

    Whoever holds the link reads who invites to what; nobody reads the address that was invited.
    """
    recue = get_object_or_404(
        Invitation.objects.select_related("invitee_par"), jeton_empreinte=empreinte_du_jeton(jeton)
    )
    etat, statut = _etat(request.user, recue)
    contexte = {"titre": "Votre invitation", "invitation": recue, "etat": etat}
    return render(request, "droits/invitation.html", contexte, status=statut)


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def accepter_invitation(request: Demande, pk: int) -> HttpResponse:
    """The role is held from now on; on to the page that the sender chose."""
    recue = get_object_or_404(invitations_recues(request.user), pk=pk)
    droit = accepter(invitation=recue, par=request.user)
    messages.success(request, f"Invitation acceptée\u00a0: {droit.get_role_display()}, {recue.lieu}.")
    return redirect(recue.lien_apres or "droits:mes_droits")


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def renvoyer_invitation(request: Demande, pk: int) -> HttpResponse:
    """A new link, for seven days."""
    envoyee = renvoyer(
        invitation=get_object_or_404(invitations_geables_par(request.user), pk=pk), par=request.user
    )
    messages.success(
        request, f"Invitation envoyée de nouveau à {envoyee.courriel}\u00a0: l’ancien lien ne sert plus."
    )
    return _retour(request, envoyee)


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def revoquer_invitation(request: Demande, pk: int) -> HttpResponse:
    """Its link no longer opens anything."""
    revoquee = revoquer(
        invitation=get_object_or_404(invitations_geables_par(request.user), pk=pk), par=request.user
    )
    messages.success(request, f"Invitation de {revoquee.courriel} révoquée.")
    return _retour(request, revoquee)


def _etat(utilisateur: Utilisateur | AnonymousUser, recue: Invitation) -> tuple[str, int]:
    """What the page says, and its status: the link is dead (410), or meant for somebody else (403)."""
    if recue.revoquee_le is not None:
        return "revoquee", GONE
    if recue.acceptee_le is not None:
        return "acceptee", GONE
    if recue.expiree:
        return "expiree", GONE
    if isinstance(utilisateur, AnonymousUser):
        return "anonyme", 200
    return ("offerte", 200) if adressee_a(recue, utilisateur) else ("autre", 403)


def _retour(request: Demande, envoyee: Invitation) -> HttpResponse:
    """To the team; to what was shared, for an invitation limited to it."""
    if envoyee.portee is not None and envoyee.lien_apres:
        return redirect(envoyee.lien_apres)
    return redirect("droits:equipe", Lieu(envoyee.organisme, envoyee.ars).cle)
