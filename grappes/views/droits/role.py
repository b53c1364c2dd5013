"""One right that somebody holds: who gave it, its last day, its end; another role for the same person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from esms.comptes.models import Rattachement
from esms.habilitations.acces import Lieu, dirige
from esms.habilitations.actions.rattachement import confier, fixer_fin, peut_retirer, retirer
from esms.habilitations.requetes import droits_visibles_par
from grappes.forms.droits import FinForm, RoleForm
from grappes.views.droits.cadre import (
    Demande,
    fil,
    geste_sur_les_droits,
    nom_du_lieu,
    page_de_l_equipe,
)


@require_safe
def role(request: Demande, pk: int) -> HttpResponse:
    """The right, and what can be done about it."""
    return _montrer(request, _tenu(request, pk))


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def retirer_role(request: Demande, pk: int) -> HttpResponse:
    """Now: gone at the next request of that person."""
    rattachement = retirer(rattachement=_tenu(request, pk), par=request.user)
    messages.success(request, f"Rôle retiré à {rattachement.utilisateur.nom}, avec effet immédiat.")
    return _suite(request, rattachement)


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def fixer_la_fin(request: Demande, pk: int) -> HttpResponse:
    """A last day, or none."""
    rattachement = _tenu(request, pk)
    formulaire = FinForm(request.POST)
    if not formulaire.is_valid():
        return _montrer(request, rattachement, fin=formulaire)
    fixer_fin(rattachement=rattachement, fin=formulaire.cleaned_data["fin"], par=request.user)
    messages.success(request, "Dernier jour enregistré.")
    return redirect("droits:role", pk)


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def confier_role(request: Demande, pk: int) -> HttpResponse:
    """Another role at the same place, for the same person."""
    rattachement = _tenu(request, pk)
    ici = Lieu.de(rattachement)
    formulaire = RoleForm(request.POST, lieu=ici)
    if not formulaire.is_valid():
        return _montrer(request, rattachement, confie=formulaire)
    confier(
        **formulaire.cleaned_data,
        utilisateur=rattachement.utilisateur,
        organisme=ici.organisme,
        ars=ici.ars,
        par=request.user,
    )
    messages.success(request, f"Rôle confié à {rattachement.utilisateur.nom}.")
    return redirect("droits:equipe", ici.cle)


def _tenu(request: Demande, pk: int) -> Rattachement:
    """The right: 404 out of the teams one reads, 403 for who only works there."""
    rattachement = get_object_or_404(droits_visibles_par(request.user), pk=pk)
    if not peut_retirer(request.user, rattachement):
        raise PermissionDenied("droits")
    return rattachement


def _suite(request: Demande, rattachement: Rattachement) -> HttpResponse:
    """Back to the team, unless one has just left it."""
    if rattachement.utilisateur_id == request.user.pk:
        return redirect("droits:mes_droits")
    return redirect("droits:equipe", Lieu.de(rattachement).cle)


def _montrer(
    request: Demande, rattachement: Rattachement, fin: FinForm | None = None, confie: RoleForm | None = None
) -> HttpResponse:
    ici = Lieu.de(rattachement)
    nom = nom_du_lieu(ici)
    personne = rattachement.utilisateur
    contexte = {
        "titre": f"{rattachement.get_role_display()}\u00a0: {personne.nom}",
        "fil": fil(page_de_l_equipe(ici, nom)),
        "rattachement": rattachement,
        "nom": nom,
        "form_fin": fin or FinForm(initial={"fin": rattachement.fin}),
        "form_role": confie or RoleForm(lieu=ici, auto_id="confier_%s"),
        "confiable": dirige(request.user, ici) and personne.pk != request.user.pk and not rattachement.portee,
    }
    return render(request, "droits/role.html", contexte, status=400 if fin or confie else 200)
