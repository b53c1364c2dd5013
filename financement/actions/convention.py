"""The convention: prepared from a frozen plan, issued as a PDF, marked signed. Each once."""

import hashlib
import uuid
from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.socle.citations import source
from esms.socle.dates import instant, jour
from esms.socle.rangement import effacer
from financement.acces import peut_gerer, peut_preparer, peut_signer
from financement.actions.engagement import engager
from financement.actions.plan import projet_fige
from financement.actions.refus import EtatDepasse, GesteRefuse
from financement.documents.convention import rendre_convention
from financement.models import Convention, EtatConvention, Plan
from grappes.models import Campagne, EntiteJuridique, Grappe
from grappes.regles import Verdict, controler_la_convention
from grappes.requetes_campagnes import edition_de


@transaction.atomic
def preparer(
    *,
    grappe: Grappe,
    plan: Plan,
    dossier_numero: str,
    decision_le: date,
    signataire: str,
    par: Utilisateur,
    signataire_qualite: str = "",
) -> Convention:
    """Number the convention of a retained grappe, freeze what it quotes, engage its ESSMS.

    Raises PermissionDenied; EtatDepasse when the grappe has its convention; GesteRefuse when the plan is
    not its own, names no software or fails a check of the convention (E15); EssmsDejaFinances when an ESSMS
    is engaged elsewhere (E8, E9).
    """
    # The campagne's row gives the numbers out one at a time: no hole, no double.
    campagne = Campagne.objects.select_for_update().get(pk=grappe.campagne_id)
    if not peut_preparer(par, campagne):
        raise PermissionDenied("preparer")
    _refuser_une_seconde(grappe, campagne)
    _verifier_plan(grappe, plan)
    _verifier_les_controles_exiges(plan, campagne)
    if not signataire.strip():
        raise GesteRefuse("Le signataire de la convention n’est pas connu.")
    derniere = Convention.objects.filter(campagne=campagne).order_by("-rang").first()
    rang = derniere.rang + 1 if derniere else 1
    porteur = EntiteJuridique.objects.filter(pk=grappe.porteur_ej).first()
    convention = Convention.objects.create(
        campagne=campagne,
        rang=rang,
        numero=f"CONV-{campagne.sigle}-{rang:04d}",
        grappe=grappe,
        plan=plan,
        dossier_numero=dossier_numero,
        decision_le=decision_le,
        ars_nom=plan.conditions["ars"],
        porteur_ej=grappe.porteur_ej,
        porteur_nom=str(porteur or grappe.porteur_ej),
        porteur_commune=porteur.commune if porteur else "",
        porteur_siren=porteur.siren if porteur else "",
        signataire=signataire.strip(),
        signataire_qualite=signataire_qualite.strip(),
        preparee_le=timezone.now(),
        preparee_par=par,
    )
    engager(convention=convention, par=par)
    _consigner(
        convention, "preparer", par, plan=plan.empreinte, dossier=dossier_numero, total=str(plan.total)
    )
    return convention


@transaction.atomic
def emettre(*, convention: Convention, par: Utilisateur) -> Convention:
    """Make and store the PDF that will be signed.

    Once issued, doing it again changes nothing and returns it as it is. Raises PermissionDenied, and
    GesteRefuse when the plan no longer matches its seal.
    """
    actuelle = verrouiller(convention)
    if not peut_gerer(par, actuelle):
        raise PermissionDenied("emettre")
    if actuelle.etat != EtatConvention.PREPAREE:
        return actuelle
    if actuelle.plan.sceller() != actuelle.plan.empreinte:
        raise GesteRefuse("Le plan de financement ne correspond plus à son empreinte\u00a0: rien n’est émis.")
    le = timezone.now()
    octets = rendre_convention(actuelle, le=le)
    empreinte = hashlib.sha256(octets).hexdigest()
    nom = default_storage.save(f"conventions/{uuid.uuid4()}.pdf", ContentFile(octets))
    try:
        actuelle.emettre(le=le, par=par, document=nom, empreinte=empreinte, taille=len(octets))
        actuelle.save()
        _consigner(actuelle, "emettre", par, document=empreinte, taille=len(octets))
    except BaseException:
        effacer(nom)
        raise
    return actuelle


