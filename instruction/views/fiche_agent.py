"""The agent's sheet of a dossier: where it is, what to do next, what was filed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from esms.journal.models import Entree
from grappes.requetes_campagnes import edition_de
from instruction.etats import GESTES
from instruction.models import Dossier
from instruction.regles.decision import objections_a_recevoir
from instruction.views.cadre import Demande

LIBELLES = {
    **{geste.nom: geste.libelle for geste in GESTES},
    "creer": "Créer le dossier",
    "donner_avis_controles": "Juger des contrôles d’éligibilité",
    "donner_avis_pieces": "Juger des pièces",
    "enregistrer_fiche": "Enregistrer la fiche de synthèse",
    "enregistrer_textes": "Enregistrer les textes du projet",
    "joindre_piece": "Joindre une pièce",
    "retirer_piece": "Retirer une pièce",
    "changer_de_simulation": "Changer de simulation",
}


def fiche_agent(request: Demande, dossier: Dossier, contexte: dict[str, Any]) -> HttpResponse:
    """Summary, next gestures and what stands in their way, decisions, last entries of the journal."""
    scelle = dossier.depot.contenu
    entrees = Entree.objects.filter(chaine=dossier.chaine).select_related("par").order_by("-rang")[:20]
    contexte |= {
        "scelle": scelle,
        "piliers": scelle["resultat"]["synthese"],
        "objections": _objections(dossier, scelle) if "recevoir" in contexte["gestes"] else (),
        "decisions": dossier.decisions.select_related("par", "plan"),
        "fichiers": dossier.pieces.filter(retiree_le__isnull=True),
        "textes": [
            (critere.libelle, scelle["textes"].get(critere.cle, ""))
            for critere in edition_de(dossier.campagne).grille.criteres
        ],
        "convention": getattr(dossier.grappe, "convention", None),
        "journal": [(LIBELLES.get(e.geste, e.geste), e) for e in entrees],
    }
    return render(request, "instruction/fiche_agent.html", contexte)


def _objections(dossier: Dossier, scelle: dict[str, Any]) -> tuple[str, ...]:
    return objections_a_recevoir(
        scelle["resultat"]["controles"],
        {(avis.regle, avis.portee): avis.confirme for avis in dossier.avis_controles.all()},
        scelle["pieces_demandees"],
        {avis.code: avis.acceptee for avis in dossier.avis_pieces.all()},
    )
