"""Claiming an organism of the FINESS register."""

from esms.comptes.models import Utilisateur
from esms.habilitations.actions.demande import demander
from esms.habilitations.actions.gardes import HabilitationRefusee
from esms.habilitations.models import DemandeDeRattachement
from grappes.models import EntiteJuridique
from grappes.requetes_organismes import ars_de_l_organisme


def demander_rattachement(*, finess_ej: str, fonction: str, par: Utilisateur) -> DemandeDeRattachement:
    """Ask to be titulaire of that organism, as the register names and places it.

    Raises HabilitationRefusee when the register does not know it, or not its region; and what `demander`
    raises.
    """
    entite = EntiteJuridique.objects.filter(pk=finess_ej).defer("recherche").first()
    if entite is None:
        raise HabilitationRefusee("Le référentiel FINESS ne connaît pas cet organisme.")
    ars = ars_de_l_organisme(entite)
    if ars is None:
        raise HabilitationRefusee(
            "Le référentiel FINESS ne dit pas de quelle région relève cet organisme\u00a0: "
            "écrivez à votre ARS."
        )
    return demander(organisme=entite.pk, nom=str(entite), ars=ars, fonction=fonction, par=par)
