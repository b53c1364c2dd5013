"""Reading requests for complements: the open one, what is answered, what came after the filing."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch

from instruction.models import (
    DemandeDeComplements,
    Dossier,
    ElementDemande,
    Issue,
    Objet,
    Piece,
    ReponseElement,
)


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


def proposition(dossier: Dossier, instant: datetime) -> str:
    """What C5 proposes to the instructor, who pronounces; empty when nothing is overdue."""
    derniere = dossier.depot.demandes.order_by("-rang").first()
    if derniere is None or derniere.issue in (Issue.REPONDUE, Issue.RETIREE):
        return ""
    if not derniere.issue and instant < derniere.echeance:
        return ""
    return (
        f"La demande de compléments n°\u00a0{derniere.rang} est restée sans réponse à son échéance\u00a0: le "
        "dossier incomplet est proposé «\u00a0irrecevable\u00a0» (règle C5). La décision vous revient."
    )


def elements_envoyes(dossier: Dossier) -> set[int]:
    """Elements whose answer was sent: the ARS reads nothing of an answer before."""
    return set(
        ElementDemande.objects.filter(
            demande__depot=dossier.depot, demande__issue=Issue.REPONDUE
        ).values_list("pk", flat=True)
    )


def pieces_au_depot(dossier: Dossier) -> list[Piece]:
    """Files of the current filing: what came after is not part of it."""
    return list(dossier.pieces.filter(retiree_le__isnull=True, deposee_le__lte=dossier.depose_le))
