"""What templates say of dossiers: drafts of whoever is signed in."""

from django import template

from esms.comptes.acces import TypeUtilisateur, lieux_de
from instruction.etats import Etat
from instruction.models import Dossier

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
