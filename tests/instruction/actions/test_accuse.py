"""The receipt's PDF: made by a task, once, from what was sealed."""

import io
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from esms.journal.models import Entree
from instruction.actions.accuse import produire_le_pdf
from instruction.documents.accuse import rendre_accuse
from instruction.models import AccuseEnPdf
from tests.fabriques import GUADELOUPE, Monde


def _texte(octets: bytes) -> str:
    with pikepdf.open(io.BytesIO(octets)) as document:
        return str(document.docinfo.get("/Title"))


@pytest.mark.django_db
def test_depot_demande_le_pdf_dans_sa_transaction() -> None:
    monde = Monde()
    monde.deposer()
    taches = ProcrastinateJob.objects.filter(task_name="accuses.produire")
    assert [tache.args for tache in taches] == [{"accuse": monde.dossier.depot.accuse.pk}]


@pytest.mark.django_db
def test_pdf_fait_une_fois_avec_les_memes_octets() -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    accuse = monde.deposer().depot.accuse
    premier = produire_le_pdf(accuse=accuse.pk, par=None)
    assert produire_le_pdf(accuse=accuse.pk, par=None) == premier
    (entree,) = Entree.objects.filter(chaine=accuse.depot.dossier.chaine, geste="produire_accuse")
    assert (entree.par, entree.contenu["pdf"]) == (None, premier.sha256)
    with premier.fichier.open("rb") as fichier:
        assert fichier.read() == rendre_accuse(accuse)
    assert _texte(rendre_accuse(accuse)) == "Accusé de réception du dossier GUA-2022-0001"


@pytest.mark.django_db
def test_pdf_ne_se_retouche_pas_en_base() -> None:
    document = produire_le_pdf(accuse=Monde().deposer().depot.accuse.pk, par=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        AccuseEnPdf.objects.filter(pk=document.pk).update(sha256="0" * 64)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrence
def test_deux_taches_a_la_fois_gardent_un_seul_fichier() -> None:
    accuse = Monde().deposer().depot.accuse

    def faire(_: int) -> str:
        try:
            return produire_le_pdf(accuse=accuse.pk, par=None).fichier.name
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as equipe:
        noms = set(equipe.map(faire, range(4)))
    assert noms == {AccuseEnPdf.objects.get().fichier.name}
