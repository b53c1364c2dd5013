"""What the porteur may take back: its filing, while the window is open; its whole application, later."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from financement.actions.convention import annuler
from grappes.regles import Verdict
from instruction import etats
from instruction.actions.avertir import avertir_ars, avertir_porteur
from instruction.actions.complements import abandonner
from instruction.actions.garde import EtatDepasse, GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.models import Desistement, Dossier, RetraitDeDepot
from instruction.requetes import Examen
from instruction.requetes_fenetre import cloture_de

# The window that applies to the project: general, or that of projects over several regions.
REGLES_DE_FENETRE = frozenset({"C1", "C2"})


FENETRE_CLOSE = (
    "La fenêtre de dépôt est close\u00a0: un dépôt retiré ne pourrait plus être refait. "
    "Vous pouvez vous désister."
)


def retirable(dossier: Dossier, instant: datetime) -> bool:
    """Whether the window that applies to the project lets it be filed again (C1, C2)."""
    return not any(
        controle.regle in REGLES_DE_FENETRE and controle.verdict == Verdict.BLOQUANT
        for controle in Examen(dossier, instant).resultat.controles
    )


@transaction.atomic
def retirer_depot(*, dossier: Dossier, par: Utilisateur, rang: int | None = None) -> Dossier:
    """Withdraw the current filing before the end of the window that applies: a draft again.

    `rang` is that of the filing which the person read, when the gesture comes from a page: EtatDepasse if it
    is not the current one any more. The sealed filing, its receipt and the opinions given on it are kept;
    they do not count for the next filing, which has the same number and the next rank. Raises GesteRefuse
    once the window is closed: the porteur may then only give up (`se_desister`).
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.RETIRER_DEPOT, actuel, par):
        return actuel
    exiger(etats.RETIRER_DEPOT, actuel, par)
    instant = timezone.now()
    if not retirable(actuel, instant):
        raise GesteRefuse(FENETRE_CLOSE)
    depot = actuel.depot
    if rang is not None and rang != depot.rang:
        raise EtatDepasse(
            f"Le dossier a été déposé de nouveau depuis\u00a0: son dépôt a le rang {depot.rang}."
        )
    RetraitDeDepot.objects.create(depot=depot, le=instant, par=par)
    actuel.depot_courant = actuel.depose_le = actuel.depose_par = None
    actuel.retirer_depot()
    actuel.save()
    consigner(actuel, etats.RETIRER_DEPOT.nom, par, empreinte=depot.empreinte, rang=depot.rang)
    avertir_ars(actuel, "depot_retire", par, occurrence=str(depot.rang), lien=reverse("dossiers:liste"))
    fin = cloture_de(actuel).fin
    avertir_porteur(actuel, "votre_depot_est_retire", par, occurrence=str(depot.rang), fin=fin)
    return actuel


@transaction.atomic
def se_desister(*, dossier: Dossier, motif: str, par: Utilisateur) -> Desistement:
    """Give up for good, with a motive (GesteRefuse without one), before the convention is signed.

    A convention prepared or issued is cancelled and its ESSMS are free again (E8, E9); an open request for
    complements is over.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.SE_DESISTER, actuel, par):
        return actuel.desistement
    exiger(etats.SE_DESISTER, actuel, par)
    if not motif.strip():
        raise GesteRefuse("Un désistement est motivé\u00a0: écrivez le motif que lira l’ARS.")
    convention = getattr(actuel.grappe, "convention", None)
    if convention is not None:
        annuler(convention=convention, par=par)
    abandonner(dossier=actuel, par=par)
    actuel.arret = actuel.etat
    actuel.complements_avant = None
    actuel.se_desister()
    actuel.save()
    desistement = Desistement.objects.create(dossier=actuel, motif=motif.strip(), le=timezone.now(), par=par)
    consigner(
        actuel,
        etats.SE_DESISTER.nom,
        par,
        motif=desistement.motif,
        depuis=actuel.arret,
        convention=convention.numero if convention else None,
    )
    avertir_ars(actuel, "desistement", par)
    avertir_porteur(actuel, "desistement", par)
    return desistement
