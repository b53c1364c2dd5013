"""Moving the dates of a campagne: with a motive, journaled, never against who counted on them."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.journal.models import Entree
from grappes.actions.campagne_reglages import verrouiller_campagne
from grappes.models import Campagne
from grappes.regles.fenetres import (
    Dates,
    Situation,
    peut_prolonger,
    prolonger_jusqu_au_jour_ouvre,
    refus_des_dates,
)
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.models import Dossier
from instruction.taches import prevenir_d_une_prolongation

CHANGER, PROLONGER = "changer_dates", "prolonger"
INCIDENT = "Incident technique"
MOTIF_MAX = 500  # characters


@transaction.atomic
def changer_les_dates(
    *, campagne: Campagne, dates: Dates, motif: str, version: str, par: Utilisateur
) -> Campagne:
    """Give a campagne other dates; `version` is that of the dates it was read with.

    The same change sent twice has one effect. Raises GesteRefuse with every reason (order, past, filings
    received, candidates who count on the date), EtatDepasse when somebody moved them meanwhile,
    PermissionDenied for who does not administer that ARS.
    """
    actuelle = verrouiller_campagne(campagne, par)
    motif = _motif(motif)
    if _deja_fait(actuelle, CHANGER, version, par) and dates_de(actuelle) == dates:
        return actuelle
    _exiger_version(actuelle, version)
    refus = refus_des_dates(dates_de(actuelle), dates, situation_de(actuelle))
    if refus:
        raise GesteRefuse(*refus)
    _appliquer(actuelle, dates, CHANGER, motif, version, par)
    return actuelle


@transaction.atomic
def prolonger(*, campagne: Campagne, motif: str, version: str, par: Utilisateur) -> Campagne:
    """After a technical failure, move the next closing to the end of the next working day.

    The porteur of every draft is told by e-mail, the public page says it. A double click has one effect.
    Raises as `changer_les_dates`.
    """
    actuelle = verrouiller_campagne(campagne, par)
    motif = _motif(motif)
    if _deja_fait(actuelle, PROLONGER, version, par):
        return actuelle
    _exiger_version(actuelle, version)
    situation = situation_de(actuelle)
    if not peut_prolonger(dates_de(actuelle), situation.aujourd_hui):
        raise GesteRefuse(
            "La prolongation pour incident vaut de l’ouverture à la semaine qui suit la fermeture. "
            "Au-delà, changez les dates."
        )
    dates = prolonger_jusqu_au_jour_ouvre(dates_de(actuelle), situation.aujourd_hui, actuelle.ars)
    rang = _appliquer(actuelle, dates, PROLONGER, motif, version, par)
    prevenir_d_une_prolongation.defer(campagne=actuelle.pk, rang=rang)
    return actuelle


def dates_de(campagne: Campagne) -> Dates:
    """Its dates, as the rules read them."""
    return Dates(
        campagne.ouverture, campagne.fermeture, campagne.fermeture_multiregionale, campagne.recevabilite
    )


def situation_de(campagne: Campagne) -> Situation:
    """What hangs on its dates now, in one query; days are those of its ARS.

    A dossier has an instant of filing if it is no draft, as the database holds it: the index of these
    instants is enough, and no dossier is read.
    """
    fuseau = ZoneInfo(campagne.fuseau)
    compte = Dossier.objects.filter(campagne=campagne).aggregate(
        tous=Count("*"),
        deposes=Count("depose_le"),
        premier=Min("depose_le"),
        dernier=Max("depose_le"),
    )
    return Situation(
        aujourd_hui=timezone.localdate(timezone=fuseau),
        brouillons=compte["tous"] - compte["deposes"],
        deposes=compte["deposes"],
        premier_depot=timezone.localdate(compte["premier"], fuseau) if compte["premier"] else None,
        dernier_depot=timezone.localdate(compte["dernier"], fuseau) if compte["dernier"] else None,
    )


def _motif(texte: str) -> str:
    motif = " ".join(texte.split())
    if not motif:
        raise GesteRefuse(
            "Dites pourquoi les dates changent\u00a0: le motif est public et inscrit au journal."
        )
    if len(motif) > MOTIF_MAX:
        raise GesteRefuse(f"Le motif compte {MOTIF_MAX}\u00a0caractères au plus.")
    return motif


def _deja_fait(campagne: Campagne, geste: str, version: str, par: Utilisateur) -> bool:
    """Whether the last move of the dates is this very gesture, from the same page, by the same person."""
    derniere = _derniere_entree(campagne)
    return (
        derniere is not None
        and (derniere.geste, derniere.par_id) == (geste, par.pk)
        and derniere.contenu["lue"] == version
    )


def _exiger_version(campagne: Campagne, version: str) -> None:
    if dates_de(campagne).version == version:
        return
    derniere = _derniere_entree(campagne)
    qui = derniere.par.nom if derniere is not None and derniere.par is not None else "Quelqu’un"
    raise EtatDepasse(f"{qui} a changé les dates de la campagne depuis que vous avez ouvert cette page.")


def _derniere_entree(campagne: Campagne) -> Entree | None:
    entrees = Entree.objects.filter(chaine=campagne.chaine, geste__in=(CHANGER, PROLONGER))
    return entrees.select_related("par").order_by("-rang").first()


def _appliquer(
    campagne: Campagne, dates: Dates, geste: str, motif: str, version: str, par: Utilisateur
) -> int:
    """Write the dates alone (filings count on the same row), journal them; gives the rank."""
    avant = campagne.valeurs()
    campagne.ouverture, campagne.fermeture = dates.ouverture, dates.fermeture
    campagne.fermeture_multiregionale, campagne.recevabilite = (
        dates.fermeture_multiregionale,
        dates.recevabilite,
    )
    campagne.save(update_fields=["ouverture", "fermeture", "fermeture_multiregionale", "recevabilite"])
    contenu = {**campagne.valeurs(), "avant": avant, "motif": motif, "lue": version}
    return inscrire(chaine=campagne.chaine, geste=geste, par=par, contenu=contenu).rang
