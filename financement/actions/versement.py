"""Recording a payment: once, of the amount of the plan, on a signed convention."""

from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from financement.acces import peut_gerer
from financement.actions.convention import ou_en_est, verrouiller
from financement.actions.refus import EtatDepasse, GesteRefuse, instant, jour
from financement.models import Convention, EtatConvention, Versement

RANG_SIGNATURE = 1


@transaction.atomic
def enregistrer(
    *, convention: Convention, le: date, reference: str, par: Utilisateur, rang: int = RANG_SIGNATURE
) -> Versement:
    """Record payment `rang`, made on `le` under `reference` by the payer; its amount is the plan's (F8).

    Raises PermissionDenied; EtatDepasse when the convention is not signed or the payment is already
    recorded; GesteRefuse for the balance, which waits for the usage targets, and for an impossible date
    or an empty reference.
    """
    actuelle = verrouiller(convention)
    if not peut_gerer(par, actuelle):
        raise PermissionDenied("enregistrer")
    if rang != RANG_SIGNATURE:
        raise GesteRefuse(
            "Le solde ne peut pas encore être enregistré\u00a0: il suppose l’atteinte des cibles "
            "d’usage, preuves à l’appui, et "
            "l’état récapitulatif des dépenses, que le portail ne recueille pas à ce jour."
        )
    if actuelle.etat != EtatConvention.SIGNEE or actuelle.signee_le is None:
        raise EtatDepasse(ou_en_est(actuelle))
    _refuser_un_second(actuelle, rang)
    _verifier(actuelle, actuelle.signee_le, le, reference)
    versement = Versement.objects.create(
        convention=actuelle,
        rang=rang,
        montant=actuelle.plan.montant_du_versement(rang),
        verse_le=le,
        reference=reference.strip(),
        enregistre_le=timezone.now(),
        enregistre_par=par,
    )
    inscrire(
        chaine=actuelle.chaine,
        geste="enregistrer_versement",
        par=par,
        contenu={
            "numero": actuelle.numero,
            "rang": rang,
            "montant": str(versement.montant),
            "verse_le": le.isoformat(),
            "reference": versement.reference,
        },
    )
    return versement


def _refuser_un_second(convention: Convention, rang: int) -> None:
    deja = convention.versements.filter(rang=rang).select_related("enregistre_par").first()
    if deja is not None:
        raise EtatDepasse(
            f"Le versement {rang} de la convention {convention.numero} a déjà été enregistré le "
            f"{instant(deja.enregistre_le, convention.campagne.fuseau)} par {deja.enregistre_par.nom}."
        )


def _verifier(convention: Convention, signee_le: date, le: date, reference: str) -> None:
    phrases = []
    if le > timezone.localdate(timezone=ZoneInfo(convention.campagne.fuseau)):
        phrases.append("La date du versement est dans le futur.")
    if le < signee_le:
        phrases.append(
            f"La convention a été signée le {jour(signee_le)}\u00a0: rien n’a pu être versé avant."
        )
    if not reference.strip():
        phrases.append("La référence du paiement manque.")
    if phrases:
        raise GesteRefuse(*phrases)
