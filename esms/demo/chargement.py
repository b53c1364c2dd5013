"""The demonstration world, piece by piece; each step leaves what is already there."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from esms.comptes.models import Utilisateur
from esms.demo import campagnes, catalogue, comptes, dossiers, registre
from esms.journal.actions import sceller_le_jour

Annonce = Callable[[str], None]


class DemonstrationRefusee(Exception):
    """Nobody asked for the demonstration here; the message says how to."""


def exiger_demonstration() -> None:
    """Refuse a service where nobody asked for the demonstration: its password is public."""
    if not settings.ESMS_DEMO:
        raise DemonstrationRefusee(
            "Refusé\u00a0: le mot de passe des comptes de démonstration est public. "
            "Sur un poste d’essai, posez ESMS_DEMO=1 (script/demo le fait)."
        )


def deja_charge() -> bool:
    """Accounts and dossiers, the first and the last steps, are there: the world has been loaded once."""
    adresses = [compte.courriel for compte in comptes.comptes()]
    presents = Utilisateur.objects.filter(courriel__in=adresses).count()
    return presents == len(adresses) and not comptes.agents_sans_code() and not dossiers.restants()


def charger(*, le: date, annoncer: Annonce, avec_dossiers: bool = True) -> None:
    """Load what is missing, dated around the day `le`. Raises DemonstrationRefusee."""
    exiger_demonstration()
    annoncer("Référentiel FINESS fictif…")
    registre.importer(le=le)
    annoncer("Campagnes…")
    for ouverture in campagnes.OUVERTURES:
        campagnes.ouvrir(ouverture, le=le)
    annoncer("Comptes…")
    for compte in comptes.comptes():
        comptes.ouvrir(compte, le=le, par=None)
    for ouverture in campagnes.OUVERTURES:
        campagnes.regler(ouverture)
    annoncer("Solutions DUI…")
    catalogue.importer()
    if avec_dossiers:
        annoncer("Dossiers…")
        dossiers.monter()
        sceller_le_jour(par=None)  # so that the receipts of the demonstration have their proof
