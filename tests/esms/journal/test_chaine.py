"""Tampering that a chain finds by itself, once the database's guard has been taken away.

Two forgeries leave a chain that holds: its tail cut off, and all of it written again with fresh hashes.
Two tests say so; test_falsifications.py shows that the daily roots find them.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.journal.chaine import sceller, verifier
from esms.journal.models import Entree

pytestmark = pytest.mark.django_db


@pytest.fixture
def sans_garde() -> None:
    """What the owner of the table could do: switch the trigger off. Undone with the test's transaction."""
    with connection.cursor() as curseur:
        curseur.execute("ALTER TABLE journal_entree DISABLE TRIGGER journal_ajout_seulement")


@pytest.fixture
def chaines(sans_garde: None) -> None:
    agent = Utilisateur.objects.create_user("agent@exemple.fr", nom="Agent")
    for chaine in ("dossier:a", "dossier:b"):
        for rang in range(1, 5):
            inscrire(chaine=chaine, geste=f"geste_{rang}", par=agent, contenu={"montant": f"{rang}.00"})


def entree(rang: int, chaine: str = "dossier:a") -> Entree:
    return Entree.objects.get(chaine=chaine, rang=rang)


def anomalies() -> list[tuple[str, int, str]]:
    return [(a.chaine, a.rang, a.motif) for a in verifier(Entree.objects.order_by("chaine", "rang"))]


def modifier(**champs: object) -> None:
    Entree.objects.filter(pk=entree(2).pk).update(**champs)


def echanger() -> None:
    deux, trois = entree(2), entree(3)
    Entree.objects.filter(pk=deux.pk).update(rang=99)
    Entree.objects.filter(pk=trois.pk).update(rang=2)
    Entree.objects.filter(pk=deux.pk).update(rang=3)


def inserer() -> None:
    for rang in (4, 3):
        Entree.objects.filter(chaine="dossier:a", rang=rang).update(rang=rang + 1)
    intruse = Entree(
        chaine="dossier:a",
        rang=3,
        le=entree(2).le,
        geste="intrus",
        contenu={},
        precedente=entree(2).empreinte,
    )
    intruse.empreinte = sceller(intruse)
    intruse.save(force_insert=True)


def test_chaine_intacte(chaines):
    assert anomalies() == []


@pytest.mark.parametrize(
    ("falsifier", "attendues"),
    [
        pytest.param(
            lambda: modifier(contenu={"montant": "9.00"}), [(2, "contenu modifié")], id="valeur_changee"
        ),
        pytest.param(lambda: modifier(geste="autre"), [(2, "contenu modifié")], id="geste_change"),
        pytest.param(lambda: modifier(par=None), [(2, "contenu modifié")], id="auteur_efface"),
        pytest.param(
            lambda: modifier(le=entree(2).le - timedelta(days=30)),
            [(2, "contenu modifié"), (2, "datée d’avant l’entrée précédente")],
            id="antidatee",
        ),
        pytest.param(
            lambda: entree(2).delete(),
            [(3, "rang 2 attendu"), (3, "ne suit pas l’entrée précédente")],
            id="ligne_retiree_au_milieu",
        ),
        pytest.param(
            lambda: entree(1).delete(),
            [(2, "rang 1 attendu"), (2, "ne suit pas l’entrée précédente")],
            id="ligne_retiree_en_tete",
        ),
        pytest.param(
            echanger,
            [
                (2, "ne suit pas l’entrée précédente"),
                (2, "contenu modifié"),
                (3, "ne suit pas l’entrée précédente"),
                (3, "contenu modifié"),
                (4, "ne suit pas l’entrée précédente"),
            ],
            id="lignes_echangees",
        ),
        pytest.param(
            inserer,
            [(4, "ne suit pas l’entrée précédente"), (4, "contenu modifié"), (5, "contenu modifié")],
            id="ligne_inseree",
        ),
    ],
)
def test_chaine_falsifiee_est_trouvee(
    chaines, falsifier: Callable[[], object], attendues: list[tuple[int, str]]
):
    falsifier()
    assert anomalies() == [("dossier:a", rang, motif) for rang, motif in attendues]


def test_chaine_une_empreinte_refaite_se_voit_a_la_suivante(chaines):
    fausse = entree(2)
    fausse.contenu = {"montant": "9.00"}
    modifier(contenu=fausse.contenu, empreinte=sceller(fausse))
    assert anomalies() == [("dossier:a", 3, "ne suit pas l’entrée précédente")]


def test_chaine_queue_coupee_tient_encore(chaines):
    """Known limit of a chain: nothing in it remembers how long the chain was."""
    entree(4).delete()
    assert anomalies() == []


def test_chaine_entierement_reecrite_tient_encore(chaines):
    """Known limit of a chain: whoever writes all the hashes again leaves a chain that holds."""
    precedente = ""
    for rang in range(1, 5):
        faux = entree(rang)
        faux.contenu, faux.precedente = {"montant": "9.00"}, precedente
        faux.empreinte = precedente = sceller(faux)
        faux.save()
    assert anomalies() == []


def test_chaine_une_entree_ajoutee_avec_une_date_ancienne_se_voit(chaines):
    """Its hashes are right: only its date, before that of the entry it follows, gives it away."""
    derniere = entree(4)
    intruse = Entree(
        chaine="dossier:a",
        rang=5,
        le=derniere.le - timedelta(days=1),
        geste="intrus",
        contenu={},
        precedente=derniere.empreinte,
    )
    intruse.empreinte = sceller(intruse)
    intruse.save(force_insert=True)
    assert anomalies() == [("dossier:a", 5, "datée d’avant l’entrée précédente")]
