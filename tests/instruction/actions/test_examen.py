"""What an examination writes: as many statements for one opinion, score or text as for all of them."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from esms.journal.models import Entree
from grappes.requetes_campagnes import edition_de
from instruction.actions.examen import (
    SaisieControle,
    SaisieNote,
    SaisiePiece,
    donner_avis_controles,
    donner_avis_pieces,
    noter,
)
from instruction.etats import Etat
from instruction.regles.decision import controles_a_juger
from tests.fabriques import Monde

pytestmark = pytest.mark.django_db


def _monde(etat: Etat, rang: int = 1) -> Monde:
    monde = Monde(rang=rang)
    monde.amener(etat)
    return monde


def _ecritures(geste: Callable[[Sequence[Any]], object], saisies: Sequence[Any]) -> tuple[int, int]:
    """Number of queries to write one, then all the others."""
    comptes = []
    for morceau in (saisies[:1], saisies[1:]):
        with CaptureQueriesContext(connection) as requetes:
            geste(morceau)
        comptes.append(len(requetes))
    return comptes[0], comptes[1]


def _controles(monde: Monde, *, confirme: bool, motif: str = "", version: int = 0) -> list[SaisieControle]:
    controles = controles_a_juger(monde.dossier.depot.contenu["resultat"]["controles"])
    return [
        SaisieControle(c["regle"], c["portee"], c["verdict"], confirme, motif, version) for c in controles
    ]


def _pieces(monde: Monde, *, acceptee: bool, motif: str = "", version: int = 0) -> list[SaisiePiece]:
    demandees = monde.dossier.depot.contenu["pieces_demandees"]
    return [SaisiePiece(p["code"], acceptee, motif, version) for p in demandees]


def _notes(monde: Monde, justification: str, version: int) -> list[SaisieNote]:
    criteres = edition_de(monde.campagne).grille.criteres
    return [SaisieNote(c.cle, c.points, "", justification, version) for c in criteres]


def test_avis_sur_un_controle_ou_sur_tous_coute_autant() -> None:
    monde = _monde(Etat.RECEVABILITE)

    def donner(saisies: Sequence[SaisieControle]) -> None:
        donner_avis_controles(dossier=monde.dossier, saisies=saisies, par=monde.instructeur)

    un, tous = _ecritures(donner, _controles(monde, confirme=True))
    assert un == tous <= 15
    donner(_controles(monde, confirme=False, motif=" Vérifié par téléphone. ", version=1))
    avis = monde.dossier.depot.avis_controles.values_list("confirme", "motif").distinct()
    assert list(avis.order_by("confirme")) == [(False, "Vérifié par téléphone.")]
    assert monde.dossier.depot.avis_controles.count() == len(_controles(monde, confirme=True))


def test_avis_redonnes_ne_changent_rien() -> None:
    monde = _monde(Etat.RECEVABILITE)
    for _ in range(2):
        donner_avis_controles(
            dossier=monde.dossier, saisies=_controles(monde, confirme=True), par=monde.instructeur
        )
        donner_avis_pieces(
            dossier=monde.dossier, saisies=_pieces(monde, acceptee=True), par=monde.instructeur
        )
    gestes = Entree.objects.filter(chaine=monde.dossier.chaine, geste__startswith="donner_avis")
    assert list(gestes.order_by("rang").values_list("geste", flat=True)) == [
        "donner_avis_controles",
        "donner_avis_pieces",
    ]


def test_avis_sur_une_piece_ou_sur_toutes_coute_autant() -> None:
    monde = _monde(Etat.RECEVABILITE)

    def donner(saisies: Sequence[SaisiePiece]) -> None:
        donner_avis_pieces(dossier=monde.dossier, saisies=saisies, par=monde.instructeur)

    une, toutes = _ecritures(donner, _pieces(monde, acceptee=True))
    assert une == toutes <= 15
    donner(_pieces(monde, acceptee=False, motif="Illisible.", version=1))
    avis = monde.dossier.depot.avis_pieces.values_list("acceptee", "motif").distinct()
    assert list(avis.order_by("acceptee")) == [(False, "Illisible.")]


@pytest.mark.parametrize("deja", [False, True], ids=["premieres", "reprises"])
def test_une_note_ou_toutes_coutent_autant(deja: bool) -> None:
    monde = _monde(Etat.EN_INSTRUCTION)

    def donner(saisies: Sequence[SaisieNote]) -> None:
        noter(dossier=monde.dossier, saisies=saisies, par=monde.instructeur)

    if deja:
        donner(_notes(monde, "Convaincant.", 0))
    une, toutes = _ecritures(donner, _notes(monde, "Relu.", int(deja)))
    assert une == toutes <= 15
    notes = monde.dossier.notes.values_list("justification", "version").distinct()
    assert list(notes.order_by("version")) == [("Relu.", 1 + deja)]
