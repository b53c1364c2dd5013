"""The other organisms of a grappe: who is invited, who has confirmed."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from esms.habilitations.actions.gardes import HabilitationRefusee
from grappes.requetes_grappes import parts_de_la_grappe
from grappes.requetes_organismes import noms_des_organismes
from instruction.actions.garde import GesteRefuse
from instruction.actions.grappe import inviter_organisme
from instruction.forms.grappe_invitation import InvitationForm
from instruction.presentation.confirmations import confirmations
from instruction.views.cadre import Demande, dossier_visible, geste_sur
from instruction.views.grappe_atelier import AtelierDossier


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def confirmer(request: Demande, pk: UUID) -> HttpResponse:
    """Each organism and where it stands; POST invites somebody of one of them, or invites again."""
    atelier = AtelierDossier(request, dossier_visible(request, pk))
    grappe = atelier.dossier.grappe
    noms = noms_des_organismes(list(parts_de_la_grappe(grappe)))
    autres = [(ej, f"{nom} ({ej})") for ej, nom in noms.items() if ej != atelier.dossier.organisme]
    choisi = {"organisme": request.GET.get("organisme", "")}
    formulaire = InvitationForm(request.POST or None, organismes=autres, initial=choisi)
    if request.method == "POST" and formulaire.is_valid() and _inviter(request, atelier, formulaire):
        return redirect("dossiers:grappe_confirmations", pk)
    contexte = atelier.contexte("Confirmations des organismes", "confirmations") | {
        "form": formulaire,
        "confirmations": confirmations(grappe, noms),
        "autres": autres,
    }
    return render(
        request, "instruction/grappe_confirmations.html", contexte, status=400 if formulaire.errors else 200
    )


def _inviter(request: Demande, atelier: AtelierDossier, formulaire: InvitationForm) -> bool:
    """Whether the invitation is written; if not, the form says why."""
    donnees = formulaire.cleaned_data
    try:
        inviter_organisme(
            dossier=atelier.dossier,
            finess_ej=donnees["organisme"],
            courriel=donnees["courriel"],
            par=request.user,
        )
    except (HabilitationRefusee, GesteRefuse) as refus:
        formulaire.add_error("courriel", str(refus))
        return False
    except ValidationError as refus:
        formulaire.add_error("courriel", list(refus.messages))
        return False
    messages.success(request, f"Une invitation est envoyée à {donnees['courriel']}.")
    return True
