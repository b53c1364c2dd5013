"""Pages that edit one part of the entry: form, live preview, POST that makes another simulation."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financement.actions.simulation import enregistrer
from financement.composition.entree import Entree, nette
from financement.etude import Etude, etudier_entree
from financement.presentation.verdicts import mots_du_verdict
from financement.simulation import EntreeInvalide, lire

CIBLE_DE_L_APERCU = "panneau"


def traiter(
    request: HttpRequest,
    etude: Etude,
    form: forms.Form,
    modifiee: Callable[[], Entree],
    *,
    suite: str,
    contexte: dict[str, Any],
    gabarit: str,
) -> HttpResponse:
    """Show the form, preview its effect (htmx, nothing written), or record the entry and go to `suite`."""
    entree = _entree_valide(form, modifiee) if request.method == "POST" and form.is_valid() else None
    if request.method == "POST" and request.headers.get("HX-Target") == CIBLE_DE_L_APERCU:
        return _apercu(request, etude, entree)
    if entree is not None:
        simulation = enregistrer(entree=entree, par=None)
        return redirect(suite, cle=simulation.cle)
    return render(request, gabarit, {**contexte, "form": form})


def _entree_valide(form: forms.Form, modifiee: Callable[[], Entree]) -> Entree | None:
    """The entry that the contract accepts; what it refuses becomes errors of the form."""
    entree = nette(modifiee())
    try:
        lire(entree)
    except EntreeInvalide as refus:
        for messages in refus.erreurs.values():
            form.add_error(None, messages)
        return None
    return entree


def _apercu(request: HttpRequest, etude: Etude, entree: Entree | None) -> HttpResponse:
    apres = etudier_entree(entree, cle=etude.cle) if entree is not None else None
    contexte = {
        "etude": apres or etude,
        "verdict": mots_du_verdict(apres or etude),
        "apercu": apres is not None,
        "erreur": apres is None,
        "avant": etude.resultat.financement.total,
    }
    return render(request, "financement/simulation/_panneau.html", contexte)
