"""Freezing a plan: sealed, once per content, refused when it does not add up; and playing it again."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from esms import aap
from esms.journal.models import Entree
from financement.actions.plan import figer, rejouer
from financement.actions.refus import GesteRefuse
from financement.models import Plan
from financement.simulation import simuler
from grappes.models import Grappe
from grappes.requetes import ReferentielFiness
from tests.financement import mondes

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return mondes.compte("Valérie Deur", "valideur", "76")


@pytest.fixture
def projet() -> Grappe:
    return mondes.grappe(mondes.campagne(), range(1, 4))


def resultat_de(projet: Grappe) -> dict:
    return simuler(mondes.entree_de(projet), ReferentielFiness()).en_json()


def test_figer_garde_ce_que_dit_le_moteur(projet, agent):
    resultat = resultat_de(projet)
    plan = figer(grappe=projet, entree=mondes.entree_de(projet), resultat=resultat, par=agent)
    relu = Plan.objects.get()
    assert (relu.edition, relu.version_regles) == ("occitanie-2025", aap.edition("occitanie-2025").version)
    assert relu.resultat == resultat
    assert (
        relu.total
        == Decimal(resultat["synthese"]["total"])
        == sum(Decimal(v["montant"]) for v in resultat["versements"])
    )
    assert relu.sceller() == relu.empreinte == plan.empreinte
    assert [(e.geste, e.par_id) for e in Entree.objects.order_by("rang")] == [("figer_plan", agent.pk)]


def test_figer_garde_les_conditions_de_l_edition(projet, agent):
    conditions = mondes.plan(projet, agent).conditions
    edition = aap.edition("occitanie-2025")
    assert conditions["versements"]["article"] == edition.versements.article
    assert [part["part"] for part in conditions["versements"]["cle"]] == ["1/2", "1/2"]
    assert [i["regle"] for i in conditions["cibles"]["indicateurs"]] == [
        i.regle for i in edition.cibles.indicateurs
    ]
    assert [i["cible"] for i in conditions["cibles"]["indicateurs"]] == [
        "70",
        "70",
        "90",
        "90",
        "90",
        None,
        None,
    ]


def test_figer_deux_fois_le_meme_contenu_ne_fait_qu_un_plan(projet, agent):
    un, deux = mondes.plan(projet, agent), mondes.plan(projet, agent)
    assert (un.pk, Plan.objects.count(), Entree.objects.count()) == (deux.pk, 1, 1)


@pytest.mark.parametrize(
    ("fausser", "phrase"),
    [
        (lambda r: r["lignes"].pop(), "La somme des lignes n’est pas le total."),
        (lambda r: r["versements"].pop(), "La somme des versements n’est pas le total."),
        (
            lambda r: r.update(version_regles="0" * 64),
            "Le calcul a été fait avec une autre version des règles\u00a0: recalculez-le.",
        ),
        (
            lambda r: r.update(aap="guadeloupe-2022"),
            "Le calcul ne porte pas sur l’appel à projets de la grappe.",
        ),
    ],
)
def test_figer_un_resultat_fausse_est_refuse(projet, agent, fausser, phrase):
    resultat = resultat_de(projet)
    fausser(resultat)
    with pytest.raises(GesteRefuse) as refus:
        figer(grappe=projet, entree=mondes.entree_de(projet), resultat=resultat, par=agent)
    assert refus.value.phrases == (phrase,)
    assert (Plan.objects.count(), Entree.objects.count()) == (0, 0)


@pytest.mark.parametrize("ordre", ["UPDATE financement_plan SET total = 1", "DELETE FROM financement_plan"])
def test_plan_fige_la_base_refuse_d_y_toucher(projet, agent, ordre):
    mondes.plan(projet, agent)
    refus = pytest.raises(IntegrityError, match="Un plan de financement figé ne se modifie pas")
    with refus, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
    assert Plan.objects.count() == 1


def test_rejouer_un_plan_conforme(projet, agent):
    assert rejouer(mondes.plan(projet, agent)).conforme is True


def test_rejouer_dit_que_le_referentiel_a_change(projet, agent):
    plan = mondes.plan(projet, agent, mondes.entree_de(projet, amoa={"pilotage": True}))
    mondes.organisme().etablissements.update(categorie="101")
    rejeu = rejouer(plan)
    assert (rejeu.conforme, rejeu.explication) == (
        False,
        "Avec les mêmes règles, le moteur rend un autre résultat\u00a0: le référentiel a changé.",
    )


def test_rejouer_dit_que_le_fichier_de_regles_a_change(projet, agent, tmp_path, monkeypatch):
    autre = tmp_path / "fictive-2030.toml"
    source = Path(aap.catalogue.DOSSIER / "occitanie-2025.toml").read_text()
    autre.write_text(source)
    monkeypatch.setenv("ESMS_AAP_DIRS", str(tmp_path))
    campagne = mondes.campagne(sigle="FIC-2030", ars="99", edition="fictive-2030")
    plan = mondes.plan(mondes.grappe(campagne, range(1, 4)), agent)
    assert rejouer(plan).conforme is True
    nouveau = tmp_path / "nouveau"
    nouveau.mkdir()
    (nouveau / "fictive-2030.toml").write_text(source + "\n# corrigé\n")
    monkeypatch.setenv("ESMS_AAP_DIRS", str(nouveau))
    rejeu = rejouer(plan)
    assert (rejeu.conforme, rejeu.explication.split("\u00a0:")[0]) == (
        False,
        f"Le fichier de règles a changé depuis le {plan.fige_le:%d/%m/%Y}",
    )
