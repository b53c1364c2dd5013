"""A draft never filed goes a year after its campagne, its porteur warned; what was filed never does."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from esms.courriels.models import Courriel, Notification
from esms.journal.models import Entree
from grappes.models import Campagne, EssmsDeGrappe, Grappe
from instruction.actions.garde import verrouiller
from instruction.actions.message import Fichier, ecrire_message
from instruction.actions.purge import ANNONCE, EFFACEMENT, avancer_l_effacement, brouillons_perimes
from instruction.actions.retrait import retirer_depot
from instruction.models import Dossier, Message, Piece, PieceDeMessage, VersionDeSection
from instruction.taches import effacer_les_brouillons_perimes
from instruction.views.cadre import geste_sur
from tests import taches
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde, ouvrir_session, pdf

FERME = date(2026, 6, 30)
PREMIER_JOUR = date(2027, 7, 1)  # a year after, the day that follows
PARIS, GUADELOUPE_A = ZoneInfo("Europe/Paris"), ZoneInfo("America/Guadeloupe")


def monde(edition: str = OCCITANIE, *, rang: int = 1, depose: bool = False) -> Monde:
    """A draft, with its exchange with the ARS, in a campagne that closed on FERME."""
    with time_machine.travel(datetime(2026, 5, 15, 9, tzinfo=PARIS), tick=False):
        joue = Monde(edition, rang=rang)
        multi = {"fermeture_multiregionale": FERME} if edition == OCCITANIE else {}
        Campagne.objects.update(fermeture=FERME, recevabilite=FERME + timedelta(days=30), **multi)
        ecrire_message(
            dossier=joue.dossier,
            identifiant=uuid4(),
            texte="Faut-il joindre le devis ?",
            fichiers=[Fichier("devis.pdf", io.BytesIO(pdf("devis")))],
            par=joue.porteur,
        )
        if depose:
            joue.deposer()
        return joue


def tourner(jour: date, heure: int = 9, zone: ZoneInfo = PARIS) -> list[str]:
    """What the daily task does then."""
    instant = datetime(jour.year, jour.month, jour.day, heure, tzinfo=zone)
    with time_machine.travel(instant, tick=False):
        return [
            fait
            for dossier in brouillons_perimes(instant)
            if (fait := avancer_l_effacement(dossier=dossier, instant=instant, par=None))
        ]


@pytest.mark.django_db
def test_porteur_est_averti_trente_jours_avant_et_une_fois() -> None:
    joue = monde()
    essais = [PREMIER_JOUR - timedelta(days=jours) for jours in (200, 31, 30, 29, 1)]
    assert [tourner(jour) for jour in essais] == [[], [], [ANNONCE], [], []]
    courriel = Courriel.objects.get(gabarit="brouillon_a_effacer", a=joue.porteur.courriel)
    assert "à partir du 1er\u00a0juillet 2027, avec ses pièces" in courriel.texte
    assert Notification.objects.get(courriel=courriel).utilisateur == joue.porteur


@pytest.mark.django_db
def test_brouillon_averti_s_efface_en_entier_et_le_journal_reste(
    django_capture_on_commit_callbacks: Any,
) -> None:
    joue = monde()
    with time_machine.travel(datetime(2026, 5, 16, 9, tzinfo=PARIS), tick=False):
        joue.completer()
    modeles = (Piece, PieceDeMessage)
    fichiers = [nom for modele in modeles for nom in modele.objects.values_list("fichier", flat=True)]
    assert len(fichiers) > 1
    chaine, annoncees = joue.dossier.chaine, Entree.objects.filter(chaine=joue.dossier.chaine).count() + 2
    tourner(PREMIER_JOUR - timedelta(days=30))
    with django_capture_on_commit_callbacks(execute=True):
        assert tourner(PREMIER_JOUR) == [EFFACEMENT]
    restes = (Dossier, Grappe, EssmsDeGrappe, VersionDeSection, Piece, PieceDeMessage, Message)
    assert [modele.objects.count() for modele in restes] == [0] * len(restes)
    assert not Courriel.objects.filter(chaine=chaine).exists()
    assert [nom for nom in fichiers if default_storage.exists(nom)] == []
    entrees = Entree.objects.filter(chaine=chaine).order_by("rang")
    assert (entrees.count(), entrees.last().geste) == (annoncees, EFFACEMENT)  # type: ignore[union-attr]
    assert tourner(PREMIER_JOUR) == []


@pytest.mark.django_db
def test_avertissement_en_retard_laisse_encore_trente_jours() -> None:
    monde()
    tard = PREMIER_JOUR + timedelta(days=100)
    faits = [tourner(tard + timedelta(days=jours)) for jours in (0, 29, 30)]
    assert faits == [[ANNONCE], [], [EFFACEMENT]]


@pytest.mark.django_db
def test_jour_est_celui_de_l_ars() -> None:
    monde(GUADELOUPE)
    tourner(PREMIER_JOUR - timedelta(days=30), zone=GUADELOUPE_A)
    assert tourner(PREMIER_JOUR, heure=5) == []  # still the day before in Guadeloupe
    assert tourner(PREMIER_JOUR, heure=5, zone=GUADELOUPE_A) == [EFFACEMENT]


@pytest.mark.django_db
def test_campagne_prolongee_apres_l_avertissement_garde_le_brouillon() -> None:
    monde()
    tourner(PREMIER_JOUR - timedelta(days=30))
    Campagne.objects.update(fermeture=FERME + timedelta(days=90), recevabilite=None)
    assert tourner(PREMIER_JOUR) == []


@pytest.mark.django_db
@pytest.mark.parametrize("retire", [False, True])
def test_ce_qui_a_ete_depose_ne_s_efface_pas(retire: bool) -> None:
    joue = monde(depose=True)
    if retire:
        with time_machine.travel(datetime(2026, 5, 16, 9, tzinfo=PARIS), tick=False):
            retirer_depot(dossier=joue.dossier, par=joue.porteur)
    assert [tourner(PREMIER_JOUR + timedelta(days=jours)) for jours in (0, 400)] == [[], []]


EFFACER = """DELETE FROM instruction_piecedemessage WHERE message_id IN (
    SELECT id FROM instruction_message WHERE dossier_id = %s)"""
MODIFIER = "UPDATE instruction_message SET texte = 'x' WHERE dossier_id = %s"


@pytest.mark.django_db
def test_base_n_efface_que_le_brouillon_nomme_par_la_transaction() -> None:
    """Neither without naming it, nor another one's, nor once it has a number; nor a change, ever."""
    depose, brouillon = monde(depose=True).dossier.pk, monde(rang=2).dossier.pk
    refuses = [
        (None, brouillon, EFFACER),
        (depose, brouillon, EFFACER),
        (depose, depose, EFFACER),
        (brouillon, brouillon, MODIFIER),
    ]
    for nomme, touche, ordre in refuses:
        with pytest.raises(Error, match="ne se modifie ni ne s’efface"), transaction.atomic():
            _executer(nomme, touche, ordre)
    _executer(brouillon, brouillon, EFFACER)
    assert PieceDeMessage.objects.get().message.dossier_id == depose


