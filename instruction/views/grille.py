"""The scoring grid of the edition, each criterion beside the porteur's text."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from esms.aap import Edition
from esms.aap.grille import Critere, Domaine, Grille
from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.examen import SaisieNote, noter
from instruction.actions.garde import GesteRefuse, VersionDepassee
from instruction.forms.examen import NoteForm
from instruction.models import Dossier, Note
from instruction.regles.notation import total
from instruction.views.cadre import Demande, cadre, dossier_visible, exiger_lecture, exiger_role, geste_sur

TITRE = "Grille de notation"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def grille(request: Demande, pk: UUID) -> HttpResponse:
    """Read or save scores; saved incomplete as well. The selection reads them too."""
    dossier = dossier_visible(request, pk)
    if request.method == "POST":
        exiger_role(request, dossier, etats.NOTER, etats.RETENIR)
    else:
        exiger_lecture(request, dossier)
    notes = {note.critere: note for note in dossier.notes.select_related("par")}
    formulaires = _formulaires(edition_de(dossier.campagne), notes, request)
    if request.method != "POST":
        return _page(request, dossier, formulaires, notes)
    if not all(formulaire.is_valid() for formulaire in formulaires):
        return _page(request, dossier, formulaires, notes, HTTPStatus.BAD_REQUEST)
    try:
        noter(dossier=dossier, saisies=[_saisie(f) for f in formulaires], par=request.user)
    except VersionDepassee:
        return _page(request, dossier, _actualises(formulaires, notes), notes, HTTPStatus.CONFLICT)
    except GesteRefuse as refus:
        return _page(request, dossier, formulaires, notes, HTTPStatus.BAD_REQUEST, refus.phrases)
    messages.success(request, "Vos notes sont enregistrées.")
    return redirect("dossiers:grille", pk)


def _formulaires(edition: Edition, notes: dict[str, Note], request: Demande) -> list[NoteForm]:
    donnees = request.POST if request.method == "POST" else None
    formulaires = []
    for critere in edition.grille.criteres:
        note = notes.get(critere.cle)
        initial = {
            "points": note.points.normalize() if note and note.points is not None else None,
            "niveau": note.niveau if note else "",
            "justification": note.justification if note else "",
            "version": note.version if note else 0,
        }
        formulaires.append(NoteForm(donnees, critere=critere, grille=edition.grille, initial=initial))
    return formulaires


def _saisie(formulaire: NoteForm) -> SaisieNote:
    return SaisieNote(
        formulaire.critere.cle,
        formulaire.points_saisis,
        formulaire.cleaned_data.get("niveau", ""),
        formulaire.cleaned_data["justification"],
        formulaire.cleaned_data["version"],
    )


def _actualises(formulaires: list[NoteForm], notes: dict[str, Note]) -> list[NoteForm]:
    """The forms as typed, now over the recorded versions: sending again replaces them knowingly."""
    for formulaire in formulaires:
        note = notes.get(formulaire.critere.cle)
        formulaire.data = {
            **dict(formulaire.data.items()),
            formulaire.add_prefix("version"): str(note.version if note else 0),
        }
    return formulaires


def _page(
    request: Demande,
    dossier: Dossier,
    formulaires: list[NoteForm],
    notes: dict[str, Note],
    statut: int = 200,
    phrases: tuple[str, ...] = (),
) -> HttpResponse:
    grille, scelle = edition_de(dossier.campagne).grille, dossier.depot.contenu
    contexte = cadre(
        request,
        dossier,
        TITRE,
        "grille",
        grille=grille,
        domaines=_domaines(grille, scelle["candidature"]["projet"], formulaires, notes),
        scelle=scelle,
        formulaires=formulaires,
        fichiers=dossier.pieces.filter(retiree_le__isnull=True),
        total=total(note.points for note in notes.values()),
        notes=sum(note.points is not None or bool(note.niveau) for note in notes.values()),
        phrases=phrases,
        conflit=statut == HTTPStatus.CONFLICT,
    )
    return render(request, "instruction/grille.html", contexte, status=statut)


def _domaines(
    grille: Grille, textes: Mapping[str, str], formulaires: list[NoteForm], notes: dict[str, Note]
) -> list[tuple[Domaine, list[tuple[Critere, str, NoteForm, Note | None, str]]]]:
    """Each part of the grid; per criterion the porteur's text, the form, the score, its level in words."""
    niveaux = {appreciation.cle: appreciation.libelle for appreciation in grille.appreciations}
    lignes = {}
    for formulaire in formulaires:
        critere, note = formulaire.critere, notes.get(formulaire.critere.cle)
        niveau = niveaux.get(note.niveau, "") if note else ""
        lignes[critere.cle] = (critere, textes.get(critere.cle, ""), formulaire, note, niveau)
    return [(domaine, [lignes[c.cle] for c in domaine.criteres]) for domaine in grille.domaines]
