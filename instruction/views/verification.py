"""Checking the hash of a receipt: public, and only reads."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esms.socle.debit import Debit, trop_de_demandes
from instruction.forms.verification import VerificationForm
from instruction.requetes_verification import verification


class DebitDesVerifications(Debit):
    """Each hash looked for counts, the empty form does not."""

    nom = "verifications"
    rate = "60/min"


@login_not_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """What is known of `?empreinte=…`: 200 known or not, 400 if it is no hash, 429 if asked too often."""
    form = VerificationForm(request.GET if "empreinte" in request.GET else None)
    contexte = {"titre": "Vérifier un accusé de réception", "form": form}
    if not form.is_bound:
        return render(request, "instruction/verifier.html", contexte)
    if not form.is_valid():
        return render(request, "instruction/verifier.html", contexte, status=400)
    if attente := DebitDesVerifications().attente(request):
        return trop_de_demandes(request, attente, "Vous avez vérifié beaucoup d’empreintes.")
    empreinte = form.cleaned_data["empreinte"]
    contexte |= {"cherchee": empreinte, "trouvee": verification(empreinte)}
    return render(request, "instruction/verifier.html", contexte)