@transaction.atomic
def marquer_signee(*, convention: Convention, le: date, par: Utilisateur) -> Convention:
    """Record that both parties signed on `le`.

    Raises PermissionDenied; EtatDepasse when it is not issued yet or already signed; GesteRefuse for a
    date before the issue or in the future.
    """
    actuelle = verrouiller(convention)
    if not peut_signer(par, actuelle):
        raise PermissionDenied("marquer_signee")
    if actuelle.etat != EtatConvention.EMISE:
        raise EtatDepasse(ou_en_est(actuelle))
    fuseau = ZoneInfo(actuelle.campagne.fuseau)
    if le > timezone.localdate(timezone=fuseau):
        raise GesteRefuse("La date de signature est dans le futur.")
    if actuelle.emise_le and le < timezone.localdate(actuelle.emise_le, fuseau):
        raise GesteRefuse(
            f"La convention a été émise le {jour(timezone.localdate(actuelle.emise_le, fuseau))}\u00a0: "
            "elle n’a pas pu être signée avant."
        )
    actuelle.signer(le=le, par=par)
    actuelle.save()
    _consigner(actuelle, "marquer_signee", par, signee_le=le.isoformat())
    return actuelle


@transaction.atomic
def annuler(*, convention: Convention, par: Utilisateur) -> Convention:
    """Cancel a convention before its signature, and free its ESSMS for another one (E8, E9).

    Called by the room above, which knows that the porteur gave up and checks that `par` may say so.
    Cancelling again changes nothing. Raises EtatDepasse once it is signed.
    """
    actuelle = verrouiller(convention)
    if actuelle.etat == EtatConvention.ANNULEE:
        return actuelle
    if actuelle.etat == EtatConvention.SIGNEE:
        raise EtatDepasse(ou_en_est(actuelle))
    actuelle.annuler(le=timezone.now(), par=par)
    actuelle.save()
    liberes = actuelle.engagements.filter(actif=True).update(actif=False)
    _consigner(actuelle, "annuler", par, essms_liberes=liberes)
    return actuelle


def verrouiller(convention: Convention) -> Convention:
    """The convention as it is now, locked until the end of the transaction."""
    liens = ("campagne", "plan", "grappe", "preparee_par", "emise_par", "signee_par", "annulee_par")
    return Convention.objects.select_for_update(of=("self",)).select_related(*liens).get(pk=convention.pk)


def ou_en_est(convention: Convention) -> str:
    """One sentence: the state of the convention, who brought it there and when."""
    fuseau = convention.campagne.fuseau
    if convention.annulee_le and convention.annulee_par:
        return (
            f"La convention {convention.numero} a été annulée le {instant(convention.annulee_le, fuseau)} "
            f"par {convention.annulee_par.nom}."
        )
    if convention.signee_le and convention.signee_par:
        return (
            f"La convention {convention.numero} est déjà marquée signée le {jour(convention.signee_le)}, "
            f"par {convention.signee_par.nom}."
        )
    if convention.emise_le and convention.emise_par:
        quand = instant(convention.emise_le, fuseau)
        return (
            f"La convention {convention.numero} a été émise le {quand} par {convention.emise_par.nom}, "
            "et n’est pas signée."
        )
    quand = instant(convention.preparee_le, fuseau)
    return (
        f"La convention {convention.numero} a été préparée le {quand} par {convention.preparee_par.nom}, "
        "et n’est pas émise."
    )


def _refuser_une_seconde(grappe: Grappe, campagne: Campagne) -> None:
    deja = Convention.objects.filter(grappe=grappe).select_related("preparee_par").first()
    if deja is not None:
        raise EtatDepasse(
            f"La convention {deja.numero} a déjà été préparée pour cette grappe le "
            f"{instant(deja.preparee_le, campagne.fuseau)} par {deja.preparee_par.nom}."
        )


def _verifier_plan(grappe: Grappe, plan: Plan) -> None:
    if plan.grappe_id != grappe.pk:
        raise GesteRefuse("Ce plan de financement est celui d’une autre grappe.")
    if plan.sceller() != plan.empreinte:
        raise GesteRefuse("Le plan de financement ne correspond plus à son empreinte.")


def _verifier_les_controles_exiges(plan: Plan, campagne: Campagne) -> None:
    """On what was frozen, not on what the register or the grappe say today."""
    controles = controler_la_convention(projet_fige(plan), edition_de(campagne))
    refus = [
        f"{controle.explication} {source(controle.article, controle.regle)}"
        for controle in controles
        if controle.verdict == Verdict.BLOQUANT
    ]
    if refus:
        raise GesteRefuse(*refus)


def _consigner(convention: Convention, geste: str, par: Utilisateur, **contenu: object) -> None:
    inscrire(
        chaine=convention.chaine,
        geste=geste,
        par=par,
        contenu={"numero": convention.numero, "etat": convention.etat, **contenu},
    )