def _executer(nomme: UUID | None, touche: UUID, ordre: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT set_config('esms.brouillon_a_effacer', %s::text, true)", [str(nomme or "")])
        curseur.execute(ordre, [touche])


@pytest.mark.django_db
def test_tache_du_jour_avance_chaque_brouillon() -> None:
    monde()
    with time_machine.travel(datetime(2027, 6, 10, 9, tzinfo=PARIS), tick=False):
        effacer_les_brouillons_perimes(timestamp=0)
        taches.jouer("dossiers.avancer_un_effacement")
    assert Entree.objects.filter(geste=ANNONCE).count() == 1


@pytest.mark.django_db
def test_page_du_brouillon_dit_son_effacement_une_fois_l_appel_clos(client: Client) -> None:
    joue = monde()
    pages = []
    for jour in (FERME, FERME + timedelta(days=1)):
        with time_machine.travel(datetime(jour.year, jour.month, jour.day, 12, tzinfo=PARIS), tick=False):
            ouvrir_session(client, joue.porteur)
            pages.append(client.get(joue.dossier.get_absolute_url()).content.decode())
    assert ["à partir du <strong>1er\u00a0juillet 2027</strong>" in page for page in pages] == [False, True]


@pytest.mark.django_db
def test_geste_sur_un_brouillon_efface_entre_temps_est_introuvable(rf: RequestFactory) -> None:
    @geste_sur
    def vue(request: Any, pk: UUID) -> HttpResponse:
        verrouiller(Dossier(pk=pk))
        return HttpResponse()

    with pytest.raises(Http404):
        vue(rf.post("/"), uuid4())
