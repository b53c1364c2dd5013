"""Files stored before their rows: nothing is left of what was refused, and no error hides the first one."""

import io
import logging
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from django.core.files.storage import InMemoryStorage, default_storage
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from esms.socle.rangement import effacer, rangement
from instruction.actions.message import Fichier, ecrire_message
from instruction.actions.piece import joindre
from instruction.models import Message, Piece
from tests.fabriques import Monde, pdf

pytestmark = pytest.mark.django_db


class Espion(InMemoryStorage):
    """Notes what the database was asked before each file was stored; breaks where told to."""

    requetes: CaptureQueriesContext | None = None
    verrous: list[int]
    ranges_avant_panne = 99
    suppression_en_panne = False

    def _save(self, nom: str, contenu: Any) -> str:
        if self.requetes is not None:
            sql = [requete["sql"] for requete in self.requetes.captured_queries]
            self.verrous.append(sum("FOR UPDATE" in phrase for phrase in sql))
        rendu = str(super()._save(nom, contenu))
        self.ranges_avant_panne -= 1
        if self.ranges_avant_panne < 0:
            raise ClientError({"Error": {"Code": "SlowDown"}}, "PutObject")
        return rendu

    def delete(self, nom: str) -> None:
        if self.suppression_en_panne:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "DeleteObject")
        super().delete(nom)

    def noms(self) -> list[str]:
        """Every file there is."""
        return sorted(
            f"{racine}/{dossier}/{nom}"
            for racine in self.listdir("")[0]
            for dossier in self.listdir(racine)[0]
            for nom in self.listdir(f"{racine}/{dossier}")[1]
        )


@pytest.fixture
def espion(settings: Any) -> Any:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Espion"}}
    default_storage.exists("rien")
    espion = default_storage._wrapped  # type: ignore[attr-defined]
    espion.verrous = []
    return espion


def envoyer(monde: Monde, nombre: int = 2, **options: Any) -> Message:
    fichiers = [Fichier(f"{rang}.pdf", io.BytesIO(pdf(f"{rang}"))) for rang in range(nombre)]
    demande = {"identifiant": uuid4(), "texte": "Bonjour.", "fichiers": fichiers, **options}
    return ecrire_message(dossier=monde.dossier, par=monde.porteur, **demande)


def deposer_piece(monde: Monde, code: str = "P1") -> Piece:
    flux = io.BytesIO(pdf("a"))
    return joindre(dossier=monde.dossier, code=code, nom="a.pdf", fichier=flux, par=monde.porteur)


@pytest.mark.parametrize("geste", [envoyer, deposer_piece])
def test_fichier_est_range_avant_que_le_dossier_soit_verrouille(espion: Any, geste: Any) -> None:
    monde = Monde()
    with CaptureQueriesContext(connection) as requetes:
        espion.requetes = requetes
        geste(monde)
    assert set(espion.verrous) == {0}
    assert any("FOR UPDATE" in requete["sql"] for requete in requetes.captured_queries)


@pytest.mark.parametrize("ranges", [0, 1])
def test_stockage_en_panne_ne_laisse_ni_fichier_ni_ligne(espion: Any, ranges: int) -> None:
    monde, espion.ranges_avant_panne = Monde(), ranges
    with pytest.raises(ClientError, match="SlowDown"):
        envoyer(monde)
    assert (espion.noms(), Message.objects.count()) == ([], 0)


def test_transaction_refusee_ne_laisse_pas_de_fichier(espion: Any) -> None:
    with pytest.raises(DataError), transaction.atomic():
        deposer_piece(Monde(), "P" * 11)
    assert espion.noms() == []


def test_meme_envoi_rejoue_garde_les_premiers_fichiers_seulement(espion: Any) -> None:
    monde, cle = Monde(), uuid4()
    premier, piece = envoyer(monde, identifiant=cle), deposer_piece(monde)
    gardes = sorted([*(p.fichier.name for p in premier.pieces.all()), piece.fichier.name])
    assert (envoyer(monde, identifiant=cle), deposer_piece(monde)) == (premier, piece)
    assert espion.noms() == gardes


def test_suppression_en_panne_se_journalise_et_ne_cache_pas_la_premiere_erreur(
    espion: Any, caplog: pytest.LogCaptureFixture
) -> None:
    monde, espion.suppression_en_panne = Monde(), True
    with caplog.at_level(logging.ERROR), pytest.raises(DataError), transaction.atomic():
        deposer_piece(monde, "P" * 11)
    (reste,) = espion.noms()
    assert [trace.getMessage() for trace in caplog.records] == [
        f"Fichier sans ligne, resté dans le stockage : {reste}"
    ]


def _perdre_la_base(piece: Piece) -> None:
    """A connection lost at COMMIT: what was written is unknown, and asking again fails."""
    with transaction.atomic(), rangement() as etagere:
        etagere.ranger(piece.fichier, "a.pdf", io.BytesIO(b"a"))
        transaction.set_rollback(True)
        raise ZeroDivisionError


def test_base_qui_ne_repond_plus_garde_le_fichier_d_une_ligne_peut_etre_ecrite(
    espion: Any, caplog: pytest.LogCaptureFixture
) -> None:
    piece = Piece(dossier=Monde().dossier, code="P1", nom="a.pdf")
    with caplog.at_level(logging.ERROR), pytest.raises(ZeroDivisionError):
        _perdre_la_base(piece)
    assert espion.noms() == [f"pieces/{piece.dossier_id}/{piece.pk}"]
    assert "son fichier est gardé" in caplog.text


def test_effacer_un_fichier_absent_ne_leve_rien(espion: Any) -> None:
    effacer("pieces/absente")
    assert espion.noms() == []
