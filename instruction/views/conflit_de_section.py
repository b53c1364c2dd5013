"""Two people on the same section: both versions field by field, what was typed kept, a choice for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from instruction.actions.garde import VersionDepassee
from instruction.actions.section import base_de, change_depuis
from instruction.forms.sections.base import FormulaireDeSection
from instruction.presentation.differences import Changement, changements
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre
from instruction.views.sections import SectionDecrite

CHOIX = "choix:"
MIENNE, SIENNE = "mienne", "enregistree"
_NON_PORTES = frozenset({"csrfmiddlewaretoken", "version", "suivante", "tout"})


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field that differs: its answers, and which side is proposed (the one that changed it)."""

    champ: str
    reponses: tuple[Changement, ...]
    propose: str
    les_deux: bool

    @property
    def nom(self) -> str:
        """Name of the choice in the form."""
        return f"{CHOIX}{self.champ}"


def arbitrer(request: Demande, formulaire: FormulaireDeSection) -> dict[str, Any]:
    """What was typed, with the recorded value of each field for which the conflict page chose it."""
    contenu, enregistre = formulaire.contenu(), formulaire.section.contenu
    if "tout" in request.POST:
        return contenu
    choisis = [c for c in {**contenu, **enregistre} if request.POST.get(f"{CHOIX}{c}") == SIENNE]
    return {**contenu, **{champ: enregistre.get(champ) for champ in choisis}}


def page_de_conflit(
    request: Demande, decrite: SectionDecrite, formulaire: FormulaireDeSection
) -> HttpResponse:
    """409: nothing is overwritten; the form is carried as it was typed, over the version that is shown."""
    examen = Examen(formulaire.examen.dossier, timezone.now())
    actuelle = examen.section(decrite.cle)
    saisi = formulaire.contenu()
    try:
        base = base_de(actuelle, formulaire.cleaned_data["version"])
    except VersionDepassee:  # a version that never was: every field is to be chosen
        base = {}
    differences = changements(
        decrite.lire(actuelle.contenu, examen.edition), decrite.lire(saisi, examen.edition)
    )
    contexte = cadre(
        request,
        examen.dossier,
        decrite.titre,
        decrite=decrite,
        section=actuelle,
        disputes=_disputes(differences, base, actuelle.contenu, saisi),
        saisie=[(n, v) for n, vs in request.POST.lists() for v in vs if _porte(str(n))],
    )
    return render(request, "instruction/conflit_de_section.html", contexte, status=HTTPStatus.CONFLICT)


def _disputes(
    differences: list[Changement],
    base: Mapping[str, Any],
    enregistre: Mapping[str, Any],
    saisi: Mapping[str, Any],
) -> list[Dispute]:
    par_champ: dict[str, list[Changement]] = {}
    for difference in differences:
        par_champ.setdefault(difference.racine, []).append(difference)
    return [
        Dispute(
            champ,
            tuple(reponses),
            MIENNE if (mien := change_depuis(base, saisi, champ)) else SIENNE,
            mien and change_depuis(base, enregistre, champ),
        )
        for champ, reponses in par_champ.items()
    ]


def _porte(nom: str) -> bool:
    """Fields of the section itself: not the token, nor the version, nor an earlier choice."""
    return nom not in _NON_PORTES and not nom.startswith(CHOIX)
