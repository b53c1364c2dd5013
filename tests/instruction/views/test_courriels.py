"""The outbox of the agents: whose e-mails, which filters, asking again once, constant queries."""

import re
import smtplib
import ssl
from datetime import timedelta
from socket import gaierror
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from esms.comptes.models import ROLES_AGENT, ROLES_ARS, ROLES_ORGANISME, Role, Utilisateur
from esms.courriels.actions.ecriture import ecrire
from esms.courriels.models import Courriel, Etat
from esms.journal.models import Entree
from instruction.actions.avertir import avertir_porteur
from instruction.etats import Etat as EtatDossier
from instruction.presentation.courriels import derniere_erreur
from tests import taches
from tests.fabriques import Monde, agent, rattacher, utilisateur

pytestmark = pytest.mark.django_db
NOMBRE = 3_000
# A page: fifty e-mails and their dossiers, what says whether each is filed, ninety-nine failures likewise.
LUES_MAX = 500
COPIER = """
INSERT INTO courriels_courriel ({champs})
SELECT {valeurs} FROM courriels_courriel modele, generate_series(1, %s) rang WHERE modele.id = %s
"""
LUES = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"


@pytest.fixture
def monde() -> Monde:
    joue = Monde()
    joue.amener(EtatDossier.DEPOSE)
    return joue


def chez(personne: Utilisateur) -> Client:
    client = Client()
    client.force_login(personne)
    return client


def page(personne: Utilisateur, suite: str = "") -> str:
    reponse = chez(personne).get(f"/courriels/{suite}")
    assert reponse.status_code == 200
    return reponse.content.decode()


def copier(nombre: int, **propres: str) -> None:
    """Copies of one e-mail of a filed dossier, two an instant; `propres`: what their other columns are."""
    modele = Courriel.objects.filter(gabarit="depot_enregistre").earliest("pk")
    propres |= {"id": "1000000 + rang", "cle": "'copie-' || rang"}
    propres["cree_le"] = "modele.cree_le - rang / 2 * interval '1 second'"
    champs = [champ.column for champ in Courriel._meta.concrete_fields]
    valeurs = ", ".join(propres.get(champ, f'modele."{champ}"') for champ in champs)
    with connection.cursor() as curseur:
        curseur.execute(COPIER.format(champs=", ".join(champs), valeurs=valeurs), [nombre, modele.pk])
        curseur.execute("ANALYZE courriels_courriel, instruction_dossier")


def lues() -> int:
    """Rows read so far in the transaction of the test."""
    with connection.cursor() as curseur:
        curseur.execute(LUES)
        return int(curseur.fetchone()[0])


def abandonner(gabarit: str = "depot_enregistre") -> Courriel:
    courriel = Courriel.objects.filter(gabarit=gabarit).order_by("pk").first()
    assert courriel is not None
    courriel.etat, courriel.essais, courriel.erreur = Etat.ABANDONNE, 8, "SMTPRecipientsRefused"
    courriel.save()
    return courriel


def test_agent_lit_les_courriels_des_dossiers_deposes_de_son_ars(monde: Monde) -> None:
    lue = page(monde.instructeur)
    assert "votre dépôt est enregistré" in lue
    assert monde.porteur.courriel in lue
    assert monde.dossier.numero is not None
    assert monde.dossier.numero in lue
    assert "votre dépôt est enregistré" not in page(agent(Role.INSTRUCTEUR, "11"))
    assert "votre dépôt est enregistré" in page(agent(Role.AUDITEUR, ""))


def test_courriel_d_un_brouillon_ou_d_un_compte_n_est_vu_que_de_l_administrateur(monde: Monde) -> None:
    brouillon = Monde(rang=2)
    avertir_porteur(brouillon.dossier, "versement", None)
    ecrire(
        gabarit="certification_faite",
        a="x@essais.example",
        destinataire=None,
        contexte={"campagne": "OCC", "porteur": "Association Témoin", "fin": "lundi"},
        lien="/",
        cle="compte:1",
        ars="76",
    )
    for personne, vus in ((monde.instructeur, False), (monde.administrateur, True)):
        lue = page(personne)
        assert ("un versement est enregistré" in lue) is vus
        assert ("Association Témoin" in lue) is vus


@pytest.mark.parametrize("role", [Role.GRADES, Role.NATIONAL])
def test_observateur_et_agent_national_n_ont_pas_de_boite(monde: Monde, role: Role) -> None:
    lecteur = agent(role, "76" if role == Role.GRADES else "")
    assert chez(lecteur).get("/courriels/").status_code == 403


def test_porteur_n_a_pas_de_boite(monde: Monde) -> None:
    assert chez(monde.porteur).get("/courriels/").status_code == 403


