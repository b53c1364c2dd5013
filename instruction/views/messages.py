"""The thread between the porteur and the ARS: list of threads, one thread, sending, reading, files."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages as annonces
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, Max, OuterRef
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from instruction.acces import droits_de
from instruction.actions.garde import GesteRefuse
from instruction.actions.message import Fichier, ecrire_message, marquer_lus
from instruction.debits_messages import MessagesParPersonne
from instruction.fichiers import FichierRefuse
from instruction.forms.message import MessageForm
from instruction.models import Cote, Dossier, Message, PieceDeMessage
from instruction.presentation.messages import lus
from instruction.requetes_courriels import lit_la_boite
from instruction.requetes_messages import avec_non_lus, cote_de, fils_visibles_par, non_lus
from instruction.views.cadre import Demande, cadre, geste_sur

PAR_PAGE = 30


@require_safe
def fils(request: Demande) -> HttpResponse:
    """Every thread that has a message, the latest first: where an ARS finds the questions on drafts."""
    droits = droits_de(request.user)
    parles = fils_visibles_par(request.user).filter(Exists(Message.objects.filter(dossier=OuterRef("pk"))))
    requete = avec_non_lus(parles.select_related("campagne")).annotate(dernier=Max("messages__le"))
    page = Paginator(requete.order_by("-dernier", "pk"), PAR_PAGE).get_page(request.GET.get("page"))
    lignes = [(dossier, non_lus(dossier, pour_porteur=droits.porte(dossier))) for dossier in page]
    contexte = {"titre": "Messages", "page": page, "lignes": lignes, "boite": lit_la_boite(droits)}
    return render(request, "instruction/fils.html", contexte)


@require_safe
def fil_de_messages(request: Demande, pk: UUID) -> HttpResponse:
    """One thread; reading the page marks nothing."""
    return _page(request, _fil(request, pk), MessageForm.vierge())


@require_POST
@geste_sur
def envoyer_message(request: Demande, pk: UUID) -> HttpResponse:
    """Send: when it is refused, the page comes back with the text and the reason."""
    dossier = _fil(request, pk)
    if cote_de(droits_de(request.user), dossier) is None:
        raise PermissionDenied("envoyer_message")
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, dossier, form, 400)
    if attente := MessagesParPersonne().attente(request):
        form.add_error(None, f"Trop de messages en une heure\u00a0: réessayez dans {_duree(attente)}.")
        reponse = _page(request, dossier, form, 429)
        reponse.headers["Retry-After"] = str(attente)
        return reponse
    return _envoyer(request, dossier, form)


@require_POST
@geste_sur
def lire_les_messages(request: Demande, pk: UUID) -> HttpResponse:
    """Mark read what the page showed, not what came since."""
    dossier = _fil(request, pk)
    vus = _instant(request.POST.get("jusqua", ""))
    marquer_lus(dossier=dossier, jusqua=vus or timezone.now(), par=request.user)
    return redirect("dossiers:messages", pk)


@require_safe
def telecharger_de_message(request: Demande, pk: UUID, piece: UUID) -> FileResponse:
    """A file of the thread, as an attachment under its cleaned name, to whoever reads the thread."""
    trouvee = get_object_or_404(PieceDeMessage, pk=piece, message__dossier=_fil(request, pk))
    return FileResponse(
        trouvee.fichier.open("rb"),
        as_attachment=True,
        filename=trouvee.nom,
        content_type="application/octet-stream",
    )


def _envoyer(request: Demande, dossier: Dossier, form: MessageForm) -> HttpResponse:
    fichiers = [Fichier(fichier.name or "", fichier) for fichier in form.cleaned_data["fichiers"]]
    try:
        ecrire_message(
            identifiant=form.cleaned_data["cle"],
            dossier=dossier,
            texte=form.cleaned_data["texte"],
            fichiers=fichiers,
            par=request.user,
        )
    except (FichierRefuse, GesteRefuse) as refus:
        form.add_error("fichiers" if isinstance(refus, FichierRefuse) else "texte", str(refus))
        return _page(request, dossier, form, 400)
    annonces.success(request, "Votre message est envoyé.")
    return redirect("dossiers:messages", dossier.pk)


def _fil(request: Demande, pk: UUID) -> Dossier:
    """The dossier of a thread that this person reads; 404 otherwise."""
    requete = avec_non_lus(fils_visibles_par(request.user))
    return get_object_or_404(
        requete.select_related("campagne", "grappe__campagne", "grappe__convention", "instructeur"), pk=pk
    )


def _page(request: Demande, dossier: Dossier, form: MessageForm, statut: int = 200) -> HttpResponse:
    droits = droits_de(request.user)
    sien = cote_de(droits, dossier)
    cote = sien or Cote.ARS
    tous = dossier.messages.select_related("auteur").prefetch_related("pieces", "lectures__utilisateur")
    page = Paginator(tous.order_by("-le", "pk"), PAR_PAGE).get_page(request.GET.get("page"))
    messages = lus(reversed(page.object_list), dossier, cote, request.user)
    contexte = cadre(request, dossier, "Messages", "messages", **_contexte(messages, page, form, sien))
    if not contexte["pour_porteur"]:
        contexte["fil"] = [("Messages", reverse("dossiers:fils"))]
    return render(request, "instruction/messages.html", contexte, status=statut)


def _contexte(messages: list[Any], page: Any, form: MessageForm, sien: Cote | None) -> dict[str, Any]:
    """What the page of a thread adds to its frame."""
    return {
        "messages_du_fil": messages,
        "page": page,
        "form": form,
        "ecrit": sien is not None,
        "nouveaux": sien is not None and sum(lu.nouveau for lu in messages),
        "jusqua": messages[-1].message.le.isoformat() if messages else "",
        "a_qui": "à l’ARS" if sien == Cote.PORTEUR else "au porteur",
    }


def _instant(texte: str) -> datetime | None:
    """An instant with its time zone; None for anything else."""
    try:
        lu = parse_datetime(texte)
        return lu.astimezone(UTC) if lu is not None and lu.tzinfo is not None else None
    except (ValueError, OverflowError):  # no such day, or before the first and after the last
        return None


def _duree(secondes: int) -> str:
    minutes = max(1, round(secondes / 60))
    return f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
