"""Writing the journal: inside a transaction only, and without hole nor double when many write at once."""

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from esms.journal.actions import inscrire
from esms.journal.chaine import verifier
from esms.journal.models import Entree
from tests.rigueur.courses import ensemble, sans, se_retrouver

ECRIVAINS = 8


@pytest.mark.django_db(transaction=True)
def test_inscrire_hors_transaction_refuse():
    with pytest.raises(TransactionManagementError, match="dans la transaction"):
        inscrire(chaine="essai:1", geste="creer", par=None, contenu={})
    assert Entree.objects.count() == 0


@pytest.mark.django_db
def test_inscrire_chaine_les_entrees():
    un = inscrire(chaine="essai:1", geste="creer", par=None, contenu={"a": 1})
    deux = inscrire(chaine="essai:1", geste="modifier", par=None, contenu={"a": 2})
    autre = inscrire(chaine="essai:2", geste="creer", par=None, contenu={})
    assert [(e.rang, e.precedente) for e in (un, deux, autre)] == [(1, ""), (2, un.empreinte), (1, "")]


@pytest.mark.django_db(transaction=True)
def test_inscrire_disparait_avec_l_action():
    with transaction.atomic():
        inscrire(chaine="essai:1", geste="creer", par=None, contenu={})
        transaction.set_rollback(True)
    assert Entree.objects.count() == 0


def ecrire(rang: int) -> int:
    with transaction.atomic():
        return inscrire(chaine="essai:course", geste="ecrire", par=None, contenu={"ecrivain": rang}).rang


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_inscrire_a_plusieurs_ne_laisse_ni_trou_ni_double():
    assert sorted(ensemble(ECRIVAINS, ecrire)) == list(range(1, ECRIVAINS + 1))
    entrees = list(Entree.objects.order_by("rang"))
    assert [e.rang for e in entrees] == list(range(1, ECRIVAINS + 1))
    assert {e.contenu["ecrivain"] for e in entrees} == set(range(ECRIVAINS))
    assert verifier(entrees) == []


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_inscrire_a_plusieurs_sans_verrou_perd_des_ecritures():
    """Negative control: the same race, the advisory lock taken out of the SQL of the very same code."""
    sans_verrou = sans("pg_advisory_xact_lock(hashtextextended(%s, 0))", "1, %s")
    lues_avant_d_ecrire = se_retrouver(ECRIVAINS, avant='INSERT INTO "journal_entree"', preparer=sans_verrou)
    resultats = ensemble(ECRIVAINS, ecrire, lues_avant_d_ecrire)
    pertes = [resultat for resultat in resultats if isinstance(resultat, IntegrityError)]
    assert (len(pertes), Entree.objects.count()) == (ECRIVAINS - 1, 1)