def test_filtres_par_etat_et_par_dossier(monde: Monde) -> None:
    abandonner()
    assert page(monde.instructeur, "?etat=abandonne").count("<details>") == 1
    assert page(monde.instructeur, "?etat=inconnu").count("<details>") > 1
    assert page(monde.instructeur, f"?dossier={monde.dossier.numero}").count("<details>") > 1
    assert page(monde.instructeur, "?etat=echec").count("<details>") == 1
    assert "Aucun courriel ne correspond à ces filtres" in page(monde.instructeur, "?dossier=OCC-1999-0001")


def test_renvoyer_un_courriel_abandonne_le_remet_en_route_une_fois(monde: Monde) -> None:
    courriel = abandonner()
    avant = len(taches.en_attente("courriels.envoyer"))
    client = chez(monde.instructeur)
    statuts = [client.post(f"/courriels/{courriel.pk}/renvoyer/").status_code for _ in range(2)]
    courriel.refresh_from_db()
    assert (statuts, courriel.etat, courriel.essais) == ([302, 302], Etat.A_ENVOYER, 0)
    assert len(taches.en_attente("courriels.envoyer")) == avant + 1
    entree = Entree.objects.get(chaine=f"courriel:{courriel.pk}")
    assert (entree.geste, entree.par, entree.contenu) == (
        "renvoyer_courriel",
        monde.instructeur,
        {"essais": 8, "erreur": "SMTPRecipientsRefused"},
    )
    autre = chez(monde.valideur).post(f"/courriels/{courriel.pk}/renvoyer/")
    assert autre.status_code == 409


@pytest.mark.parametrize(
    ("role", "ars", "statut"),
    [
        (Role.JURY, "76", 403),
        (Role.AUDITEUR, "", 403),
        (Role.INSTRUCTEUR, "11", 404),
        (Role.GRADES, "76", 404),
    ],
)
def test_renvoyer_n_est_pas_dans_toutes_les_mains(monde: Monde, role: Role, ars: str, statut: int) -> None:
    courriel = abandonner()
    assert chez(agent(role, ars)).post(f"/courriels/{courriel.pk}/renvoyer/").status_code == statut
    assert "Renvoyer<span" not in (page(agent(role, ars)) if statut == 403 else "")


def test_boite_ne_montre_ni_jeton_ni_lien(monde: Monde) -> None:
    Courriel.objects.filter(gabarit="dossier_depose").update(lien="/jeton-secret/")
    assert "jeton-secret" not in page(monde.administrateur)


def test_boite_se_lit_en_nombre_constant_de_requetes_et_par_page(monde: Monde) -> None:
    def requetes() -> int:
        with CaptureQueriesContext(connection) as mesure:
            client.get("/courriels/")
        return len(mesure)

    client: Any = chez(monde.instructeur)
    client.get("/courriels/")
    avant = requetes()
    autre = Monde(rang=2)
    autre.amener(EtatDossier.DEPOSE)
    for rang in range(60):
        with transaction.atomic():
            avertir_porteur(autre.dossier, "versement", None, occurrence=f"{rang}")
    assert requetes() == avant <= 15
    assert page(monde.instructeur).count("<details>") == 50


def test_boite_lit_les_lignes_qu_elle_montre_quoi_qu_elle_contienne(monde: Monde) -> None:
    def lignes_lues(client: Client) -> int:
        avant = lues()
        assert "Plus de 99\u00a0envois en échec" in client.get("/courriels/").content.decode()
        return lues() - avant

    copier(NOMBRE, etat=f"'{Etat.A_REPRENDRE}'", essais="1", erreur="'TimeoutError'")
    lecteurs = (monde.instructeur, monde.administrateur, agent(Role.AUDITEUR, ""))
    clients = [chez(lecteur) for lecteur in lecteurs]
    assert [max(lignes_lues(client), LUES_MAX) for client in clients] == [LUES_MAX] * 3
    with connection.cursor() as curseur:
        curseur.execute("DROP INDEX courriel_de_l_ars, courriel_par_date, courriel_en_echec")
    # The measure sees what the indexes spare.
    assert [min(lignes_lues(client), NOMBRE) for client in clients] == [NOMBRE] * 3


