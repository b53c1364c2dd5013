"""Reading requests for complements: the open one, what is answered, what came after the filing."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch

from instruction.models import DemandeDeComplements, Dossier, ElementDemande, Objet, Piece, ReponseElement


def demande_ouverte(dossier: Dossier) -> DemandeDeComplements:
    """The request that waits for an answer; raises DemandeDeComplements.DoesNotExist when there is none."""
    return dossier.depot.demandes.get(issue="")


def demandes_completes(dossier: Dossier) -> Sequence[DemandeDeComplements]:
    """Every request on the current filing, latest first, with elements, answers, files: three queries."""
    elements = ElementDemande.objects.select_related("reponse__par").prefetch_related(
        Prefetch(
            "pieces",
            queryset=Piece.objects.filter(retiree_le__isnull=True).select_related("deposee_par"),
            to_attr="jointes",
        )
    )
    demandes = dossier.depot.demandes.select_related("par", "finie_par", "complement__par")
    return list(demandes.order_by("-rang").prefetch_related(Prefetch("elements", queryset=elements)))


def reponse_de(element: ElementDemande) -> ReponseElement | None:
    """What was written for it, if anything was."""
    return getattr(element, "reponse", None)


def est_repondu(element: ElementDemande) -> bool:
    """A piece asked for has a file; the rest has a text."""
    if element.objet == Objet.PIECE:
        return element.pieces.filter(retiree_le__isnull=True).exists()
    reponse = reponse_de(element)
    return reponse is not None and bool(reponse.texte.strip())


def pieces_au_depot(dossier: Dossier, avant: datetime) -> list[Piece]:
    """Files of the filing made at `avant`: what came after is not part of it."""
    return list(dossier.pieces.filter(retiree_le__isnull=True, deposee_le__lte=avant))
