"""What templates say of dossiers: drafts of whoever is signed in, deadlines."""

from datetime import date, datetime

from django import template

from esms.comptes.acces import TypeUtilisateur, lieux_de
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.presentation import echeances
from instruction.presentation.campagnes import fin_en_clair

register = template.Library()

PROPOSES = 5  # drafts proposed; a porteur rarely has two for one call


@register.simple_tag
def brouillons_de(utilisateur: TypeUtilisateur, aap: str) -> list[Dossier]:
    """`{% brouillons_de request.user aap as brouillons %}`: drafts that this person may change for this call.

    Two queries; none for an anonymous visitor.
    """
    if not utilisateur.is_authenticated:
        return []
    brouillons = Dossier.objects.filter(
        etat=Etat.BROUILLON, campagne__edition=aap, organisme__in=lieux_de(utilisateur).organismes
    )
    return list(brouillons.order_by("-cree_le", "pk")[:PROPOSES])


@register.filter
def limite(echeance: datetime, fuseau: str) -> str:
    """`{{ echeance|limite:campagne.fuseau }}` → 4 juillet 2025 à minuit."""
    return echeances.limite(echeance, fuseau)


@register.filter
def derniere_seconde(dernier_jour: date, fuseau: str) -> str:
    """`{{ jour|derniere_seconde:campagne.fuseau }}` → 13 juin 2025 à 23 h 59 min 59 s, heure de Paris."""
    return fin_en_clair(dernier_jour, fuseau)
