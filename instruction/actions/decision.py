"""Decisions: admissible or not, examined, retained or not.

Each is pronounced once, signed, and written for good.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from financement.actions.plan import figer
from financement.models import Plan
from grappes.models import Campagne
from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.avertir import avertir_porteur
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.etats import Geste
from instruction.models import REFUS, Decision, Dossier, Nature, Sens
from instruction.regles.decision import RECOURS, objections_a_recevoir
from instruction.regles.notation import notes_manquantes


@transaction.atomic
def recevoir(*, dossier: Dossier, par: Utilisateur) -> Decision:
    """Declare the dossier admissible. Raises GesteRefuse while an opinion is missing or stands in the way."""
    actuel = verrouiller(dossier)
    if rejoue(etats.RECEVOIR, actuel, par):
        return actuel.decisions.get(nature=Nature.RECEVABILITE)
    exiger(etats.RECEVOIR, actuel, par)
    contenu = actuel.depot.contenu
    objections = objections_a_recevoir(
        contenu["resultat"]["controles"],
        {(avis.regle, avis.portee): avis.confirme for avis in actuel.depot.avis_controles.all()},
        contenu["pieces_demandees"],
        {avis.code: avis.acceptee for avis in actuel.depot.avis_pieces.all()},
    )
    if objections:
        raise GesteRefuse(*objections)
    actuel.recevoir()
    return prononcer(
        dossier=actuel,
        geste=etats.RECEVOIR,
        nature=Nature.RECEVABILITE,
        sens=Sens.RECEVABLE,
        motif="",
        par=par,
    )


@transaction.atomic
def ecarter_irrecevable(*, dossier: Dossier, motif: str, par: Utilisateur) -> Decision:
    """Declare the dossier inadmissible, with a motive (GesteRefuse without one)."""
    actuel = verrouiller(dossier)
    if rejoue(etats.ECARTER_IRRECEVABLE, actuel, par):
        return actuel.decisions.get(nature=Nature.RECEVABILITE)
    exiger(etats.ECARTER_IRRECEVABLE, actuel, par)
    motif = _motif(motif)
    actuel.ecarter_irrecevable()
    return prononcer(
        dossier=actuel,
        geste=etats.ECARTER_IRRECEVABLE,
        nature=Nature.RECEVABILITE,
        sens=Sens.IRRECEVABLE,
        motif=motif,
        par=par,
    )


@transaction.atomic
def ecarter_ineligible(*, dossier: Dossier, motif: str, par: Utilisateur) -> Decision:
    """Declare the dossier not eligible, with a motive (GesteRefuse without one)."""
    actuel = verrouiller(dossier)
    if rejoue(etats.ECARTER_INELIGIBLE, actuel, par):
        return actuel.decisions.get(nature=Nature.RECEVABILITE)
    exiger(etats.ECARTER_INELIGIBLE, actuel, par)
    motif = _motif(motif)
    actuel.ecarter_ineligible()
    return prononcer(
        dossier=actuel,
        geste=etats.ECARTER_INELIGIBLE,
        nature=Nature.RECEVABILITE,
        sens=Sens.INELIGIBLE,
        motif=motif,
        par=par,
    )


@transaction.atomic
def ouvrir_instruction(*, dossier: Dossier, par: Utilisateur) -> Dossier:
    """Start the examination; whoever starts it takes the dossier in charge if nobody has."""
    actuel = verrouiller(dossier)
    if rejoue(etats.OUVRIR_INSTRUCTION, actuel, par):
        return actuel
    exiger(etats.OUVRIR_INSTRUCTION, actuel, par)
    if actuel.instructeur_id is None:
        actuel.instructeur = par
    actuel.ouvrir_instruction()
    actuel.save()
    consigner(actuel, etats.OUVRIR_INSTRUCTION.nom, par)
    avertir_porteur(actuel, "instruction_ouverte", par)
    return actuel


@transaction.atomic
def clore_instruction(*, dossier: Dossier, par: Utilisateur) -> Dossier:
    """End the examination. Raises GesteRefuse while a criterion is not scored or not justified."""
    actuel = verrouiller(dossier)
    if rejoue(etats.CLORE_INSTRUCTION, actuel, par):
        return actuel
    exiger(etats.CLORE_INSTRUCTION, actuel, par)
    notes = [(n.critere, n.points, n.niveau, n.justification) for n in actuel.notes.all()]
    manquantes = notes_manquantes(edition_de(actuel.campagne).grille, notes)
    if manquantes:
        raise GesteRefuse(*manquantes)
    actuel.clore_instruction()
    actuel.save()
    consigner(actuel, etats.CLORE_INSTRUCTION.nom, par, notes={n[0]: str(n[1] or n[2]) for n in notes})
    return actuel


@transaction.atomic
def retenir(*, dossier: Dossier, motif: str, par: Utilisateur) -> Decision:
    """Retain the project with the amount of the engine.

    The plan is frozen from the sealed filing: nothing is computed again.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.RETENIR, actuel, par):
        return actuel.decisions.get(nature=Nature.SELECTION)
    exiger(etats.RETENIR, actuel, par)
    contenu = actuel.depot.contenu
    plan = figer(
        grappe=actuel.grappe,
        entree=contenu["entree_complete"],
        registre=contenu["registre"],
        resultat=contenu["resultat"],
        par=par,
    )
    actuel.montant = Decimal(contenu["resultat"]["synthese"]["total"])
    actuel.retenir()
    return prononcer(
        dossier=actuel,
        geste=etats.RETENIR,
        nature=Nature.SELECTION,
        sens=Sens.RETENU,
        motif=motif.strip(),
        par=par,
        plan=plan,
    )


