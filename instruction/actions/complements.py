"""Asking the porteur for what is missing (C5), and ending the request. The filing itself never changes."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.avertir import avertir_porteur
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.models import DemandeDeComplements, Dossier, ElementDemande, Issue
from instruction.presentation.echeances import limite
from instruction.regles.complements import Demande, echeance, objections_a_la_demande
from instruction.requetes_complements import demande_ouverte


@transaction.atomic
def demander_complements(
    *,
    dossier: Dossier,
    demandes: Sequence[Demande],
    dernier_jour: date | None,
    message: str,
    par: Utilisateur,
) -> DemandeDeComplements:
    """Ask for `demandes`, to be answered by the end of `dernier_jour` at the legal time of the ARS.

    Raises GesteRefuse with every wrong thing in a sentence: nothing asked for, an element without its
    reason or unknown to the edition, a deadline past or after the end of the admissibility (C4).
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.DEMANDER_COMPLEMENTS, actuel, par):
        return demande_ouverte(actuel)
    exiger(etats.DEMANDER_COMPLEMENTS, actuel, par)
    instant, edition, scelle = timezone.now(), edition_de(actuel.campagne), actuel.depot.contenu
    objections = objections_a_la_demande(
        demandes,
        dernier_jour,
        instant,
        edition,
        [piece["code"] for piece in scelle["pieces_demandees"]],
        [section.cle for section in edition.candidature.sections],
    )
    if objections or dernier_jour is None:
        raise GesteRefuse(*objections)
    demande = DemandeDeComplements.objects.create(
        depot=actuel.depot,
        rang=actuel.depot.demandes.count() + 1,
        message=message.strip(),
        echeance=echeance(dernier_jour, edition.zone),
        le=instant,
        par=par,
    )
    _inscrire_les_elements(demande, demandes)
    actuel.complements_avant = demande.echeance
    actuel.demander_complements()
    actuel.save()
    consigner(
        actuel,
        etats.DEMANDER_COMPLEMENTS.nom,
        par,
        demande=demande.rang,
        dernier_jour=dernier_jour.isoformat(),
        elements=[d.libelle.strip() for d in demandes],
    )
    avertir_porteur(
        actuel,
        "complements_demandes",
        par,
        occurrence=str(demande.pk),
        lien=reverse("dossiers:complements", args=[actuel.pk]),
        limite=limite(demande.echeance, actuel.campagne.fuseau),
    )
    return demande


def _inscrire_les_elements(demande: DemandeDeComplements, demandes: Sequence[Demande]) -> None:
    ElementDemande.objects.bulk_create(
        ElementDemande(
            demande=demande,
            ordre=ordre,
            objet=d.objet,
            cle=d.cle,
            libelle=d.libelle.strip(),
            raison=d.raison.strip(),
        )
        for ordre, d in enumerate(demandes, start=1)
    )


@transaction.atomic
def clore_complements(*, dossier: Dossier, motif: str, par: Utilisateur) -> DemandeDeComplements:
    """End a request without an answer: overdue, or withdrawn with a motive.

    The dossier comes back to the instructor, who pronounces: nothing is inadmissible by itself (C5). Raises
    GesteRefuse before the deadline without a motive.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.CLORE_COMPLEMENTS, actuel, par):
        return actuel.depot.demandes.latest("rang")
    exiger(etats.CLORE_COMPLEMENTS, actuel, par)
    demande, motif = demande_ouverte(actuel), motif.strip()
    echue = timezone.now() >= demande.echeance
    if not echue and not motif:
        raise GesteRefuse(
            f"Le porteur peut répondre jusqu’au {limite(demande.echeance, actuel.campagne.fuseau)}\u00a0: "
            "pour retirer la demande avant, écrivez le motif."
        )
    finir(demande=demande, issue=Issue.RETIREE if motif else Issue.ECHUE, motif=motif, par=par)
    actuel.complements_avant = None
    actuel.clore_complements()
    actuel.save()
    consigner(
        actuel, etats.CLORE_COMPLEMENTS.nom, par, demande=demande.rang, issue=demande.issue, motif=motif
    )
    avertir_porteur(actuel, "complements_clos", par, occurrence=str(demande.pk))
    return demande


def finir(*, demande: DemandeDeComplements, issue: Issue, par: Utilisateur, motif: str = "") -> None:
    """Write how the request ends; the database lets it once."""
    demande.issue, demande.motif = issue, motif
    demande.finie_le, demande.finie_par = timezone.now(), par
    demande.save(update_fields=["issue", "motif", "finie_le", "finie_par"])


def abandonner(*, dossier: Dossier, par: Utilisateur) -> None:
    """End the open request of a dossier that its porteur gives up, if there is one."""
    ouverte = dossier.depot.demandes.filter(issue="").first()
    if ouverte is not None:
        finir(demande=ouverte, issue=Issue.RETIREE, motif="Le porteur se désiste.", par=par)
