"""Examination and selection."""

from decimal import Decimal
from typing import Any

from grappes.requetes_campagnes import edition_de
from instruction.actions.cloture import clore
from instruction.actions.decision import clore_instruction, inscrire_liste_complementaire, ne_pas_retenir
from instruction.actions.examen import SaisieNote, noter
from instruction.models import Note
from instruction.regles.recours import dernier_jour_de_recours
from tests.fabriques import Monde
from tests.instruction.ruptures.registre import a_l_instant, dans, permet, rompt


@permet("noter")
def _noter(monde: Monde, *, en_plus: Decimal = Decimal(0), critere: str = "") -> Any:
    premier = edition_de(monde.campagne).grille.criteres[0]
    version = getattr(monde.dossier.notes.filter(critere=premier.cle).first(), "version", 0)
    saisie = SaisieNote(critere or premier.cle, premier.points + en_plus, "", "Autrement dit.", version)
    return noter(dossier=monde.dossier, saisies=[saisie], par=monde.instructeur)


@rompt("noter", 0)
def noter_plus_que_le_maximum(monde: Monde) -> Any:
    return _noter(monde, en_plus=Decimal(1))


@rompt("noter", 0)
def noter_un_critere_inconnu(monde: Monde) -> Any:
    return _noter(monde, critere="inconnu")


@permet("clore_instruction")
def _clore_instruction(monde: Monde) -> Any:
    return clore_instruction(dossier=monde.dossier, par=monde.instructeur)


def _vider(monde: Monde, **champs: Any) -> Any:
    premiere = Note.objects.filter(dossier=monde.dossier).order_by("critere").first()
    Note.objects.filter(pk=premiere.pk).update(**champs)
    return _clore_instruction(monde)


@rompt("clore_instruction", 0)
def clore_l_instruction_sans_une_note(monde: Monde) -> Any:
    return _vider(monde, points=None)


@rompt("clore_instruction", 0)
def clore_l_instruction_sans_une_justification(monde: Monde) -> Any:
    return _vider(monde, justification="")


@permet("inscrire_liste_complementaire")
def _inscrire(monde: Monde, rang: int = 2) -> Any:
    return inscrire_liste_complementaire(dossier=monde.dossier, rang=rang, motif="", par=monde.valideur)


@rompt("inscrire_liste_complementaire", 0)
def inscrire_avant_le_premier_rang(monde: Monde) -> Any:
    return _inscrire(monde, 0)


@rompt("inscrire_liste_complementaire", 0)
def inscrire_a_un_rang_pris(monde: Monde) -> Any:
    return _inscrire(monde, 1)


@permet("ne_pas_retenir")
def _ne_pas_retenir(monde: Monde, motif: str = "Enveloppe épuisée.") -> Any:
    return ne_pas_retenir(dossier=monde.dossier, motif=motif, par=monde.valideur)


@rompt("ne_pas_retenir", 0)
def ne_pas_retenir_sans_motif(monde: Monde) -> Any:
    return _ne_pas_retenir(monde, " ")


@permet("clore")
def _clore_apres_le_recours(monde: Monde) -> Any:
    apres = (dernier_jour_de_recours(monde.jour()) - monde.jour()).days + 1
    _ne_pas_retenir(monde)
    return a_l_instant(dans(apres), _clore, monde)


def _clore(monde: Monde) -> Any:
    return clore(dossier=monde.dossier, par=monde.administrateur)


@rompt("clore", 0)
def clore_pendant_le_recours(monde: Monde) -> Any:
    _ne_pas_retenir(monde)
    return _clore(monde)
