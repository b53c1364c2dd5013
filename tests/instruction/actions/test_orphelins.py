"""Files that no row names: found on any storage, removed once old, and nothing else ever is."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import FileField

from esms.journal.models import Entree
from esms.socle.orphelins import AGE, Recensement, champs_de_fichier, recenser
from instruction.actions.orphelins import TropDOrphelins, retirer_les_orphelins
from instruction.actions.piece import joindre, retirer
from tests.fabriques import Monde, pdf
from tests.instruction.actions.test_stockage import seau, stockage

__all__ = ["seau", "stockage"]
pytestmark = pytest.mark.django_db
PLUS_TARD, BIEN_AVANT = datetime(2100, 1, 1, tzinfo=UTC), datetime(2000, 1, 1, tzinfo=UTC)


def ranger(nom: str = "") -> str:
    return default_storage.save(nom or f"pieces/{uuid4()}/{uuid4()}", ContentFile(b"octets"))


@pytest.fixture
def monde() -> Monde:
    return Monde()


def joindre_deux(monde: Monde) -> list[str]:
    """One in place, one withdrawn: both are named by their row."""
    noms = []
    for texte in ("Un", "Deux"):
        piece = joindre(
            dossier=monde.dossier, code="P1", nom="p.pdf", fichier=io.BytesIO(pdf(texte)), par=monde.porteur
        )
        noms.append(piece.fichier.name)
    retirer(piece=piece, par=monde.porteur)
    return noms


def test_seul_ce_que_rien_ne_cite_part_de_chaque_stockage(monde: Monde, stockage: str) -> None:
    cites, orphelin, a_la_main = joindre_deux(monde), ranger(), ranger("pieces/lisez-moi.txt")
    assert recenser(avant=PLUS_TARD) == Recensement(4, (orphelin,))
    assert retirer_les_orphelins(instant=PLUS_TARD, par=None) == 1
    assert [default_storage.exists(nom) for nom in (*cites, a_la_main, orphelin)] == [True, True, True, False]
    entree = Entree.objects.get(chaine="stockage")
    assert (entree.geste, entree.contenu) == (
        "retirer_les_orphelins",
        {"retires": 1, "restes": 0, "examines": 4},
    )
    assert retirer_les_orphelins(instant=PLUS_TARD, par=None) == 0
    assert Entree.objects.filter(chaine="stockage").count() == 1


def test_fichier_de_moins_d_un_jour_attend_sa_ligne() -> None:
    nom = ranger()
    range_le = default_storage.get_modified_time(nom)
    assert recenser(avant=BIEN_AVANT).orphelins == ()
    assert retirer_les_orphelins(instant=range_le + AGE, par=None) == 0
    assert retirer_les_orphelins(instant=range_le + AGE + timedelta(seconds=1), par=None) == 1


def test_chaque_champ_de_fichier_de_chaque_modele_est_lu() -> None:
    """The fields found are those that the models declare, and each keeps what its rows name."""
    declares = {
        f"{modele._meta.label}.{champ.name}"
        for modele in apps.get_models()
        for champ in modele._meta.get_fields()
        if isinstance(champ, FileField)
    }
    assert {f"{champ.model._meta.label}.{champ.name}" for champ in champs_de_fichier()} == declares
    assert {"instruction.Piece.fichier", "grappes.DocumentDeCampagne.fichier"} <= declares
    assert {champ.storage for champ in champs_de_fichier()} == {default_storage}


def test_base_qui_ne_connait_pas_le_stockage_ne_retire_rien(capsys: Any, monkeypatch: Any) -> None:
    """A database restored from before, or another one: what it does not know is not lost by accident."""
    noms = [ranger() for _ in range(21)]
    monkeypatch.setattr("instruction.actions.orphelins.AGE", -AGE)
    monkeypatch.setattr("instruction.management.commands.retirer_orphelins.AGE", -AGE)
    with pytest.raises(TropDOrphelins, match="21 fichiers sur 21"):
        retirer_les_orphelins(instant=PLUS_TARD, par=None)
    call_command("retirer_orphelins", "--essai")
    assert capsys.readouterr().out.splitlines()[:-1] == sorted(noms)
    with pytest.raises(CommandError, match="--meme-nombreux"):
        call_command("retirer_orphelins")
    assert all(default_storage.exists(nom) for nom in noms)
    call_command("retirer_orphelins", "--meme-nombreux")
    assert not any(default_storage.exists(nom) for nom in noms)
