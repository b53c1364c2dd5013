"""Opinions, complements, verdicts."""

import io
from datetime import timedelta
from typing import Any

from instruction.actions.complements import clore_complements, demander_complements
from instruction.actions.decision import ecarter_ineligible, ecarter_irrecevable, recevoir
from instruction.actions.examen import SaisieControle, SaisiePiece, donner_avis_controles, donner_avis_pieces
from instruction.actions.recevabilite import reorienter
from instruction.actions.reponse import ecrire_reponses, joindre_complement, repondre_complements
from instruction.models import AvisControle, AvisPiece
from instruction.regles.complements import Demande
from instruction.requetes_complements import demande_ouverte
from tests.fabriques import Monde, pdf
from tests.instruction.ruptures.registre import a_l_instant, permet, rompt


@permet("verifier")
def _verifier(monde: Monde, motif: str = "Vu sur pièce.", objet: str = "controle") -> Any:
    if objet == "controle":
        renverse = SaisieControle("E1", "projet", "conforme", confirme=False, motif=motif)
        return donner_avis_controles(dossier=monde.dossier, saisies=[renverse], par=monde.instructeur)
    refusee = SaisiePiece("P1", acceptee=False, motif=motif)
    return donner_avis_pieces(dossier=monde.dossier, saisies=[refusee], par=monde.instructeur)


@rompt("verifier", 0)
def renverser_un_controle_sans_motif(monde: Monde) -> Any:
    return _verifier(monde, " ")


@rompt("verifier", 0)
def refuser_une_piece_sans_motif(monde: Monde) -> Any:
    return _verifier(monde, " ", "piece")


@permet("demander_complements")
def _demander(monde: Monde, *, raison: str = "Trop vague.", jours: int | None = 15) -> Any:
    return _demander_ceci(monde, [Demande("libre", "", "Calendrier", raison)], jours)


def _demander_ceci(monde: Monde, demandes: list[Demande], jours: int | None) -> Any:
    return demander_complements(
        dossier=monde.dossier,
        demandes=demandes,
        dernier_jour=None if jours is None else monde.jour() + timedelta(days=jours),
        message="",
        par=monde.instructeur,
    )


@rompt("demander_complements", 0)
def ne_rien_demander(monde: Monde) -> Any:
    return _demander_ceci(monde, [], 15)


@rompt("demander_complements", 0)
def demander_sans_raison(monde: Monde) -> Any:
    return _demander(monde, raison=" ")


@rompt("demander_complements", 1)
def demander_pour_hier(monde: Monde) -> Any:
    return _demander(monde, jours=-1)


@rompt("demander_complements", 1)
def demander_apres_la_recevabilite(monde: Monde) -> Any:
    return _demander(monde, jours=61)


@rompt("demander_complements", 1)
def demander_sans_echeance(monde: Monde) -> Any:
    return _demander(monde, jours=None)


@permet("completer")
def _completer(monde: Monde) -> Any:
    return _ecrire(monde, "De mars à juin, en détail.")


def _ecrire(monde: Monde, texte: str) -> Any:
    element = demande_ouverte(monde.relire()).elements.get(objet="libre")
    version = getattr(getattr(element, "reponse", None), "version", 0)
    return ecrire_reponses(dossier=monde.dossier, saisies={element.pk: (texte, version)}, par=monde.porteur)


@rompt("completer", 0)
def ecrire_ce_qui_n_est_pas_demande(monde: Monde) -> Any:
    return ecrire_reponses(dossier=monde.dossier, saisies={0: ("x", 0)}, par=monde.porteur)


@rompt("completer", 0)
def joindre_ce_qui_n_est_pas_demande(monde: Monde) -> Any:
    element = demande_ouverte(monde.relire()).elements.get(objet="libre")
    return joindre_complement(element=element, nom="a.pdf", fichier=io.BytesIO(pdf("a")), par=monde.porteur)