@transaction.atomic
def inscrire_liste_complementaire(*, dossier: Dossier, rang: int, motif: str, par: Utilisateur) -> Decision:
    """Put the project on the complementary list of its campagne, at `rang`: retained if money is left.

    Raises GesteRefuse for a rank below 1 or already given. The rank stays the dossier's, whatever follows.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.INSCRIRE_LISTE_COMPLEMENTAIRE, actuel, par):
        return actuel.decisions.get(nature=Nature.LISTE)
    exiger(etats.INSCRIRE_LISTE_COMPLEMENTAIRE, actuel, par)
    if rang < 1:
        raise GesteRefuse("Le rang sur la liste complémentaire commence à 1.")
    # Ranks are given one at a time: two valideurs cannot both see the same one free.
    Campagne.objects.select_for_update().get(pk=actuel.campagne_id)
    occupant = Dossier.objects.filter(campagne=actuel.campagne_id, rang_complementaire=rang).first()
    if occupant is not None:
        raise GesteRefuse(
            f"Le rang {rang} de la liste complémentaire est déjà celui du dossier {occupant.numero}."
        )
    actuel.rang_complementaire = rang
    actuel.inscrire_liste_complementaire()
    return prononcer(
        dossier=actuel,
        geste=etats.INSCRIRE_LISTE_COMPLEMENTAIRE,
        nature=Nature.LISTE,
        sens=Sens.LISTE_COMPLEMENTAIRE,
        motif=motif.strip(),
        par=par,
        rang=rang,
    )


@transaction.atomic
def ne_pas_retenir(*, dossier: Dossier, motif: str, par: Utilisateur) -> Decision:
    """Set the project aside, with a motive (GesteRefuse without one) and the ways of appeal."""
    actuel = verrouiller(dossier)
    if rejoue(etats.NE_PAS_RETENIR, actuel, par):
        return actuel.decisions.get(nature=Nature.SELECTION)
    exiger(etats.NE_PAS_RETENIR, actuel, par)
    motif = _motif(motif)
    actuel.ne_pas_retenir()
    return prononcer(
        dossier=actuel,
        geste=etats.NE_PAS_RETENIR,
        nature=Nature.SELECTION,
        sens=Sens.NON_RETENU,
        motif=motif,
        par=par,
    )


def _motif(texte: str) -> str:
    if not texte.strip():
        raise GesteRefuse("Un refus est motivé\u00a0: écrivez le motif que lira le porteur.")
    return texte.strip()


def prononcer(
    *,
    dossier: Dossier,
    geste: Geste,
    nature: Nature,
    sens: Sens,
    motif: str,
    par: Utilisateur,
    plan: Plan | None = None,
    destinataire: str = "",
    **suites: object,
) -> Decision:
    """Write the decision and the dossier that its transition has just moved; `suites` go to the journal."""
    dossier.save()
    refus = sens in REFUS
    decision = Decision.objects.create(
        dossier=dossier,
        nature=nature,
        sens=sens,
        motif=motif,
        recours=RECOURS if refus else "",
        plan=plan,
        destinataire=destinataire,
        le=timezone.now(),
        par=par,
    )
    details = {"montant": str(plan.total), "plan": plan.empreinte} if plan else {}
    if destinataire:
        details["destinataire"] = destinataire
    consigner(dossier, geste.nom, par, sens=sens.value, motif=motif, **details, **suites)
    avertir_porteur(dossier, f"decision_{nature.value}", par, occurrence=f"{decision.pk}")
    return decision
