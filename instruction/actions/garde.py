"""What every action checks first: the row locked, the role held, the state right.

And what it says when one of them fails.
"""

from django.core.exceptions import PermissionDenied

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.journal.models import Entree
from esms.socle.dates import instant
from financement.actions.refus import EtatDepasse, GesteRefuse
from instruction.acces import droits_de
from instruction.etats import GESTES, Etat, Geste
from instruction.models import Dossier

__all__ = [
    "EtatDepasse",
    "GesteRefuse",
    "VersionDepassee",
    "consigner",
    "exiger",
    "rejoue",
    "verrouiller",
]

_GESTES = {geste.nom: geste for geste in GESTES}
_MOTEURS = [geste.nom for geste in GESTES if geste.cible is not None]


class VersionDepassee(Exception):
    """Somebody saved the same section since the form was read."""


def verrouiller(dossier: Dossier) -> Dossier:
    """The dossier as it is now, locked until the end of the transaction.

    What another transaction has just given it (its filing) is read after the lock, never joined: whoever
    waited would get the row of now beside the joined row of before.
    """
    requete = Dossier.objects.select_for_update(of=("self",)).select_related("campagne", "grappe")
    actuel = requete.get(pk=dossier.pk)
    if actuel.grappe.campagne_id == actuel.campagne_id:
        actuel.grappe.campagne = actuel.campagne
    return actuel


def exiger(geste: Geste, dossier: Dossier, par: Utilisateur) -> None:
    """Raise PermissionDenied without the role, EtatDepasse out of the states of the gesture."""
    if not droits_de(par).permet(geste, dossier):
        raise PermissionDenied(geste.nom)
    if dossier.etat not in geste.sources:
        raise EtatDepasse(_ou_en_est(dossier))


def rejoue(geste: Geste, dossier: Dossier, par: Utilisateur) -> bool:
    """Whether `par` has brought the dossier where it is by this very gesture: answered as the first time.

    What was written meanwhile without moving the dossier (a message, who takes it in charge) does not count.
    """
    if dossier.etat != geste.cible or not droits_de(par).permet(geste, dossier):
        return False
    dernier = Entree.objects.filter(chaine=dossier.chaine, geste__in=_MOTEURS).order_by("-rang").first()
    return dernier is not None and dernier.geste == geste.nom and dernier.par_id == par.pk


def consigner(dossier: Dossier, geste: str, par: Utilisateur | None, **contenu: object) -> None:
    """Write the gesture in the chain of the dossier."""
    inscrire(chaine=dossier.chaine, geste=geste, par=par, contenu={**dossier.valeurs(), **contenu})


def _ou_en_est(dossier: Dossier) -> str:
    nom = Etat(dossier.etat).label
    moteurs = [geste.nom for geste in GESTES if geste.cible == dossier.etat]
    entree = (
        Entree.objects.filter(chaine=dossier.chaine, geste__in=moteurs)
        .select_related("par")
        .order_by("-rang")
        .first()
    )
    if entree is None:
        return f"Le dossier est à l’état «\u00a0{nom}\u00a0»."
    le = instant(entree.le, dossier.campagne.fuseau)
    qui = entree.par.nom if entree.par else "le portail"
    return (
        f"Le dossier est à l’état «\u00a0{nom}\u00a0» depuis le {le}\u202f: {qui} a choisi "
        f"«\u00a0{_GESTES[entree.geste].libelle}\u00a0»."
    )