def test_boite_se_parcourt_en_entier_dans_les_deux_sens(monde: Monde) -> None:
    """Nothing is skipped nor shown twice, though pairs share their instant and an e-mail comes meanwhile."""
    copier(120)
    client = chez(monde.instructeur)

    def lire(suite: str) -> tuple[list[int], dict[str, str]]:
        lue = client.get(f"/courriels/{suite}")
        liens = dict(re.findall(r'href="\?(avant|apres)=(\d+)"', lue.content.decode()))
        return [courriel.pk for courriel in lue.context["page"].courriels], liens

    tous = list(Courriel.objects.values_list("pk", flat=True))
    vues, suite = [], ""
    while True:
        montres, liens = lire(suite)
        vues.append(montres)
        if "avant" not in liens:
            break
        suite = f"?avant={liens['avant']}"
    assert [len(vue) for vue in vues] == [50, 50, len(tous) - 100]
    assert [pk for vue in vues for pk in vue] == tous
    neufs = avertir_porteur(monde.dossier, "versement", None)
    assert lire(suite) == (vues[2], liens)
    assert lire(f"?apres={liens['apres']}")[0] == vues[1]
    assert lire(f"?apres={vues[1][0]}")[0] == vues[0]
    dernieres = [neuf.pk for neuf in neufs][::-1] + vues[0]
    assert lire(f"?apres={vues[0][0]}")[0] == dernieres[:50]


def test_boite_dit_combien_elle_montre_sans_compter_le_reste(monde: Monde) -> None:
    combien = Courriel.objects.count()
    for perdu in ("avant=abc", "avant=0", "apres=²", f"apres={'9' * 40}", "page=12"):
        assert page(monde.instructeur, f"?{perdu}").count("<details>") == combien
    assert f">{combien}\u00a0courriels</caption>" in page(monde.instructeur)
    copier(60)
    assert ">Les 50\u00a0courriels les plus récents</caption>" in page(monde.instructeur)
    dernier = Courriel.objects.values_list("pk", flat=True)[49]
    assert f">{combien + 10}\u00a0courriels, écrits jusqu’au " in page(monde.instructeur, f"?avant={dernier}")


def test_boite_range_du_plus_recent_au_plus_ancien(monde: Monde) -> None:
    dernier = Courriel.objects.filter(gabarit="dossier_depose")
    dernier.update(cree_le=timezone.now() + timedelta(hours=1))
    assert page(monde.instructeur).index("nouveau dépôt à examiner") < page(monde.instructeur).index(
        "votre dépôt est enregistré"
    )


def test_echecs_sont_comptes_et_le_filtre_les_trouve_tous(monde: Monde) -> None:
    assert "en échec. <a" not in page(monde.instructeur)
    abandonner()
    Courriel.objects.filter(gabarit="dossier_depose").update(
        etat=Etat.A_REPRENDRE, essais=2, erreur="TimeoutError"
    )
    lue = page(monde.instructeur)
    assert '2\u00a0envois en échec. <a href="?etat=echec">Les voir</a>' in lue
    filtree = page(monde.instructeur, "?etat=echec")
    assert (filtree.count("<details>"), filtree.count("Renvoyer<span")) == (2, 1)


def test_liste_dit_les_essais_et_la_derniere_erreur_en_francais(monde: Monde) -> None:
    abandonner()
    lue = page(monde.instructeur, "?etat=abandonne")
    assert "8\u00a0essais" in lue
    assert "le serveur de messagerie refuse l’adresse du destinataire." in lue
    assert "SMTPRecipientsRefused" not in lue


@pytest.mark.parametrize(
    "erreur", [gaierror(), TimeoutError(), ssl.SSLError(), smtplib.SMTPDataError(552, b"")]
)
def test_erreur_d_un_serveur_se_dit_en_francais(erreur: Exception) -> None:
    dite = derniere_erreur(Courriel(erreur=type(erreur).__name__))
    assert dite[0].islower()
    assert type(erreur).__name__ not in dite


def test_erreur_inattendue_garde_son_nom() -> None:
    assert derniere_erreur(Courriel(erreur="KeyError")) == "erreur inattendue (KeyError)"
    assert derniere_erreur(Courriel()) == ""


def test_boite_vide_le_dit(db: None) -> None:
    assert "Le portail n’a encore rien écrit" in page(agent(Role.INSTRUCTEUR))


@pytest.mark.parametrize("role", Role)
def test_menu_mene_a_la_boite_ceux_qui_la_lisent_et_eux_seuls(role: Role, db: None) -> None:
    ars = "76" if role in ROLES_ARS else ""
    organisme = "310000997" if role in ROLES_ORGANISME else ""
    client = chez(rattacher(utilisateur("Quelqu’un"), role, organisme=organisme, ars=ars))
    lit = client.get("/courriels/").status_code == 200
    assert ('<a class="fr-nav__link" href="/courriels/"' in client.get("/dossiers/").content.decode()) is lit
    assert lit is (role in ROLES_AGENT or role == Role.AUDITEUR)
