"""The screens of a campagne: opened, moved, extended, its envelope, contacts and documents."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Role
from esms.journal.models import Entree
from grappes.models import Campagne, ContactDeCampagne, DocumentDeCampagne
from instruction.actions.campagne_dates import dates_de
from instruction.etats import Etat
from tests.esms.socle.faux_clamd import faux_clamd
from tests.fabriques import Monde, agent, campagne, ouvrir_session, pdf

pytestmark = pytest.mark.django_db
CONTACT = {"nom": "Cellule ESMS", "service": "DOSA", "courriel": "cellule@ars.example", "telephone": ""}


@pytest.fixture
def ouverte() -> Campagne:
    return campagne()


@pytest.fixture
def ada() -> Client:
    return ouvrir_session(Client(), agent(Role.ADMINISTRATEUR, nom="Ada"))


def adresse(nom: str, *arguments: Any) -> str:
    return reverse(f"campagnes:{nom}", args=arguments)


def page(reponse: Any) -> str:
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def saisie(ouverte: Campagne, **champs: Any) -> dict[str, Any]:
    dates = dates_de(ouverte)
    noms = ("ouverture", "fermeture", "fermeture_multiregionale", "recevabilite")
    return {
        **{nom: getattr(dates, nom).isoformat() for nom in noms},
        "motif": "Report demandé",
        "version": dates.version,
        **champs,
    }


# --- Opening ----------------------------------------------------------------------------------------------


def test_ouvrir_propose_les_dates_de_l_appel_a_projets(ada: Client) -> None:
    assert "Ouvrir : Appel à projets ESMS numérique 2025, ARS Occitanie" in page(ada.get(adresse("liste")))
    lue = page(ada.get(adresse("ouvrir", "occitanie-2025")))
    for valeur in ("2025-04-22", "2025-06-13", "2025-06-01", "2025-07-04"):
        assert f'value="{valeur}"' in lue


def test_ouvrir_aux_dates_publiees_sans_motif(ada: Client) -> None:
    corps = {
        "ouverture": "2025-04-22",
        "fermeture": "2025-06-13",
        "fermeture_multiregionale": "2025-06-01",
        "recevabilite": "2025-07-04",
        "service": "DOSA",
        "courriel": "aap@ars.example",
        "enveloppe": "4 500 000,50 €",
    }
    for _ in range(2):  # a double click
        assert ada.post(adresse("ouvrir", "occitanie-2025"), corps).status_code == 302
    ouverte = Campagne.objects.get()
    assert (ouverte.fermeture, ouverte.enveloppe) == (date(2025, 6, 13), Decimal("4500000.50"))
    assert "Ouvrir :" not in page(ada.get(adresse("liste")))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fermeture": "2025-06-20"}, "Dites pourquoi les dates ne sont pas celles de l’appel à projets."),
        ({"fermeture": "2025-04-01", "motif": "x"}, "La fermeture ne précède pas l’ouverture."),
        ({"enveloppe": "-5"}, "négatif"),
        ({"enveloppe": "0"}, "Une enveloppe est un montant positif."),
        ({"enveloppe": "NaN"}, "n’est pas un montant"),
        ({"courriel": "ars"}, "adresse"),
        ({"fermeture": "31/02/2025"}, "date valide"),
    ],
)
def test_ouverture_refusee_garde_la_saisie_et_n_ecrit_rien(
    ada: Client, change: dict[str, str], message: str
) -> None:
    corps = {
        "ouverture": "2025-04-22",
        "fermeture": "2025-06-13",
        "fermeture_multiregionale": "2025-06-01",
        "recevabilite": "2025-07-04",
        "service": "Un service",
        "courriel": "aap@ars.example",
        **change,
    }
    reponse = ada.post(adresse("ouvrir", "occitanie-2025"), corps)
    assert reponse.status_code == 400
    assert message in page(reponse)
    assert 'value="Un service"' in page(reponse)
    assert not Campagne.objects.exists()
    assert not Entree.objects.filter(chaine__startswith="campagne").exists()


def test_ouvrir_l_appel_d_une_autre_ars_est_interdit(ada: Client) -> None:
    assert ada.get(adresse("ouvrir", "guadeloupe-2022")).status_code == 403
    assert ada.get(adresse("ouvrir", "mars-2030")).status_code == 404


# --- Dates ------------------------------------------------------------------------------------------------


def test_changer_les_dates_montre_l_histoire_avant_apres_qui_et_pourquoi(
    ouverte: Campagne, ada: Client
) -> None:
    reportee = ouverte.fermeture + timedelta(days=7)
    corps = saisie(ouverte, fermeture=reportee.isoformat())
    assert ada.post(adresse("dates", ouverte.pk), corps).status_code == 302
    lue = page(ada.get(adresse("fiche", ouverte.pk)))
    assert re.search(r"<strong>Changement de dates</strong>, le .*, par Ada\. Motif : Report demandé", lue)
    assert re.search(r"<li>Clôture : \S+ \S+ \d{4} → \S+ \S+ \d{4}</li>", lue)


@pytest.mark.parametrize(
    ("champs", "message"),
    [({"motif": ""}, "obligatoire"), ({}, "Aucune date ne change."), ({"fermeture": "hier"}, "date valide")],
)
def test_dates_refusees_disent_pourquoi(
    ouverte: Campagne, ada: Client, champs: dict[str, str], message: str
) -> None:
    reponse = ada.post(adresse("dates", ouverte.pk), saisie(ouverte, **champs))
    assert reponse.status_code == 400
    assert message in page(reponse)


def test_dates_depassees_repondent_409_en_disant_qui(ouverte: Campagne, ada: Client) -> None:
    corps = saisie(ouverte, fermeture=(ouverte.fermeture + timedelta(days=9)).isoformat())
    premier = saisie(ouverte, fermeture=(ouverte.fermeture + timedelta(days=7)).isoformat())
    assert ada.post(adresse("dates", ouverte.pk), premier).status_code == 302
    alan = ouvrir_session(Client(), agent(Role.ADMINISTRATEUR, nom="Alan"))
    reponse = alan.post(adresse("dates", ouverte.pk), corps)
    assert reponse.status_code == 409
    assert "Ada a changé les dates" in page(reponse)
    assert "Report demandé" in page(reponse)


def test_prolonger_en_un_clic(ouverte: Campagne, ada: Client) -> None:
    lue = page(ada.get(adresse("fiche", ouverte.pk)))
    assert 'value="Incident technique"' in lue
    corps = {"motif": "Incident technique", "version": dates_de(ouverte).version}
    for _ in range(2):
        assert ada.post(adresse("prolonger", ouverte.pk), corps).status_code == 302
    publique = page(Client().get(reverse("appels:fiche", args=[ouverte.sigle])))
    assert "Les dates de cet appel ont changé." in publique
    assert publique.count("<strong>Prolongation pour incident</strong>") == 1
    assert "Ada" not in publique


def test_prolonger_sans_motif_garde_la_page(ouverte: Campagne, ada: Client) -> None:
    corps = {"motif": "", "version": dates_de(ouverte).version}
    reponse = ada.post(adresse("prolonger", ouverte.pk), corps)
    assert reponse.status_code == 400
    assert 'href="#prolongation_motif"' in page(reponse)


# --- Envelope ---------------------------------------------------------------------------------------------


def test_enveloppe_consommee_par_les_projets_retenus(ada: Client) -> None:
    monde = Monde()
    ada.post(adresse("enveloppe", monde.campagne.pk), {"enveloppe": "1 000 000"})
    monde.amener(Etat.RETENU)
    lue = page(ada.get(adresse("fiche", monde.campagne.pk)))
    assert "<dd>315 000 €, 1 projet</dd>" in lue
    assert "<dt>Reste</dt><dd>685 000 €</dd>" in lue
    ada.post(adresse("enveloppe", monde.campagne.pk), {"enveloppe": "300000"})
    assert "15 000 € de plus que l’enveloppe" in page(ada.get(adresse("fiche", monde.campagne.pk)))


@pytest.mark.parametrize("montant", ["-1", "0", "1e9", "1,234", "NaN", "１２"])
def test_enveloppe_qui_n_est_pas_un_montant_est_refusee(ouverte: Campagne, ada: Client, montant: str) -> None:
    reponse = ada.post(adresse("enveloppe", ouverte.pk), {"enveloppe": montant})
    assert reponse.status_code == 400
    assert 'href="#id_enveloppe"' in page(reponse)
    ouverte.refresh_from_db()
    assert ouverte.enveloppe is None


# --- Contacts ---------------------------------------------------------------------------------------------


def test_contact_ajoute_modifie_retire_et_journalise(ouverte: Campagne, ada: Client) -> None:
    for _ in range(2):
        assert (
            ada.post(adresse("ajouter_contact", ouverte.pk), {**CONTACT, "public": "on"}).status_code == 302
        )
    contact = ContactDeCampagne.objects.get()
    publique = reverse("appels:fiche", args=[ouverte.sigle])
    assert "cellule@ars.example" in page(Client().get(publique))
    ada.post(adresse("contact", ouverte.pk, contact.pk), {**CONTACT, "telephone": "05 00 00 00 00"})
    assert "cellule@ars.example" not in page(Client().get(publique))  # no longer public
    assert "Agents seulement" in page(ada.get(adresse("fiche", ouverte.pk)))
    for _ in range(2):
        assert ada.post(adresse("retirer_contact", ouverte.pk, contact.pk)).status_code == 302
    gestes = Entree.objects.filter(chaine=ouverte.chaine).order_by("rang").values_list("geste", flat=True)
    assert list(gestes) == ["ouvrir", "ajouter_contact", "modifier_contact", "retirer_contact"]


def test_contact_injoignable_est_refuse(ouverte: Campagne, ada: Client) -> None:
    reponse = ada.post(adresse("ajouter_contact", ouverte.pk), {**CONTACT, "courriel": ""})
    assert reponse.status_code == 400
    assert "Donnez une adresse électronique ou un numéro de téléphone." in page(reponse)
    assert not ContactDeCampagne.objects.exists()


# --- Documents --------------------------------------------------------------------------------------------


def publier(client: Client, ouverte: Campagne, titre: str, nom: str, octets: bytes) -> Any:
    corps = {"titre": titre, "fichier": SimpleUploadedFile(nom, octets)}
    return client.post(adresse("publier_document", ouverte.pk), corps)


def lire(reponse: Any) -> bytes:
    octets = b"".join(reponse.streaming_content)
    for fermer in reponse._resource_closers:
        fermer()
    return octets


def test_document_publie_remplace_retire_et_garde(ouverte: Campagne, ada: Client) -> None:
    for octets in (pdf("1"), pdf("1"), pdf("2")):
        assert publier(ada, ouverte, "Foire aux questions", "faq.pdf", octets).status_code == 302
    ancien, nouveau = DocumentDeCampagne.objects.order_by("publie_le")
    chemin = reverse("appels:document", args=[ouverte.sigle, nouveau.pk])
    reponse = Client().get(chemin)
    assert lire(reponse) == pdf("2")
    assert reponse["Content-Disposition"] == 'attachment; filename="faq.pdf"'
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert Client().get(reverse("appels:document", args=[ouverte.sigle, ancien.pk])).status_code == 404
    for _ in range(2):
        assert ada.post(adresse("retirer_document", ouverte.pk, nouveau.pk)).status_code == 302
    assert Client().get(chemin).status_code == 404
    assert "Documents retirés ou remplacés" in page(ada.get(adresse("fiche", ouverte.pk)))
    with ancien.fichier.open("rb") as garde:
        assert garde.read() == pdf("1")


def test_document_hostile_est_refuse_pour_sa_raison(ouverte: Campagne, ada: Client, settings: Any) -> None:
    reponse = publier(ada, ouverte, "Modèle", "m.pdf", b"texte")
    assert reponse.status_code == 400
    assert "ne correspond pas à son extension" in page(reponse)
    with faux_clamd(lambda octets: b"stream: Win.Test FOUND\0") as clamd:
        settings.ESMS_CLAMAV = clamd.adresse
        assert "antivirus" in page(publier(ada, ouverte, "Modèle", "m.pdf", pdf()))
    assert "n’a pas pu être analysé : l’antivirus est injoignable" in page(
        publier(ada, ouverte, "Modèle", "m.pdf", pdf())
    )
    assert not DocumentDeCampagne.objects.exists()
    assert [f for f in settings.MEDIA_ROOT.rglob("*") if f.is_file()] == []


# --- Who ----------------------------------------------------------------------------------------------------


def test_agents_de_l_ars_lisent_et_les_autres_ne_voient_rien(ouverte: Campagne) -> None:
    instructrice = ouvrir_session(Client(), agent(Role.INSTRUCTEUR))
    lue = page(instructrice.get(adresse("fiche", ouverte.pk)))
    assert "Prolonger la fenêtre" not in lue
    assert "Projets retenus" in lue
    assert instructrice.get(adresse("dates", ouverte.pk)).status_code == 403
    ailleurs = ouvrir_session(Client(), agent(Role.ADMINISTRATEUR, "01"))
    assert ailleurs.get(adresse("fiche", ouverte.pk)).status_code == 404
    assert ailleurs.post(adresse("prolonger", ouverte.pk)).status_code == 404


def test_fiche_lit_autant_quel_que_soit_le_nombre(
    ouverte: Campagne, ada: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def remplir(rang: int) -> None:
        ada.post(adresse("ajouter_contact", ouverte.pk), {**CONTACT, "nom": f"C{rang}", "public": "on"})
        publier(ada, ouverte, f"Document {rang}", "a.pdf", pdf(str(rang)))

    remplir(1)
    with django_assert_max_num_queries(15) as une:
        ada.get(adresse("fiche", ouverte.pk))
    nombre = len(une)
    remplir(2)
    remplir(3)
    with django_assert_num_queries(nombre):
        ada.get(adresse("fiche", ouverte.pk))


def test_campagne_sans_dossier_compte_au_singulier_et_dit_son_sigle(ada: Client, ouverte: Campagne) -> None:
    lue = page(ada.get(adresse("fiche", ouverte.pk)))
    assert lue.count("0 brouillon · 0 dossier déposé · ") == 1
    assert lue.count(f"<title>Campagne {ouverte.sigle} – ESMS numérique</title>") == 1
