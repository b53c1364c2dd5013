"""The catalogue of solutions, for the administrators: list, one solution, import."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from esms.socle import tableurs
from grappes.acces import peut_tenir_le_catalogue
from grappes.actions.solution import RapportDeSolutions, enregistrer_solution, importer_solutions
from grappes.catalogue_solutions import COLONNES, lire_catalogue
from grappes.forms.solution import ImportForm, SolutionForm
from grappes.models import Solution

PAR_PAGE = 50


@require_safe
def solutions(request: HttpRequest) -> HttpResponse:
    """Fifty solutions per page, with their listing."""
    _exiger(request)
    toutes = Solution.objects.prefetch_related("referencements").select_related("modifiee_par")
    page = Paginator(toutes, PAR_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "grappes/solutions.html", {"titre": "Catalogue des solutions DUI", "solutions": page}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest) -> HttpResponse:
    """A new solution."""
    _exiger(request)
    return _editer(request, None, "Ajouter une solution")


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """One solution of the catalogue."""
    _exiger(request)
    solution = get_object_or_404(Solution, pk=pk)
    return _editer(request, solution, str(solution))


@require_http_methods(["GET", "HEAD", "POST"])
def importer(request: HttpRequest) -> HttpResponse:
    """A file: tried first, refused whole when a cell is wrong."""
    _exiger(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    contexte: dict[str, Any] = {
        "titre": "Importer des solutions",
        "form": form,
        "colonnes": COLONNES,
        "fil": [("Catalogue des solutions DUI", reverse("catalogue:solutions"))],
        "rapport": None,
        "fautes": (),
    }
    if request.method == "POST" and form.is_valid():
        contexte["rapport"], contexte["fautes"] = _importer(request, form)
        if contexte["rapport"] and not form.cleaned_data["essai"]:
            messages.success(request, "Le catalogue est à jour.")
            return redirect("catalogue:solutions")
    return render(request, "grappes/solutions_import.html", contexte, status=400 if form.errors else 200)


def _importer(request: Any, form: ImportForm) -> tuple[RapportDeSolutions | None, tuple[str, ...]]:
    """What the import did or would do, or the faults of the file; a refusal is an error of the form."""
    fichier = form.cleaned_data["fichier"]
    try:
        if fichier.size > tableurs.TAILLE_MAX:
            raise tableurs.TableurRefuse("Ce fichier dépasse 20\u00a0Mo.")
        lecture = lire_catalogue(tableurs.lire(fichier.name, fichier.read()))
        if lecture.fautes:
            return None, lecture.fautes
        essai = form.cleaned_data["essai"]
        return importer_solutions(lues=lecture.solutions, par=request.user, a_blanc=essai), ()
    except tableurs.TableurRefuse as refus:
        form.add_error("fichier", str(refus))
    except ValidationError as refus:
        form.add_error("fichier", list(refus.messages))
    return None, ()


def _editer(request: Any, solution: Solution | None, titre: str) -> HttpResponse:
    form = SolutionForm(request.POST or None, solution=solution)
    if request.method == "POST" and form.is_valid():
        try:
            enregistrer_solution(
                lue=form.lue(), solution=solution, retiree=form.cleaned_data["retiree"], par=request.user
            )
        except ValidationError as refus:
            form.add_error(None, list(refus.messages))
        else:
            messages.success(request, "La solution est enregistrée.")
            return redirect("catalogue:solutions")
    contexte = {
        "titre": titre,
        "form": form,
        "fil": [("Catalogue des solutions DUI", reverse("catalogue:solutions"))],
    }
    return render(request, "grappes/solution.html", contexte, status=400 if form.errors else 200)


def _exiger(request: HttpRequest) -> None:
    if not peut_tenir_le_catalogue(request.user):
        raise PermissionDenied("catalogue")
