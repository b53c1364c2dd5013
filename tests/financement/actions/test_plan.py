"""Freezing a plan: sealed, once per content, refused when it does not add up; and playing it again."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from esms import aap
from esms.journal.models import Entree
from esms.socle.dates import jour
from financement.actions.plan import Rejeu, rejouer
from financement.actions.refus import GesteRefuse
from financement.models import Plan
from financement.simulation import Resultat, completer, evaluer, lire, simuler
from grappes.models import Grappe
from grappes.requetes import ReferentielFiness
from grappes.requetes_campagnes import edition_de
from tests.financement import mondes

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return mondes.compte("Valérie Deur", "valideur", "76")


@pytest.fixture
def projet() -> Grappe:
    return mondes.grappe(mondes.campagne(), range(1, 4))


def resultat_de(projet: Grappe) -> Resultat:
    return simuler(mondes.entree_de(projet), ReferentielFiness())


def test_figer_garde_ce_que_dit_le_moteur(projet, agent):
    calcul = resultat_de(projet)
    plan, resultat = mondes.figer_le_resultat(projet, agent, calcul), calcul.en_json()
    relu = Plan.objects.get()
    assert (relu.edition, relu.version_regles) == ("occitanie-2025", aap.edition("occitanie-2025").version)
    assert (relu.entree, relu.registre, relu.resultat) == (
        calcul.entree_complete(),
        calcul.registre(),
        resultat,
    )
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
    calcul = resultat_de(projet)
    fausse = calcul.en_json()
    fausser(fausse)
    with pytest.raises(GesteRefuse) as refus:
        mondes.figer_le_resultat(projet, agent, calcul, resultat=fausse)
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


def test_rejouer_ne_depend_pas_du_referentiel_du_jour(projet, agent):
    """Category, organism and seat changed, one ESSMS closed: the decision stays what it was."""
    plan = mondes.plan(projet, agent, mondes.entree_de(projet, amoa={"pilotage": True}))
    autre = mondes.organisme(900_001, "Association Les Ormes")
    mondes.organisme().etablissements.update(
        categorie="101", region="84", ferme_le=date(2020, 1, 31), entite=autre
    )
    assert rejouer(plan) == Rejeu(True, "Le moteur rend le même résultat, ligne à ligne.")


def test_rejouer_retrouve_une_fermeture_connue_alors(projet, agent):
    """The contract's entry cannot carry a closing date: the plan keeps it beside."""
    etablissements = mondes.organisme().etablissements
    etablissements.filter(finess_et=projet.essms.first().finess_et).update(ferme_le=date(2020, 1, 31))
    plan = mondes.plan(projet, agent)
    assert [c["verdict"] for c in plan.resultat["controles"] if c["regle"] == "E1"] == ["bloquant"]
    etablissements.update(ferme_le=None)
    assert rejouer(plan).conforme is True


def test_rejouer_prend_les_dates_de_la_campagne(projet, agent):
    depose_le = f"{projet.campagne.ouverture}T12:00:00+02:00"
    saisie = lire(mondes.entree_de(projet, depose_le=depose_le))
    regles = edition_de(projet.campagne)
    plan = mondes.figer_le_resultat(projet, agent, evaluer(completer(saisie, ReferentielFiness()), regles))
    assert [c["verdict"] for c in plan.resultat["controles"] if c["regle"] == "C1"] == ["conforme"]
    assert rejouer(plan).conforme is True


def test_rejouer_dit_que_la_nomenclature_a_change(projet, agent):
    calcul = resultat_de(projet)
    avec_une_autre = {**calcul.registre(), "nomenclature": "0" * 64}
    change = {**calcul.en_json(), "controles": []}
    plan = mondes.figer_le_resultat(projet, agent, calcul, registre=avec_une_autre, resultat=change)
    assert rejouer(plan) == Rejeu(
        False,
        "Avec les mêmes règles, le moteur rend un autre résultat\u00a0: la nomenclature des catégories "
        f"FINESS a changé depuis le {jour(plan.fige_le)}.",
    )


def test_rejouer_dit_que_le_moteur_a_change(projet, agent):
    calcul = resultat_de(projet)
    plan = mondes.figer_le_resultat(projet, agent, calcul, resultat={**calcul.en_json(), "controles": []})
    assert rejouer(plan) == Rejeu(
        False,
        "Avec les mêmes règles et les mêmes données, le moteur rend un autre résultat\u00a0: le moteur, ou "
        "les dates de la campagne, ont changé.",
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
        f"Le fichier de règles a changé depuis le {jour(plan.fige_le)}",
    )