@rompt("completer", 1)
def completer_trop_tard(monde: Monde) -> Any:
    return a_l_instant(demande_ouverte(monde.relire()).echeance, _completer, monde)


@permet("repondre_complements")
def _repondre(monde: Monde) -> Any:
    return repondre_complements(dossier=monde.dossier, par=monde.porteur)


@rompt("repondre_complements", 0)
def repondre_a_moitie(monde: Monde) -> Any:
    _ecrire(monde, "")
    return _repondre(monde)


@rompt("repondre_complements", 1)
def repondre_trop_tard(monde: Monde) -> Any:
    return a_l_instant(demande_ouverte(monde.relire()).echeance, _repondre, monde)


@permet("clore_complements")
def _clore_complements(monde: Monde, motif: str = "Sans objet.") -> Any:
    return clore_complements(dossier=monde.dossier, motif=motif, par=monde.instructeur)


@rompt("clore_complements", 0)
def clore_les_complements_avant_l_echeance_sans_motif(monde: Monde) -> Any:
    return _clore_complements(monde, " ")


@permet("recevoir")
def _recevoir(monde: Monde) -> Any:
    return recevoir(dossier=monde.dossier, par=monde.instructeur)


@rompt("recevoir", 0)
def recevoir_avec_un_controle_qui_fait_obstacle(monde: Monde) -> Any:
    avis = AvisControle.objects.filter(depot=monde.dossier.depot, regle="E1").get()
    renverse = SaisieControle("E1", avis.portee, avis.verdict, confirme=False, motif="Non.", version=1)
    donner_avis_controles(dossier=monde.dossier, saisies=[renverse], par=monde.instructeur)
    return _recevoir(monde)


@rompt("recevoir", 0)
def recevoir_avec_un_controle_sans_avis(monde: Monde) -> Any:
    AvisControle.objects.filter(depot=monde.dossier.depot, regle="E1").delete()
    return _recevoir(monde)


@rompt("recevoir", 1)
def recevoir_avec_une_piece_refusee(monde: Monde) -> Any:
    refusee = SaisiePiece("P1", acceptee=False, motif="Illisible.", version=1)
    donner_avis_pieces(dossier=monde.dossier, saisies=[refusee], par=monde.instructeur)
    return _recevoir(monde)


@rompt("recevoir", 1)
def recevoir_avec_une_piece_sans_avis(monde: Monde) -> Any:
    AvisPiece.objects.filter(depot=monde.dossier.depot, code="P1").delete()
    return _recevoir(monde)


@permet("ecarter_irrecevable")
def _ecarter_irrecevable(monde: Monde, motif: str = "Pièces illisibles.") -> Any:
    return ecarter_irrecevable(dossier=monde.dossier, motif=motif, par=monde.instructeur)


@rompt("ecarter_irrecevable", 0)
def ecarter_irrecevable_sans_motif(monde: Monde) -> Any:
    return _ecarter_irrecevable(monde, " ")


@permet("ecarter_ineligible")
def _ecarter_ineligible(monde: Monde, motif: str = "Hors champ.") -> Any:
    return ecarter_ineligible(dossier=monde.dossier, motif=motif, par=monde.instructeur)


@rompt("ecarter_ineligible", 0)
def ecarter_ineligible_sans_motif(monde: Monde) -> Any:
    return _ecarter_ineligible(monde, " ")


@permet("reorienter")
def _reorienter(monde: Monde, motif: str = "Autre région pivot.", guichet: str = "75") -> Any:
    return reorienter(dossier=monde.dossier, motif=motif, guichet=guichet, par=monde.instructeur)


@rompt("reorienter", 0)
def reorienter_sans_motif(monde: Monde) -> Any:
    return _reorienter(monde, motif=" ")


@rompt("reorienter", 0)
def reorienter_vers_un_guichet_inconnu(monde: Monde) -> Any:
    return _reorienter(monde, guichet="inconnu")


@rompt("reorienter", 0)
def reorienter_vers_soi(monde: Monde) -> Any:
    return _reorienter(monde, guichet="76")
