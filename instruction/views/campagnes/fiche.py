"""One campagne: its window, envelope, contacts, documents, and everything that moved its dates."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from grappes.acces import peut_ouvrir_campagne
from grappes.models import Campagne
from grappes.regles.fenetres import peut_prolonger, prolonger_jusqu_au_jour_ouvre
from instruction.actions.campagne_dates import dates_de, situation_de
from instruction.forms.campagne import ContactForm, DocumentForm, EnveloppeForm, ProlongationForm
from instruction.presentation.campagnes import changements, fenetre
from instruction.requetes_campagnes import consommation, entrees_de_dates
from instruction.views.cadre import Demande
from instruction.views.campagnes.cadre import cadre, campagne_visible


@require_safe
def fiche(request: Demande, pk: int) -> HttpResponse:
    """Read by the agents of its ARS; its forms are for the administrators."""
    return page_de_la_campagne(request, campagne_visible(request, pk))


def page_de_la_campagne(
    request: Demande, campagne: Campagne, statut: int = 200, **formulaires: Any
) -> HttpResponse:
    """The page as it is now; a form that was refused comes back with its errors."""
    situation, dates = situation_de(campagne), dates_de(campagne)
    reportees = prolonger_jusqu_au_jour_ouvre(dates, situation.aujourd_hui, campagne.ars)
    documents = list(campagne.documents.select_related("publie_par", "retire_par"))
    contexte = cadre(
        campagne,
        campagne.titre,
        fenetre=fenetre(campagne, timezone.now()),
        situation=situation,
        administre=peut_ouvrir_campagne(request.user, campagne.ars),
        consommation=consommation(campagne),
        changements=changements(entrees_de_dates(campagne)),
        contacts=campagne.contacts.all(),
        documents=[document for document in documents if document.retire_le is None],
        documents_retires=[document for document in documents if document.retire_le is not None],
        reportees=reportees if peut_prolonger(dates, situation.aujourd_hui) else None,
        formulaires_refuses=list(formulaires.values()),
        **{**_vierges(campagne, dates.version), **formulaires},
    )
    return render(request, "campagnes/fiche.html", contexte, status=statut)


def _vierges(campagne: Campagne, version: str) -> dict[str, Any]:
    enveloppe = {"enveloppe": str(campagne.enveloppe) if campagne.enveloppe else ""}
    return {
        "prolongation": ProlongationForm(initial={"version": version}, auto_id="prolongation_%s"),
        "enveloppe": EnveloppeForm(initial=enveloppe),
        "contact": ContactForm(auto_id="contact_%s"),
        "document": DocumentForm(auto_id="document_%s"),
    }
