"""The versions of a section: who saved when, what changed between two of them, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from instruction import etats
from instruction.actions.garde import VersionDepassee, exiger
from instruction.actions.section import enregistrer_section
from instruction.forms.sections.versions import RepriseForm
from instruction.models import VersionDeSection
from instruction.presentation.differences import Changement, changements
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.sections import SectionDecrite, section_nommee

PAR_PAGE = 30


@require_safe
@geste_sur
def versions(request: Demande, pk: UUID, cle: str) -> HttpResponse:
    """The list, the latest first, and what changed from `avant` to `apres` (by default, the last two)."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    examen = Examen(dossier, timezone.now())
    decrite = section_nommee(cle, examen.edition)
    section = examen.section(cle)
    avant = _rang(request.GET.get("avant"), max(section.version - 1, 0))
    apres = _rang(request.GET.get("apres"), section.version)
    lignes = VersionDeSection.objects.filter(section=section.pk).defer("contenu").select_related("par")
    page = Paginator(lignes.order_by("-version"), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = cadre(
        request,
        dossier,
        f"{decrite.titre}\u00a0: versions",
        decrite=decrite,
        adresse=decrite.url(dossier),
        section=section,
        page=page,
        parametres=f"avant={avant}&apres={apres}",
        avant=avant,
        apres=apres,
        changements=_entre(examen, decrite, avant, apres),
    )
    return render(request, "instruction/versions_de_section.html", contexte)


@require_POST
@geste_sur
def reprendre(request: Demande, pk: UUID, cle: str, version: int) -> HttpResponse:
    """Save an old version again, as a new one: nothing is erased."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    decrite = section_nommee(cle, Examen(dossier, timezone.now()).edition)
    ancienne = get_object_or_404(
        VersionDeSection, section__dossier=dossier, section__cle=cle, version=version
    )
    formulaire = RepriseForm(request.POST)
    sur = formulaire.cleaned_data["version"] if formulaire.is_valid() else 0
    try:
        enregistrer_section(dossier=dossier, cle=cle, contenu=ancienne.contenu, version=sur, par=request.user)
    except VersionDepassee:
        messages.error(
            request, "La section a changé entre-temps\u00a0: rien n’est repris. Voici ses versions."
        )
        return redirect("dossiers:versions", pk, cle)
    messages.success(
        request, f"La version {version} est reprise\u00a0: c’est la nouvelle version de la section."
    )
    return redirect(decrite.url(dossier))


def _entre(examen: Examen, decrite: SectionDecrite, avant: int, apres: int) -> list[Changement]:
    """What changed between two versions; 0 is the empty section."""
    lues = VersionDeSection.objects.filter(section=examen.section(decrite.cle).pk, version__in=(avant, apres))
    contenus = {0: {}} | {version.version: version.contenu for version in lues}
    if avant not in contenus or apres not in contenus:
        raise Http404("version")
    return changements(
        decrite.lire(contenus[avant], examen.edition), decrite.lire(contenus[apres], examen.edition)
    )


def _rang(texte: str | None, defaut: int) -> int:
    """A version number as it came in the address; 404 for anything else."""
    if not texte:
        return defaut
    if not (texte.isascii() and texte.isdigit() and len(texte) < 7):
        raise Http404("version")
    return int(texte)
