"""Pages that edit one part of the entry: form, live preview, POST that makes another simulation."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financement.actions.refus import CompositionDepassee, GesteRefuse
from financement.composition.entree import Entree, nette
from financement.etude import Etude
from financement.presentation.verdicts import mots_du_verdict
from financement.simulation import EntreeInvalide, lire
from financement.views.simulation.atelier import Atelier

CIBLE_DE_L_APERCU = "panneau"


@runtime_checkable
class Justifiee(Protocol):
    """A form whose answers may depart from FINESS."""

    def justifications(self) -> Mapping[str, str]:
        """FINESS number → why."""
        ...


def traiter(
    atelier: Atelier,
    form: forms.Form,
    modifiee: Callable[[], Entree],
    *,
    suite: str,
    contexte: Callable[[], dict[str, Any]],
    gabarit: str,
) -> HttpResponse:
    """Show the form, preview its effect (htmx, nothing written), or record the entry and go to `suite`.

    A composition that somebody else changed meanwhile is a 409 that shows both and keeps what was typed.
    """
    request = atelier.request
    entree = _entree_valide(form, modifiee) if request.method == "POST" and form.is_valid() else None
    apercu = request.method == "POST" and request.headers.get("HX-Target") == CIBLE_DE_L_APERCU
    if apercu and atelier.chiffre:
        return _apercu(request, atelier.etude, form, entree)
    if entree is not None:
        reponse = conclure(atelier, form, entree, suite)
        if reponse is not None:
            return reponse
    return render(request, gabarit, {**contexte(), "form": form}, status=statut(atelier))


def conclure(atelier: Atelier, form: forms.Form, entree: Entree, suite: str) -> HttpResponse | None:
    """Record and go to `suite`; None when it was refused, which the page then says.

    Refused: somebody else changed the composition (409), or the dossier cannot hold this one.
    """
    dites = form.justifications() if isinstance(form, Justifiee) else {}
    try:
        simulation = atelier.enregistrer(entree, sur=atelier.avant, justifications=dites)
    except CompositionDepassee:
        atelier.recharger()
        return None
    except GesteRefuse as refus:
        form.add_error(None, list(refus.phrases))
        return None
    return atelier.suite(simulation, suite)


def statut(atelier: Atelier) -> int:
    """409 when the composition changed under a form, 200 otherwise."""
    return 409 if atelier.conflit is not None else 200


def _entree_valide(form: forms.Form, modifiee: Callable[[], Entree]) -> Entree | None:
    """The entry that the contract accepts, or an empty project; its refusals become errors of the form."""
    entree = nette(modifiee())
    if not entree["essms"]:
        return entree
    try:
        lire(entree)
    except EntreeInvalide as refus:
        for messages in refus.erreurs.values():
            form.add_error(None, messages)
        return None
    return entree


def _apercu(request: HttpRequest, etude: Etude, form: forms.Form, entree: Entree | None) -> HttpResponse:
    apres = etude.avec(entree) if entree is not None else None
    fautes = [faute for liste in form.errors.values() for faute in liste]
    contexte = {
        "etude": apres or etude,
        "verdict": mots_du_verdict(apres or etude),
        "apercu": apres is not None,
        "erreur": fautes[0] if fautes else "",
        "avant": etude.resultat.financement.total,
    }
    return render(request, "financement/simulation/_panneau.html", contexte)
