"""Sending: what leaves, what is tried again, what is given up; a worker killed in the middle."""

import email
import email.policy
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from esms.courriels.actions.envoi import BAIL, envoyer, noter_l_echec, prendre
from esms.courriels.models import Courriel, Etat
from esms.courriels.reprises import DELAIS, ESSAIS_MAX, EchecDEnvoi
from esms.courriels.taches import reprendre_les_oublies
from tests import taches
from tests.esms.courriels.serveur import Serveur
from tests.fabriques import utilisateur

Ecrire = Callable[..., Courriel]


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Moves the clock forward."""
    depart = [timezone.now()]

    def avancer(duree: timedelta) -> None:
        depart[0] += duree

    monkeypatch.setattr(timezone, "now", lambda: depart[0])
    return avancer


@pytest.mark.django_db
def test_courriel_part_avec_le_lien_du_reglage_et_sans_hote_de_la_requete(
    smtp: Serveur, courriel: Ecrire
) -> None:
    ecrit = courriel()
    envoyer(ecrit.pk)
    (recu,) = smtp.recus
    message = email.message_from_bytes(recu, policy=email.policy.default)
    assert message["To"] == "personne@essais.example"
    assert message["From"] == "Portail <ne-pas-repondre@portail.example>"
    assert message["Subject"].strip() == "Le dossier est certifié, il reste à le déposer"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@portail.example>")
    corps = message.get_content().replace("\r\n", "\n")
    assert corps.startswith("Bonjour,\n\nAssociation « L’Été »\nOCC\n\nLe représentant légal")
    assert "Association « L’Été »" in corps
    assert "\nhttps://portail.example/dossiers/\n" in corps
    ecrit.refresh_from_db()
    assert (ecrit.etat, ecrit.essais, ecrit.pris_le, ecrit.erreur) == (Etat.ENVOYE, 1, None, "")


@pytest.mark.django_db
def test_lien_sans_lecteur_dans_le_portail_est_oublie_apres_l_envoi(smtp: Serveur, courriel: Ecrire) -> None:
    seul, notifie = courriel(lien="/jeton/secret/"), courriel(destinataire=utilisateur())
    envoyer(seul.pk)
    envoyer(notifie.pk)
    assert list(Courriel.objects.order_by("pk").values_list("lien", flat=True)) == ["/", "/dossiers/"]


@pytest.mark.django_db
def test_courriel_envoye_ne_repart_pas(smtp: Serveur, courriel: Ecrire) -> None:
    ecrit = courriel()
    envoyer(ecrit.pk)
    envoyer(ecrit.pk)
    assert len(smtp.recus) == 1


@pytest.mark.django_db
def test_echec_passager_est_repris_de_moins_en_moins_souvent_puis_abandonne(
    smtp: Serveur, courriel: Ecrire, horloge: Callable[[timedelta], None]
) -> None:
    smtp.reponses["RCPT"] = "451 personne@essais.example plus tard"
    ecrit = courriel()
    attentes = []
    for _ in range(ESSAIS_MAX - 1):
        with pytest.raises(EchecDEnvoi) as echec:
            envoyer(ecrit.pk)
        assert str(echec.value) == "SMTPRecipientsRefused"
        assert echec.value.__context__ is None or echec.value.__suppress_context__
        attentes.append(echec.value.dans)
        ecrit.refresh_from_db()
        assert ecrit.etat == Etat.A_REPRENDRE
        horloge(echec.value.dans)
    envoyer(ecrit.pk)
    ecrit.refresh_from_db()
    assert tuple(attentes) == DELAIS == tuple(sorted(DELAIS))
    assert (ecrit.etat, ecrit.essais, ecrit.erreur) == (Etat.ABANDONNE, ESSAIS_MAX, "SMTPRecipientsRefused")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("commande", "reponse", "etat"),
    [
        ("RCPT", "550 inconnu", Etat.ABANDONNE),
        ("DATA", "554 refusé", Etat.ABANDONNE),
        ("DATA", "451 plus tard", Etat.A_REPRENDRE),
        ("MAIL", "550 expéditeur", Etat.A_REPRENDRE),  # ours: the operator's mistake
    ],
)
def test_refus_du_serveur_est_definitif_s_il_le_dit(
    smtp: Serveur, courriel: Ecrire, commande: str, reponse: str, etat: Etat
) -> None:
    smtp.reponses[commande] = reponse
    ecrit = courriel()
    if etat == Etat.A_REPRENDRE:
        with pytest.raises(EchecDEnvoi):
            envoyer(ecrit.pk)
    else:
        envoyer(ecrit.pk)
    ecrit.refresh_from_db()
    assert (ecrit.etat, "@" in ecrit.erreur, smtp.recus) == (etat, False, [])


@pytest.mark.django_db
def test_adresse_impossible_est_abandonnee(smtp: Serveur, courriel: Ecrire) -> None:
    ecrit = courriel(a="a@b.example\nBcc: c@d.example")
    envoyer(ecrit.pk)
    ecrit.refresh_from_db()
    assert (ecrit.etat, ecrit.erreur, smtp.recus) == (Etat.ABANDONNE, "ValueError", [])


@pytest.mark.django_db
def test_courriel_pris_par_un_autre_attend_la_fin_de_son_bail(
    smtp: Serveur, courriel: Ecrire, horloge: Callable[[timedelta], None]
) -> None:
    ecrit = courriel()
    assert prendre(ecrit.pk) is not None
    horloge(timedelta(minutes=1))
    with pytest.raises(EchecDEnvoi) as attente:
        envoyer(ecrit.pk)
    assert (attente.value.dans, smtp.recus) == (BAIL - timedelta(minutes=1), [])
    horloge(BAIL)
    envoyer(ecrit.pk)
    ecrit.refresh_from_db()
    assert (ecrit.etat, ecrit.essais, len(smtp.recus)) == (Etat.ENVOYE, 2, 1)


@pytest.mark.django_db
def test_echec_d_un_bail_perdu_ne_change_rien(
    smtp: Serveur, courriel: Ecrire, horloge: Callable[[timedelta], None]
) -> None:
    perdu = prendre(courriel().pk)
    assert perdu is not None
    horloge(BAIL)
    envoyer(perdu.pk)
    assert noter_l_echec(perdu, TimeoutError()) is None
    perdu.refresh_from_db()
    assert perdu.etat == Etat.ENVOYE


@pytest.mark.django_db
def test_courriel_sans_tache_en_retrouve_une(courriel: Ecrire, horloge: Callable[[timedelta], None]) -> None:
    oublie, suivi = courriel(), courriel()
    with connection.cursor() as curseur:
        curseur.execute("DELETE FROM procrastinate_jobs WHERE args->>'courriel' = %s", [str(oublie.pk)])
    reprendre_les_oublies.func(0)
    assert len(taches.en_attente("courriels.envoyer")) == 1  # too young to be forgotten
    horloge(timedelta(hours=1))
    reprendre_les_oublies.func(0)
    reprendre_les_oublies.func(0)
    assert [a["courriel"] for _, a in taches.en_attente("courriels.envoyer")] == [suivi.pk, oublie.pk]


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_executant_envoie_ce_qui_attend_et_programme_la_reprise(smtp: Serveur, courriel: Ecrire) -> None:
    smtp.reponses["DATA"] = "451 plus tard"
    ecrit = courriel()
    taches.executer("courriels")
    (tache,) = ProcrastinateJob.objects.filter(task_name="courriels.envoyer")
    assert tache.status == "todo"
    assert isinstance(tache.scheduled_at, datetime)
    assert timedelta(seconds=50) < tache.scheduled_at - timezone.now() <= DELAIS[0]
    ecrit.refresh_from_db()
    assert (ecrit.etat, ecrit.essais) == (Etat.A_REPRENDRE, 1)
    smtp.reponses.clear()
    with connection.cursor() as curseur:
        curseur.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    taches.executer("courriels")
    ecrit.refresh_from_db()
    assert (ecrit.etat, ecrit.essais, len(smtp.recus)) == (Etat.ENVOYE, 2, 1)


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_executants_a_plusieurs_envoient_chaque_courriel_une_fois(smtp: Serveur, courriel: Ecrire) -> None:
    for _ in range(12):
        courriel()
    taches.executer("courriels", concurrence=4)
    assert len(smtp.recus) == 12
    assert set(Courriel.objects.values_list("etat", "essais")) == {(Etat.ENVOYE, 1)}


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_executant_tue_au_milieu_d_un_envoi_est_repris(smtp: Serveur, courriel: Ecrire) -> None:
    smtp.lenteur = 30.0
    ecrit = courriel()
    mourant = _executant(smtp)
    try:
        _attendre(lambda: Courriel.objects.get(pk=ecrit.pk).etat == Etat.EN_COURS)
    finally:
        os.kill(mourant.pid, signal.SIGKILL)
        mourant.wait()
    smtp.lenteur = 0.0
    # Its silence and its lease run out: half a minute for the queue, ten for the row.
    with connection.cursor() as curseur:
        curseur.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    Courriel.objects.filter(pk=ecrit.pk).update(pris_le=timezone.now() - BAIL)
    assert [t.status for t in ProcrastinateJob.objects.filter(task_name="courriels.envoyer")] == ["doing"]
    taches.executer("entretien")  # asked for every minute: the dead worker's clock had done it
    taches.executer("courriels")
    ecrit.refresh_from_db()
    assert (ecrit.etat, ecrit.essais, len(smtp.recus)) == (Etat.ENVOYE, 2, 1)


def _executant(smtp: Serveur) -> subprocess.Popen[bytes]:
    """The worker of production, as a process, on the database of the tests."""
    base = connection.get_connection_params()
    acces = urlencode({cle: base[cle] for cle in ("host", "port", "user", "password") if base.get(cle)})
    environnement = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"postgresql:///{base['dbname']}?{acces}",
        "ESMS_COURRIEL": "smtp",
        "ESMS_COURRIEL_TLS": "non",
        "ESMS_COURRIEL_HOTE": "127.0.0.1",
        "ESMS_COURRIEL_PORT": str(smtp.port),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker", "--queues", "courriels"],
        cwd=Path(__file__).parents[3],
        env=environnement,
        stderr=subprocess.DEVNULL,
    )


def _attendre(condition: Callable[[], bool]) -> None:
    limite = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < limite
        time.sleep(0.1)
