"""Asking again for an e-mail that was given up."""

from django.db import transaction

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel, Etat
from esms.courriels.taches import deposer
from esms.journal.actions import inscrire
from esms.journal.models import Entree

GESTE = "renvoyer_courriel"


@transaction.atomic
def renvoyer(*, courriel: Courriel, par: Utilisateur) -> bool:
    """Send it again, from the first try; False when it is not given up (any more): nothing is then done.

    A double click by the same person is answered as the first. The caller checks who may.
    """
    chaine = f"courriel:{courriel.pk}"
    actuel = Courriel.objects.select_for_update().get(pk=courriel.pk)
    if actuel.etat != Etat.ABANDONNE:
        dernier = Entree.objects.filter(chaine=chaine).order_by("-rang").first()
        return dernier is not None and dernier.par_id == par.pk
    inscrire(chaine=chaine, geste=GESTE, par=par, contenu={"essais": actuel.essais, "erreur": actuel.erreur})
    actuel.etat, actuel.essais, actuel.erreur = Etat.A_ENVOYER, 0, ""
    actuel.save(update_fields=["etat", "essais", "erreur"])
    deposer([actuel])
    return True
