"""Selection: the valideur retains with the amount of the engine, or sets aside with a motive."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from esms.aap.grille import Critere, Grille
from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.decision import inscrire_liste_complementaire, ne_pas_retenir, retenir
from instruction.actions.garde import GesteRefuse, exiger
from instruction.forms.examen import MotifForm
from instruction.forms.suite import ListeComplementaireForm
from instruction.models import Decision, Dossier, Nature, Note
from instruction.regles.decision import RECOURS
from instruction.regles.notation import total
from instruction.views.cadre import Demande, cadre, dossier_visible, exiger_lecture, geste_sur


@require_safe
def selection(request: Demande, pk: UUID) -> HttpResponse:
    """Scores, amount line by line, and the two outcomes."""
    dossier = dossier_visible(request, pk)
    exiger_lecture(request, dossier)
    return _page(request, dossier, MotifForm(prefix="retenir"), MotifForm(prefix="refus"))


@require_POST
@geste_sur
def retenir_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Retain; the motive holds recommendations, if any."""
    dossier = dossier_visible(request, pk)
    formulaire = MotifForm(request.POST, prefix="retenir")
    if not formulaire.is_valid():
        return _page(request, dossier, formulaire, MotifForm(prefix="refus"), 400)
    retenir(dossier=dossier, motif=formulaire.cleaned_data["motif"], par=request.user)
    messages.success(request, "Le projet est retenu\u00a0: son plan de financement est figé.")
    return redirect("dossiers:dossier", pk)


@require_POST
@geste_sur
def refuser_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Set aside, with the motive that the porteur will read."""
    dossier = dossier_visible(request, pk)
    formulaire = MotifForm(request.POST, prefix="refus")
    if formulaire.is_valid():
        try:
            ne_pas_retenir(dossier=dossier, motif=formulaire.cleaned_data["motif"], par=request.user)
        except GesteRefuse as refus:
            formulaire.add_error("motif", list(refus.phrases))
        else:
            messages.success(
                request, "Le projet n’est pas retenu\u00a0: la décision motivée est enregistrée."
            )
            return redirect("dossiers:dossier", pk)
    return _page(request, dossier, MotifForm(prefix="retenir"), formulaire, 400)


@require_POST
@geste_sur
def inscrire_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Put on the complementary list, at a rank that nobody holds."""
    dossier = dossier_visible(request, pk)
    formulaire = ListeComplementaireForm(request.POST, prefix="liste")
    if formulaire.is_valid():
        try:
            inscrire_liste_complementaire(dossier=dossier, par=request.user, **formulaire.cleaned_data)
        except GesteRefuse as refus:
            formulaire.add_error("rang", list(refus.phrases))
        else:
            messages.success(request, "Le projet est inscrit sur la liste complémentaire.")
            return redirect("dossiers:dossier", pk)
    exiger(etats.INSCRIRE_LISTE_COMPLEMENTAIRE, dossier, request.user)
    return _page(request, dossier, MotifForm(prefix="retenir"), MotifForm(prefix="refus"), 400, formulaire)


def _page(
    request: Demande,
    dossier: Dossier,
    pour: MotifForm,
    contre: MotifForm,
    statut: int = 200,
    liste: ListeComplementaireForm | None = None,
) -> HttpResponse:
    grille = edition_de(dossier.campagne).grille
    notes = {note.critere: note for note in dossier.notes.select_related("par")}
    contexte = cadre(
        request,
        dossier,
        "Sélection",
        "selection",
        grille=grille,
        lignes=_lignes(grille, notes),
        notee=bool(notes),
        total=total(note.points for note in notes.values()),
        decision=_decision(dossier),
        resultat=dossier.depot.contenu["resultat"],
        pour=pour,
        contre=contre,
        liste=liste or ListeComplementaireForm(prefix="liste"),
        rangs=_liste_complementaire(dossier),
        recours=RECOURS,
    )
    return render(request, "instruction/selection.html", contexte, status=statut)


def _lignes(grille: Grille, notes: Mapping[str, Note]) -> list[tuple[Critere, Note | None, str]]:
    """Each criterion, its score and its level in words."""
    niveaux = {appreciation.cle: appreciation.libelle for appreciation in grille.appreciations}
    par_critere = [(critere, notes.get(critere.cle)) for critere in grille.criteres]
    return [(critere, note, niveaux.get(note.niveau, "") if note else "") for critere, note in par_critere]


def _decision(dossier: Dossier) -> Decision | None:
    """The last one of the selection."""
    decisions = dossier.decisions.exclude(nature=Nature.RECEVABILITE)
    return decisions.select_related("par", "plan").order_by("-le", "-pk").first()


def _liste_complementaire(dossier: Dossier) -> QuerySet[Dossier]:
    """Those of the same campagne that have a rank, in their order."""
    rangs = Dossier.objects.filter(campagne=dossier.campagne, rang_complementaire__isnull=False)
    return rangs.order_by("rang_complementaire").only("numero", "nom_porteur", "etat", "rang_complementaire")
