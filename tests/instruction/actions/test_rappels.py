"""Reminders before the window closes: on their day or the next, once, to the second, in each time zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction

from esms.courriels.models import Courriel, Notification
from grappes.models import Campagne
from instruction.actions.rappels import brouillons_a_rappeler, rappeler
from instruction.etats import Etat
from instruction.taches import rappeler_les_brouillons
from tests import taches
from tests.fabriques import FICHE, GUADELOUPE, OCCITANIE, Monde, entree, etablissement, organisme
from tests.rigueur.courses import ensemble

FERME = date(2026, 6, 30)
PARIS, GUADELOUPE_A = ZoneInfo("Europe/Paris"), ZoneInfo("America/Guadeloupe")


def a(jour: date, heure: int = 9, zone: ZoneInfo = PARIS, minute: int = 0) -> datetime:
    return datetime(jour.year, jour.month, jour.day, heure, minute, tzinfo=zone)


def avant(jours: int, **heure: object) -> datetime:
    return a(FERME - timedelta(days=jours), **heure)  # type: ignore[arg-type]


def monde(edition: str = OCCITANIE, *, cree: datetime | None = None, **options: object) -> Monde:
    """A draft created well before the first reminder, in a campagne that closes on FERME."""
    with time_machine.travel(cree or avant(45), tick=False):
        joue = Monde(edition, **options)  # type: ignore[arg-type]
        multi = {"fermeture_multiregionale": FERME - timedelta(days=10)} if edition == OCCITANIE else {}
        recevabilite = FERME + timedelta(days=30)
        Campagne.objects.update(fermeture=FERME, recevabilite=recevabilite, **multi)
        return joue


def tourner(instant: datetime) -> list[str]:
    """What the hourly task writes at that instant: the subjects, one per person."""
    connus = set(Courriel.objects.values_list("pk", flat=True))
    with time_machine.travel(instant, tick=False):
        for dossier in brouillons_a_rappeler(instant):
            rappeler(dossier=dossier, instant=instant, par=None)
    return sorted(Courriel.objects.exclude(pk__in=connus).values_list("objet", flat=True))


def plus_que(delai: str) -> list[str]:
    return [f"Plus que {delai} pour déposer votre dossier"]


@pytest.mark.django_db
@pytest.mark.parametrize(("edition", "zone"), [(OCCITANIE, PARIS), (GUADELOUPE, GUADELOUPE_A)])
def test_rappel_part_a_chaque_seuil_une_fois(edition: str, zone: ZoneInfo) -> None:
    monde(edition)
    ecrits = {jours: tourner(avant(jours, zone=zone)) for jours in (31, 30, 29, 8, 7, 6, 3, 2, 1, 0, -1)}
    assert {jours: objets for jours, objets in ecrits.items() if objets} == {
        30: plus_que("30\u00a0jours"),
        7: plus_que("7\u00a0jours"),
        2: plus_que("2\u00a0jours"),
        1: plus_que("1\u00a0jour"),
    }


@pytest.mark.django_db
def test_rappel_rejoue_dans_la_journee_n_ecrit_rien_de_plus() -> None:
    monde()
    assert tourner(avant(7)) == plus_que("7\u00a0jours")
    assert [tourner(avant(7, heure=heure)) for heure in (10, 11, 23)] == [[], [], []]


@pytest.mark.django_db
def test_rappel_dit_les_parties_et_les_pieces_qui_manquent_sans_leur_contenu() -> None:
    joue = monde()
    with time_machine.travel(avant(40), tick=False):
        joue.ecrire("projet", {"contexte": "Madame Durand touche 1 200 €."})
    tourner(avant(7))
    courriel = Courriel.objects.get(gabarit="rappel_de_depot")
    assert (courriel.a, courriel.lien) == (joue.porteur.courriel, f"/dossiers/{joue.dossier.pk}/")
    manques = courriel.contexte["manques"]
    assert "Contacts\u00a0: 7\u00a0points" in manques
    assert [ligne[:9] for ligne in manques if ligne.startswith("Pièce")][:2] == ["Pièce P1 ", "Pièce P2 "]
    assert [ligne for ligne in manques if f"\n– {ligne}" not in courriel.texte] == []
    fin = "mardi 30\u00a0juin 2026 à 23\u00a0h\u00a059\u00a0min\u00a059\u00a0s (heure de Paris)"
    assert f"jusqu’au {fin}." in courriel.texte
    assert [secret for secret in ("Durand", "€", "1 200") if secret in courriel.texte] == []
    assert Notification.objects.get(courriel=courriel).utilisateur == joue.porteur


@pytest.mark.django_db
def test_rappel_d_un_dossier_complet_dit_qu_il_reste_a_le_deposer() -> None:
    joue = monde()
    with time_machine.travel(avant(40), tick=False):
        joue.completer()
    tourner(avant(7))
    courriel = Courriel.objects.get(gabarit="rappel_de_depot", a=joue.porteur.courriel)
    assert courriel.contexte["manques"] == []
    assert "Rien ne manque et le dossier est certifié\u00a0: il reste à le déposer." in courriel.texte
    with time_machine.travel(avant(3), tick=False):
        joue.ecrire("contacts", {**FICHE, "representant_fonction": "Vice-présidente"})
    tourner(avant(2))
    dernier = Courriel.objects.filter(gabarit="rappel_de_depot", a=joue.porteur.courriel).latest("cree_le")
    assert "il reste à faire certifier le dossier" in dernier.texte


@pytest.mark.django_db
def test_rappel_rattrape_le_jour_ou_la_tache_n_a_pas_tourne() -> None:
    monde()
    assert tourner(avant(27)) == plus_que("27\u00a0jours")  # nothing ran since the 30th day
    assert tourner(avant(7)) == plus_que("7\u00a0jours")
    assert tourner(avant(0, heure=22)) == plus_que("quelques heures")  # neither 2 nor 1: one, not two
    assert tourner(avant(0, heure=23)) == []


@pytest.mark.django_db
def test_rappel_ne_part_ni_apres_la_fin_ni_la_nuit() -> None:
    monde()
    assert tourner(avant(-1, heure=9)) == []
    assert tourner(avant(7, heure=6, minute=59)) == []
    assert tourner(avant(7, heure=7)) == plus_que("7\u00a0jours")


@pytest.mark.django_db
def test_rappel_suit_l_heure_de_l_ars() -> None:
    monde(GUADELOUPE)
    # Already the 7th day in Paris, still the 8th in Guadeloupe; then seven in the morning there.
    assert tourner(avant(8, heure=22, zone=GUADELOUPE_A)) == plus_que("8\u00a0jours")  # that of D-30
    assert tourner(avant(7, heure=6, zone=GUADELOUPE_A)) == []
    assert tourner(avant(7, heure=7, zone=GUADELOUPE_A)) == plus_que("7\u00a0jours")


def ailleurs() -> dict[str, object]:
    """An entry whose last ESSMS lies in another region."""
    entite = organisme()
    contenu = entree(entite, 14)
    autre = etablissement(organisme(2, "11"), 1)
    contenu["essms"].append({"finess_et": autre.finess_et, "operation": "acquisition"})
    contenu["organismes"].append({"finess_ej": autre.entite.finess_ej, "region": "11", "essms_geres": 20})
    return contenu


@pytest.mark.django_db
def test_projet_multiregional_a_sa_propre_fin() -> None:
    monde(contenu=ailleurs())
    assert tourner(avant(17)) == plus_que("7\u00a0jours")
    assert tourner(avant(7)) == []


@pytest.mark.django_db
def test_brouillon_devenu_multiregional_apres_un_rappel_general_a_encore_les_siens() -> None:
    joue = monde()
    assert tourner(avant(30)) == plus_que("30\u00a0jours")
    with time_machine.travel(avant(18), tick=False):
        autre = etablissement(organisme(2, "11"), 1)
        joue.dossier.grappe.essms.create(finess_et=autre.finess_et, operation="acquisition", region="11")
    assert tourner(avant(17)) == plus_que("7\u00a0jours")
    assert tourner(avant(12)) == plus_que("2\u00a0jours")
    assert (tourner(avant(12, heure=10)), tourner(avant(9))) == ([], [])


@pytest.mark.django_db
def test_prolongation_rappelle_de_nouveau_avant_la_nouvelle_fin() -> None:
    monde()
    assert tourner(avant(1)) == plus_que("1\u00a0jour")
    Campagne.objects.update(fermeture=FERME + timedelta(days=5), recevabilite=FERME + timedelta(days=60))
    assert tourner(avant(-3)) == plus_que("2\u00a0jours")
    assert tourner(avant(-4)) == plus_que("1\u00a0jour")


@pytest.mark.django_db
def test_brouillon_cree_apres_le_seuil_n_a_pas_le_rappel_de_ce_seuil() -> None:
    monde(cree=avant(20))
    assert tourner(avant(15)) == []
    assert tourner(avant(7)) == plus_que("7\u00a0jours")


@pytest.mark.django_db
def test_dossier_depose_n_est_pas_rappele() -> None:
    joue = monde()
    with time_machine.travel(avant(40), tick=False):
        joue.amener(Etat.DEPOSE)
    assert tourner(avant(7)) == []


@pytest.mark.django_db
def test_tache_horaire_confie_chaque_brouillon_a_une_tache() -> None:
    joue = monde()
    with time_machine.travel(avant(7), tick=False):
        rappeler_les_brouillons.func(0)
        assert taches.en_attente() == [("dossiers.rappeler_un", {"dossier": str(joue.dossier.pk)})]
        taches.jouer("dossiers.rappeler_un")
        taches.jouer("dossiers.rappeler_un")
    assert Courriel.objects.filter(gabarit="rappel_de_depot").count() == 1


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_rappels_a_la_fois_n_ecrivent_qu_une_fois() -> None:
    joue = monde()

    def courir(rang: int) -> int:
        with transaction.atomic():
            return len(rappeler(dossier=joue.dossier.pk, instant=avant(7), par=None))

    assert sum(ensemble(3, courir)) == 1
