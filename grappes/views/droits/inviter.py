"""Inviting somebody to a role."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from esms.habilitations.actions.gardes import HabilitationRefusee
from esms.habilitations.actions.invitation import inviter
from esms.socle.debit import trop_de_demandes
from grappes.debits_droits import InvitationsParPersonne
from grappes.forms.droits import InvitationForm
from grappes.views.droits.cadre import Demande, fil, lieu_dirige, nom_du_lieu, page_de_l_equipe


@require_http_methods(["GET", "HEAD", "POST"])
def inviter_quelqu_un(request: Demande, lieu: str) -> HttpResponse:
    """The form; sent, an e-mail leaves, and the answer never tells whether the address has an account."""
    ici = lieu_dirige(request, lieu)
    nom = nom_du_lieu(ici)
    formulaire = InvitationForm(request.POST if request.method == "POST" else None, lieu=ici)
    if request.method == "POST" and formulaire.is_valid():
        if attente := InvitationsParPersonne().attente(request):
            return trop_de_demandes(request, attente, "Vous avez envoyé trop d’invitations en une heure.")
        try:
            invitation = inviter(
                **formulaire.cleaned_data,
                organisme=ici.organisme,
                ars=ici.ars,
                lieu=nom,
                lien_apres=reverse("droits:equipe", args=[ici.cle]),
                par=request.user,
            )
        except HabilitationRefusee as refusee:
            formulaire.add_error(None, str(refusee))
        else:
            messages.success(request, f"Invitation envoyée à {invitation.courriel}.")
            return redirect("droits:equipe", ici.cle)
    contexte = {
        "titre": "Inviter une personne",
        "fil": fil(page_de_l_equipe(ici, nom)),
        "lieu": ici,
        "nom": nom,
        "form": formulaire,
    }
    return render(request, "droits/inviter.html", contexte, status=400 if formulaire.errors else 200)
