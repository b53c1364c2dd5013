"""Recording a payment: each once, of the amount of the plan, on a signed convention."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.socle.dates import instant, jour
from financement.acces import peut_payer
from financement.actions.convention import ou_en_est, verrouiller
from financement.actions.refus import EtatDepasse, GesteRefuse
from financement.models import Convention, EtatConvention, Versement

RANG_SIGNATURE, RANG_SOLDE = 1, 2


@transaction.atomic
def enregistrer(*, convention: Convention, le: date, reference: str, par: Utilisateur) -> Versement:
    """Record the payment due at the signature, made on `le` under `reference`; its amount is the plan's (F8).

    Raises PermissionDenied; EtatDepasse when the convention is not signed or the payment is already
    recorded; GesteRefuse for an impossible date or an empty reference.
    """
    actuelle, signee_le = _signee(convention, par)
    _refuser_un_second(actuelle, RANG_SIGNATURE)
    _verifier(actuelle, le, reference, signee_le, f"La convention a été signée le {jour(signee_le)}")
    return _ecrire(actuelle, RANG_SIGNATURE, le, reference, par)


@transaction.atomic
def enregistrer_solde(
    *, convention: Convention, le: date, reference: str, demande_le: date, par: Utilisateur
) -> Versement:
    """Record the balance, asked for on `demande_le`: what the plan leaves after the first payment (F8).

    The room above has checked the usage targets and the statement of expenses. Raises PermissionDenied;
    EtatDepasse when the convention is not signed or the balance is already recorded; GesteRefuse before the
    first payment, for an impossible date or an empty reference, and beyond the grant.
    """
    actuelle, _ = _signee(convention, par)
    _refuser_un_second(actuelle, RANG_SOLDE)
    _verifier(actuelle, le, reference, demande_le, f"Le solde a été demandé le {jour(demande_le)}")
    verse = sum((v.montant for v in actuelle.versements.all()), Decimal(0))
    if not verse:
        raise GesteRefuse("Le premier versement n’est pas enregistré\u00a0: le solde vient après lui.")
    if verse + actuelle.plan.montant_du_versement(RANG_SOLDE) > actuelle.plan.total:
        raise GesteRefuse("Les versements dépasseraient la subvention de la convention (règle F8).")
    return _ecrire(actuelle, RANG_SOLDE, le, reference, par)


def _signee(convention: Convention, par: Utilisateur) -> tuple[Convention, date]:
    actuelle = verrouiller(convention)
    if not peut_payer(par, actuelle):
        raise PermissionDenied("enregistrer")
    if actuelle.etat != EtatConvention.SIGNEE or actuelle.signee_le is None:
        raise EtatDepasse(ou_en_est(actuelle))
    return actuelle, actuelle.signee_le


def _ecrire(actuelle: Convention, rang: int, le: date, reference: str, par: Utilisateur) -> Versement:
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


def _verifier(convention: Convention, le: date, reference: str, depuis: date, raison: str) -> None:
    phrases = []
    if le > timezone.localdate(timezone=ZoneInfo(convention.campagne.fuseau)):
        phrases.append("La date du versement est dans le futur.")
    if le < depuis:
        phrases.append(f"{raison}\u00a0: rien n’a pu être versé avant.")
    if not reference.strip():
        phrases.append("La référence du paiement manque.")
    if phrases:
        raise GesteRefuse(*phrases)
