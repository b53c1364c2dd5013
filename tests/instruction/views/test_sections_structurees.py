"""Structured sections by POST: read right, lines moved without a write, hostile cells refused."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instruction.forms.sections.si import SiForm
from instruction.forms.sections.tableaux import LIGNES_MAX
from instruction.models import Section
from instruction.requetes import Examen
from tests.fabriques import GUADELOUPE, Monde, entree, organisme

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def client_porteur(monde: Monde) -> Client:
    client = Client()
    client.force_login(monde.porteur)
    return client


def adresse(monde: Monde, cle: str) -> str:
    return reverse("dossiers:section", args=[monde.dossier.pk, cle])


RISQUE = {
    "risques-0-risque": "Départ",
    "risques-0-famille": "ressources",
    "risques-0-gravite": "4",
    "risques-0-vraisemblance": "2",
    "risques-0-mesure": "Binôme",
    "risques-0-responsable": "Direction",
}


def test_risques_s_enregistrent_sans_leurs_lignes_vides(monde: Monde, client_porteur: Client) -> None:
    saisie = {**RISQUE, "lignes-risques": "3", "version": "0"}
    assert client_porteur.post(adresse(monde, "risques"), saisie).status_code == 302
    assert monde.section("risques").contenu == {
        "risques": [
            {
                "risque": "Départ",
                "famille": "ressources",
                "gravite": 4,
                "vraisemblance": 2,
                "mesure": "Binôme",
                "responsable": "Direction",
            }
        ]
    }


@pytest.mark.parametrize(
    ("geste", "noms"),
    [
        ("risques:ajouter", ["A", "B", "C", None]),
        ("risques:retirer:1", ["A", "C"]),
        ("risques:monter:2", ["A", "C", "B"]),
        ("risques:descendre:0", ["B", "A", "C"]),
        ("risques:monter:0", ["A", "B", "C"]),
        ("risques:descendre:2", ["A", "B", "C"]),
        ("risques:retirer:99", ["A", "B", "C"]),
        ("recalculer", ["A", "B", "C"]),
        ("autre:retirer:0", ["A", "B", "C"]),
        ("risques:retirer:-1", ["A", "B", "C"]),
        ("risques:détruire:1", ["A", "B", "C"]),
    ],
)
def test_geste_sur_une_ligne_rend_la_page_et_n_ecrit_rien(
    monde: Monde, client_porteur: Client, geste: str, noms: list[str | None]
) -> None:
    lignes = {f"risques-{rang}-risque": nom for rang, nom in enumerate("ABC")}
    saisie = {**lignes, "lignes-risques": "3", "version": "7", "geste": geste}
    reponse = client_porteur.post(adresse(monde, "risques"), saisie)
    assert reponse.status_code == 200
    form = reponse.context["form"]
    assert [ligne.champs["risque"].value() for ligne in form.saisies] == noms
    assert form["version"].value() == "7"
    assert not Section.objects.filter(cle="risques").exists()


def test_nombre_de_lignes_annonce_est_borne(monde: Monde, client_porteur: Client) -> None:
    for annonce, attendu in (("999", LIGNES_MAX), ("999999999", 0), ("-3", 0), ("١٢", 0), ("", 0)):
        saisie = {"lignes-risques": annonce, "version": "0", "geste": "recalculer"}
        reponse = client_porteur.post(adresse(monde, "risques"), saisie)
        assert len(reponse.context["form"].saisies) == attendu


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("12\u202f345,60\u00a0€", "12345.60"),
        ("12 345,6", "12345.60"),
        ("0", "0.00"),
    ],
)
def test_montant_francais_est_lu_juste(monde: Monde, client_porteur: Client, tape: str, lu: str) -> None:
    saisie = {
        "lignes-depenses": "1",
        "depenses-0-nature": "rh",
        "depenses-0-ttc": tape,
        "version": "0",
    }
    assert client_porteur.post(adresse(monde, "budget"), saisie).status_code == 302
    (depense,) = monde.section("budget").contenu["depenses"]
    assert depense["ttc"] == lu


@pytest.mark.parametrize(
    "tape", ["-1", "NaN", "1e9999", "1,234", "１２", "Infinity", "99999999999,00", "douze"]
)
def test_montant_hostile_est_refuse_et_reste_a_l_ecran(
    monde: Monde, client_porteur: Client, tape: str
) -> None:
    saisie = {"lignes-depenses": "1", "depenses-0-nature": "rh", "depenses-0-ht": tape, "version": "0"}
    reponse = client_porteur.post(adresse(monde, "budget"), saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 400
    assert f'value="{tape}"' in page
    assert 'href="#id_depenses-0-ht"' in page
    assert monde.section("budget").version == 0


@pytest.mark.parametrize("tape", ["-1", "1,5", "１２", "99999999999", "beaucoup"])
def test_effectif_hostile_est_refuse(monde: Monde, client_porteur: Client, tape: str) -> None:
    reponse = client_porteur.post(adresse(monde, "usages"), {"U1_n": tape, "version": "0"})
    assert reponse.status_code == 400
    assert list(reponse.context["form"].errors) == ["U1_n"]


@pytest.mark.parametrize("tape", ["0001-01-01", "9999-12-31", "2026-02-30", "hier"])
def test_jour_hostile_est_refuse(monde: Monde, client_porteur: Client, tape: str) -> None:
    reponse = client_porteur.post(adresse(monde, "planning"), {"jalon_va": tape, "version": "0"})
    assert reponse.status_code == 400
    assert list(reponse.context["form"].errors) == ["jalon_va"]


def test_jour_tape_a_la_francaise_est_compris(monde: Monde, client_porteur: Client) -> None:
    saisie = {"jalon_demarrage": "05/01/2026", "lignes-etapes": "0", "version": "0"}
    assert client_porteur.post(adresse(monde, "planning"), saisie).status_code == 302
    assert monde.section("planning").contenu == {"jalons": {"demarrage": "2026-01-05"}, "etapes": []}


def test_choix_hors_liste_est_refuse(monde: Monde, client_porteur: Client) -> None:
    saisie = {**RISQUE, "risques-0-gravite": "5", "lignes-risques": "1", "version": "0"}
    reponse = client_porteur.post(adresse(monde, "risques"), saisie)
    assert list(reponse.context["form"].errors) == ["risques-0-gravite"]


def test_usages_gardent_comptes_dates_et_moyens(monde: Monde, client_porteur: Client) -> None:
    saisie = {
        "U3_n": "1 200",
        "U3_d": "1 500",
        "U3_le": "2027-06-30",
        "U3_comment": "Par vagues.",
        "lignes-cas_d_usage": "1",
        "version": "0",
    }
    assert client_porteur.post(adresse(monde, "usages"), saisie).status_code == 302
    assert monde.section("usages").contenu == {
        "comptes": {"U3_n": 1200, "U3_d": 1500},
        "cibles": {"U3": {"le": "2027-06-30", "comment": "Par vagues."}},
        "cas_d_usage": [],
    }


def test_si_garde_le_nom_de_chaque_organisme(monde: Monde, client_porteur: Client) -> None:
    numero = monde.entite.finess_ej
    saisie = {
        f"og_{numero}_etat": "fait",
        f"og_{numero}_outil": "Maturin-SMS",
        f"og_{numero}_le": "2026-01-05",
        "og_999999999_etat": "fait",
        "mesure_2_etat": "en_place",
        "version": "0",
    }
    assert client_porteur.post(adresse(monde, "si"), saisie).status_code == 302
    assert monde.section("si").contenu == {
        "organismes": {
            numero: {
                "nom": "Association des Lilas",
                "etat": "fait",
                "outil": "Maturin-SMS",
                "le": "2026-01-05",
            }
        },
        "mesures": {"2": {"etat": "en_place", "commentaire": ""}},
    }


def test_si_repond_a_part_pour_un_organisme_et_pour_un_etablissement(
    monde: Monde, client_porteur: Client
) -> None:
    connu = Examen(monde.dossier, timezone.now())
    organisme, essms = monde.entite.finess_ej, connu.resultat.projet.essms[0]
    saisie = {
        "mesure_1_etat": "en_place",
        "lignes-propres": "3",
        "propres-0-qui": organisme,
        "propres-0-m1": "non",
        "propres-1-qui": essms.finess_et,
        "propres-1-commentaire": "Site isolé",
        "version": "0",
    }
    page = client_porteur.post(adresse(monde, "si"), {**saisie, "geste": "propres:chacun"}).content.decode()
    assert (
        page.count('<fieldset class="lignes-une" id="propres-') == 2
    )  # its only organism has a line already
    assert client_porteur.post(adresse(monde, "si"), saisie).status_code == 302
    assert monde.section("si").contenu == {
        "organismes": {},
        "mesures": {"1": {"etat": "en_place", "commentaire": ""}},
        "propres": [
            {"nom": "Association des Lilas", "qui": organisme, "m1": "non"},
            {"nom": essms.nom, "qui": essms.finess_et, "commentaire": "Site isolé"},
        ],
    }
    lues = SiForm.lire(monde.section("si").contenu, connu.edition)
    assert [(r.champ, r.libelle, r.texte) for r in lues if r.racine == "propres"] == [
        (
            f"propres.Association des Lilas ({organisme}).m1",
            f"Réponse à part, Association des Lilas ({organisme}), Mesure 1",
            "Non",
        ),
        (
            f"propres.{essms.nom} ({essms.finess_et}).commentaire",
            f"Réponse à part, {essms.nom} ({essms.finess_et}), Commentaire",
            "Site isolé",
        ),
    ]


def test_si_refuse_deux_reponses_a_part_du_meme_organisme(monde: Monde, client_porteur: Client) -> None:
    numero = monde.entite.finess_ej
    saisie = {"lignes-propres": "2", "propres-0-qui": numero, "propres-1-qui": numero, "version": "0"}
    reponse = client_porteur.post(adresse(monde, "si"), saisie)
    assert reponse.status_code == 400
    assert reponse.context["form"].errors == {
        "propres-1-qui": ["Ses réponses sont déjà données au-dessus\u00a0: retirez l’une des deux."]
    }


def test_si_d_avant_les_reponses_a_part_se_rouvre_sans_changer(monde: Monde, client_porteur: Client) -> None:
    ancien = {"organismes": {}, "mesures": {"2": {"etat": "en_place", "commentaire": "Hors ligne"}}}
    monde.ecrire("si", ancien)
    saisie = {"mesure_2_etat": "en_place", "mesure_2_commentaire": "Hors ligne", "lignes-propres": "0"}
    assert client_porteur.post(adresse(monde, "si"), {**saisie, "version": "1"}).status_code == 302
    section = monde.section("si")
    assert (section.version, section.contenu) == (1, ancien)


def test_engagements_ne_sont_jamais_coches_d_avance_et_l_inconnu_est_ignore(
    monde: Monde, client_porteur: Client
) -> None:
    page = client_porteur.get(adresse(monde, "engagements")).content.decode()
    assert 'type="checkbox"' in page
    assert " checked" not in page
    saisie = {"engagement_cibles": "on", "engagement_inventé": "on", "version": "0"}
    assert client_porteur.post(adresse(monde, "engagements"), saisie).status_code == 302
    assert monde.section("engagements").contenu == {"declares": {"cibles": True}}


def test_deux_saisies_du_budget_donnent_409_sans_rien_perdre(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire(
        "budget", {"depenses": [{"nature": "rh", "libelle": "Le sien", "ht": "1.00", "ttc": "1.00"}]}
    )
    saisie = {
        "lignes-depenses": "1",
        "depenses-0-nature": "formation",
        "depenses-0-libelle": "Le mien",
        "depenses-0-ttc": "2",
        "version": "0",
    }
    reponse = client_porteur.post(adresse(monde, "budget"), saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "Le sien" in page
    assert "Le mien" in page
    assert "Formation" in page


def test_guadeloupe_n_a_pas_de_section_risques() -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    client = Client()
    client.force_login(monde.porteur)
    assert client.get(adresse(monde, "risques")).status_code == 404
    assert client.get(adresse(monde, "planning")).status_code == 200


@pytest.mark.parametrize("cle", ["usages", "risques", "planning", "budget", "si", "engagements"])
def test_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(cle: str) -> None:
    nombres = []
    for rang, lignes in ((1, 1), (2, 3)):
        monde = Monde(rang=rang)
        client = Client()
        client.force_login(monde.porteur)
        contenu: dict[str, Any] = dict(monde.saisies()[cle])
        for tableau, valeur in contenu.items():
            if isinstance(valeur, list):
                contenu[tableau] = valeur * lignes
        monde.ecrire(cle, contenu)
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert client.get(adresse(monde, cle)).status_code == 200
        nombres.append(len(requetes))
    assert nombres[0] == nombres[1] <= 15


def test_texte_hostile_est_montre_comme_du_texte(monde: Monde, client_porteur: Client) -> None:
    hostile = "<script>alert(1)</script>{{ 7 }}"
    etape = {"libelle": hostile, "debut": "2026-01-05", "fin": "2026-02-05"}
    monde.ecrire("planning", {"jalons": {"demarrage": "2026-01-05"}, "etapes": [etape]})
    monde.ecrire("risques", {"risques": [{"risque": hostile, "gravite": 9, "famille": ["x"]}]})
    for cle in ("planning", "risques"):
        page = client_porteur.get(adresse(monde, cle)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in page


def test_tva_recuperee_change_la_base_du_budget() -> None:
    entite = organisme()
    contenu = entree(entite, 15)
    contenu["porteur"]["tva_recuperee"] = True
    monde = Monde(contenu=contenu)
    client = Client()
    client.force_login(monde.porteur)
    reponse = client.get(adresse(monde, "budget"))
    assert reponse.context["form"].bilan.base == "HT"
