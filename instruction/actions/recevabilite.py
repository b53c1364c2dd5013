"""Opening the admissibility, and sending a dossier to the counter it belongs to."""

from django.db import transaction

from esms.comptes.models import Utilisateur
from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.decision import prononcer
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.models import Decision, Dossier, Nature, Sens
from instruction.regles.guichets import guichets_possibles


@transaction.atomic
def ouvrir_recevabilite(*, dossier: Dossier, par: Utilisateur) -> Dossier:
    """Start looking at a filing; whoever starts takes the dossier in charge if nobody has.

    Until then the porteur may withdraw unseen; after, an agent may have begun, and it still may (OCC §4.6).
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.OUVRIR_RECEVABILITE, actuel, par):
        return actuel
    exiger(etats.OUVRIR_RECEVABILITE, actuel, par)
    if actuel.instructeur_id is None:
        actuel.instructeur = par
    actuel.ouvrir_recevabilite()
    actuel.save()
    consigner(actuel, etats.OUVRIR_RECEVABILITE.nom, par)
    return actuel


@transaction.atomic
def reorienter(*, dossier: Dossier, motif: str, guichet: str, par: Utilisateur) -> Decision:
    """Send the dossier to another counter (G1 to G3): `guichet` is a code of `guichets_possibles`.

    Raises GesteRefuse without a motive, and for an unknown counter or this very one.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.REORIENTER, actuel, par):
        return actuel.decisions.get(nature=Nature.RECEVABILITE)
    exiger(etats.REORIENTER, actuel, par)
    nom = dict(guichets_possibles(edition_de(actuel.campagne))).get(guichet)
    phrases = [] if motif.strip() else ["Une réorientation est motivée\u00a0: écrivez le motif."]
    if nom is None:
        phrases.append("Choisissez le guichet vers lequel le dossier est réorienté.")
    if phrases or nom is None:
        raise GesteRefuse(*phrases)
    actuel.reorienter()
    return prononcer(
        dossier=actuel,
        geste=etats.REORIENTER,
        nature=Nature.RECEVABILITE,
        sens=Sens.REORIENTE,
        motif=motif.strip(),
        par=par,
        destinataire=nom,
    )
