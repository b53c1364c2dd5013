"""The database refuses to change, delete or empty the journal."""

import pytest
from django.db import IntegrityError, connection, transaction

from esms.journal.actions import inscrire
from esms.journal.models import Entree

pytestmark = pytest.mark.django_db
MESSAGE = "Le journal ne se modifie pas, ne s'efface pas et ne se vide pas : on y ajoute seulement."


@pytest.fixture
def entree() -> Entree:
    ecrite = inscrire(chaine="essai:1", geste="creer", par=None, contenu={"montant": "1.00"})
    with connection.cursor() as curseur:  # else TRUNCATE would be refused for another reason
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return ecrite


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE journal_entree SET geste = 'autre'",
        "UPDATE journal_entree SET contenu = '{}' WHERE rang = 1",
        "DELETE FROM journal_entree",
        "DELETE FROM journal_entree WHERE chaine = 'essai:1'",
        "TRUNCATE journal_entree",
        "TRUNCATE journal_entree CASCADE",
    ],
)
def test_journal_refuse_le_sql_direct(entree, ordre):
    with pytest.raises(IntegrityError) as erreur, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
    assert str(erreur.value).splitlines()[0] == MESSAGE
    assert list(Entree.objects.values_list("geste", "contenu")) == [("creer", {"montant": "1.00"})]


def test_journal_refuse_l_orm(entree):
    entree.geste = "autre"
    for ecrire in (entree.save, entree.delete, Entree.objects.all().delete):
        with pytest.raises(IntegrityError, match="on y ajoute seulement"), transaction.atomic():
            ecrire()
    assert Entree.objects.get().geste == "creer"
