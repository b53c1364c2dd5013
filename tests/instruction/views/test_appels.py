"""The public pages of the calls: to the second, in the time of the ARS, from the edition alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from esms.aap import edition
from instruction.documents.modeles import MODELES
from instruction.presentation.campagnes import fenetre
from instruction.presentation.preparation import PREREMPLIES, preparation
from tests.fabriques import GUADELOUPE, OCCITANIE, campagne, ouvrir_session, utilisateur

pytestmark = pytest.mark.django_db


def page(chemin: str, client: Client | None = None) -> str:
    reponse = (client or Client()).get(chemin)
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("edition", "instant", "statut"),
    [
        (OCCITANIE, datetime(2025, 4, 21, 21, 59, 59, tzinfo=UTC), "a_venir"),
        (OCCITANIE, datetime(2025, 4, 21, 22, 0, 0, tzinfo=UTC), "ouverte"),
        (OCCITANIE, datetime(2025, 6, 13, 21, 59, 59, tzinfo=UTC), "ouverte"),
        (OCCITANIE, datetime(2025, 6, 13, 22, 0, 0, tzinfo=UTC), "close"),
        (GUADELOUPE, datetime(2025, 6, 14, 3, 59, 59, tzinfo=UTC), "ouverte"),
        (GUADELOUPE, datetime(2025, 6, 14, 4, 0, 0, tzinfo=UTC), "close"),
    ],
)
def test_c1_statut_a_la_seconde(edition: str, instant: datetime, statut: str) -> None:
    fin = {"ouverture": date(2025, 4, 22), "fermeture": date(2025, 6, 13), "recevabilite": date(2025, 7, 4)}
    multi = {"fermeture_multiregionale": date(2025, 6, 1)} if edition == OCCITANIE else {}
    assert fenetre(campagne(edition, **fin, **multi), instant).statut == statut


def test_liste_range_les_appels_ouverts_a_venir_et_clos() -> None:
    jour = timezone.localdate()
    campagne(OCCITANIE)
    campagne(GUADELOUPE, ouverture=jour + timedelta(days=5))
    lue = page(reverse("appels:liste"))
    ouverts, reste = lue.split('id="groupe-2"')
    a_venir, clos = reste.split('id="groupe-3"')
    assert ["Occitanie" in ouverts, "Guadeloupe" in a_venir, "Aucun." in clos] == [True, True, True]
    assert "Dépôt à partir du " in a_venir


def test_fiche_dit_quoi_preparer_avec_l_article_de_son_edition() -> None:
    campagne(OCCITANIE)
    campagne(GUADELOUPE)
    occitanie = page(reverse("appels:fiche", args=["OCC-2025"]))
    for phrase in (
        "23 h 59 min 59 s (heure de Paris)",
        "Un projet compte « idéalement » 15 ESSMS (art. 4.2.4) ; l’analyse de l’éligibilité",
        " en demande 15 « a minima » (règle E3, art. 6.1). En dessous, il faut rejoindre",
        "de moins de 50 ESSMS, et ceux de 50 ESSMS ou plus s’ils sont tous dans une même région",
        "P5 – Déclaration des heures médico-sociales",
        "si un ESSMS au moins est un service d’aide à domicile",
        "2 fichiers au moins",
        "règle E11, art. 4.2.2",
        "Le regroupement s’inscrit au moins sur la durée du projet",
        "numéro FINESS géographique de chaque ESSMS",
    ):
        assert phrase in occitanie, phrase
    guadeloupe = page(reverse("appels:fiche", args=["GUA-2022"]))
    assert "heure de la Guadeloupe" in guadeloupe
    assert (
        "Un projet compte « idéalement » 8 ESSMS (règle E3, art. 4.2D) : c’est un souhait. En dessous, l’ARS "
        "apprécie." in guadeloupe
    )
    assert "P5 –" not in guadeloupe
    assert (
        "Un projet de 50 ESSMS ou plus se dépose au guichet national, auprès de la CNSA et la DNS"
        in guadeloupe
    )


def test_fiche_mene_a_la_simulation_et_au_dossier_tant_que_c_est_ouvert() -> None:
    campagne(OCCITANIE)
    ouverte = page(reverse("appels:fiche", args=["OCC-2025"]))
    assert "?aap=occitanie-2025" in ouverte
    assert reverse("dossiers:creer") in ouverte
    jour = timezone.localdate()
    campagne(GUADELOUPE, ouverture=jour - timedelta(days=40), fermeture=jour - timedelta(days=2))
    close = page(reverse("appels:fiche", args=["GUA-2022"]))
    assert reverse("dossiers:creer") not in close
    assert "aucun dossier ne se crée plus" in close


def test_appel_inconnu_est_introuvable() -> None:
    assert Client().get(reverse("appels:fiche", args=["XXX-2000"])).status_code == 404


def test_accueil_mene_a_la_page_de_chaque_appel() -> None:
    campagne(OCCITANIE)
    lue = page(reverse("accueil"))
    assert reverse("appels:fiche", args=["OCC-2025"]) in lue
    assert reverse("appels:liste") in lue


def test_page_publique_se_garde_une_minute_mais_pas_celle_d_une_personne_connectee() -> None:
    campagne(OCCITANIE)
    for chemin in (reverse("appels:liste"), reverse("appels:fiche", args=["OCC-2025"])):
        anonyme = Client().get(chemin)
        assert anonyme["Cache-Control"] == "public, max-age=60"
        assert "Cookie" in anonyme["Vary"]
        assert not anonyme.cookies
        connecte = ouvrir_session(Client(), utilisateur()).get(chemin)
        assert connecte["Cache-Control"] == "no-store, private"


def test_pages_publiques_lisent_autant_quel_que_soit_le_nombre_d_appels(
    django_assert_num_queries: Any,
) -> None:
    campagne(OCCITANIE)
    with django_assert_num_queries(1):
        page(reverse("appels:liste"))
    with django_assert_num_queries(4):
        page(reverse("appels:fiche", args=["OCC-2025"]))
    campagne(GUADELOUPE)
    with django_assert_num_queries(1):
        page(reverse("appels:liste"))


def test_fiche_ne_promet_que_les_modeles_de_son_edition() -> None:
    campagne(OCCITANIE)
    campagne(GUADELOUPE)
    assert (
        "Le portail écrit ou préremplit le document de candidature, le planning, le plan de financement, la "
        "lettre d’engagement, la déclaration des heures, la convention de grappe, l’état du parc et la "
        "demande de matériel."
    ) in page(reverse("appels:fiche", args=["OCC-2025"]))
    assert (
        "Le portail écrit ou préremplit le document de candidature, le plan de financement, la lettre "
        "d’engagement, l’état du parc et la demande de matériel."
    ) in page(reverse("appels:fiche", args=["GUA-2022"]))
    assert set(PREREMPLIES) == {modele.piece for modele in MODELES.values()}


def test_g2_fiche_dit_la_portee_nationale_ou_l_appel_la_prevoit() -> None:
    phrase = (
        "Un projet de moins de 50 ESSMS peut s’y déposer aussi, s’il a une portée nationale : il représente "
        "l’offre à l’échelle du pays, par exemple parce qu’il en réunit tous les ESSMS "
        "(règle G2, art. 4.3C)."
    )
    lues = [" ".join(preparation(edition(nom), []).guichet) for nom in (GUADELOUPE, OCCITANIE)]
    lues = [lue.replace("\u00a0", " ") for lue in lues]
    assert [phrase in lues[0], "portée nationale" in lues[1]] == [True, False]


def test_c6_c7_fiche_dit_ce_qui_suit_le_depot() -> None:
    notification = "notification des crédits dans le mois qui suit l’acceptation"
    attendues = {
        OCCITANIE: [
            ("Instruction : jusqu’au 8 septembre 2025", "règle C6, art. 4.6"),
            ("Sélection : entre mi-septembre et début octobre 2025", "règle C7, art. 4.6"),
        ],
        GUADELOUPE: [
            ("Instruction : au fil de l’eau, jusqu’au 30 septembre 2022", "règle C6, art. 8"),
            (f"Sélection : au fil de l’eau\u202f; {notification}", "règle C7, art. 8"),
        ],
    }
    for nom, suites in attendues.items():
        dites = preparation(edition(nom), []).suites
        assert [tuple(mot.replace("\u00a0", " ") for mot in suite) for suite in dites] == suites


def test_c6_c7_fiche_apres_une_cloture_deplacee() -> None:
    campagne(
        OCCITANIE,
        ouverture=date(2026, 4, 22),
        fermeture_multiregionale=date(2026, 6, 1),
        fermeture=date(2026, 6, 13),
        recevabilite=date(2026, 7, 4),
    )
    lue = page(reverse("appels:fiche", args=["OCC-2025"]))
    assert (
        'Instruction : jusqu’au 8 septembre 2026 <span class="simu-article">(règle C6, art. 4.6)</span>'
        in lue
    )
    assert "Sélection : entre mi-septembre et début octobre 2025, selon le calendrier publié <span" in lue
