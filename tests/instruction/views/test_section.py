"""The one screen of every typed section: saved incomplete, saved by itself, two people, nothing lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esms.aap import editions
from grappes.requetes_campagnes import edition_de
from instruction.etats import Etat
from instruction.models import VersionDeSection
from instruction.views.conflit_de_section import CHOIX
from instruction.views.section import AUTOMATIQUE
from instruction.views.sections import SECTIONS, sections_de
from tests.fabriques import FICHE, GUADELOUPE, OCCITANIE, Monde, porteur

pytestmark = pytest.mark.django_db
SEULES = {AUTOMATIQUE: "1"}


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def client_porteur(monde: Monde) -> Client:
    return client_de(monde.porteur)


def client_de(personne: Any) -> Client:
    client = Client()
    client.force_login(personne)
    return client


def adresse(monde: Monde, cle: str = "contacts", nom: str = "section", *suite: Any) -> str:
    return reverse(f"dossiers:{nom}", args=[monde.dossier.pk, cle, *suite])


def test_section_incomplete_s_enregistre(monde: Monde, client_porteur: Client) -> None:
    saisie = {**dict.fromkeys(FICHE, ""), "contact_nom": "Camille Roux", "version": "0"}
    assert client_porteur.post(adresse(monde), saisie)["Location"] == monde.dossier.get_absolute_url()
    section = monde.section("contacts")
    assert (section.contenu["contact_nom"], section.contenu["representant_nom"], section.version) == (
        "Camille Roux",
        "",
        1,
    )


def test_enregistrer_et_continuer_mene_a_la_section_suivante(monde: Monde, client_porteur: Client) -> None:
    reponse = client_porteur.post(adresse(monde, "porteur"), {"version": "0", "suivante": "oui"})
    assert reponse["Location"] == adresse(monde, "contacts")


def test_saisie_fausse_est_gardee_et_l_erreur_mene_au_champ(monde: Monde, client_porteur: Client) -> None:
    saisie = {**FICHE, "contact_courriel": "pas une adresse", "version": "0"}
    reponse = client_porteur.post(adresse(monde), saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 400
    assert 'value="pas une adresse"' in page
    assert 'href="#id_contact_courriel"' in page
    assert monde.section("contacts").version == 0


@pytest.mark.parametrize("cle", ["inconnue", "grappe", "pieces", "projet\x00", "../contacts"])
def test_section_sans_ecran_commun_est_introuvable(monde: Monde, client_porteur: Client, cle: str) -> None:
    assert client_porteur.get(f"/dossiers/{monde.dossier.pk}/section/{cle}/").status_code == 404


def test_section_d_un_dossier_depose_dit_qui_l_a_depose(monde: Monde, client_porteur: Client) -> None:
    monde.amener(Etat.DEPOSE)
    assert client_porteur.get(adresse(monde)).status_code == 409
    reponse = client_porteur.post(adresse(monde), {**FICHE, "contact_nom": "Trop tard", "version": "1"})
    assert reponse.status_code == 409
    assert "Trop tard" in reponse.content.decode()


def test_critere_chiffre_montre_ses_points_le_qualitatif_non(monde: Monde, client_porteur: Client) -> None:
    assert "Noté sur 3 points" in client_porteur.get(adresse(monde, "projet")).content.decode()
    guadeloupe = Monde(GUADELOUPE, nombre=8)
    page = client_de(guadeloupe.porteur).get(adresse(guadeloupe, "projet")).content.decode()
    assert "Apprécié, sans note chiffrée" in page
    assert "Noté sur" not in page


def test_identite_du_porteur_est_montree_et_non_demandee(monde: Monde, client_porteur: Client) -> None:
    reponse = client_porteur.get(adresse(monde, "porteur"))
    assert list(reponse.context["form"].fields) == ["version", "siret", "adresse", "corrections"]
    connu = dict(reponse.context["form"].connu())
    assert connu == {
        "Organisme": "Association des Lilas",
        "FINESS juridique": monde.entite.finess_ej,
        "Commune du siège": "Toulouse",
        "TVA": "à préciser dans la grappe",
    }


# --- Saved by itself ---


def test_enregistrement_automatique_rend_la_version_et_le_panneau(
    monde: Monde, client_porteur: Client
) -> None:
    reponse = client_porteur.post(adresse(monde), {**FICHE, "version": "0"}, headers=SEULES)
    json = reponse.json()
    assert (reponse.status_code, json["version"]) == (200, 1)
    assert json["enregistre"].count("h") == 1
    assert "Rien ne manque." in json["panneau"]
    assert "315\u202f000\u00a0€" in json["panneau"]
    encore = client_porteur.post(adresse(monde), {**FICHE, "version": "0"}, headers=SEULES)
    assert encore.json()["version"] == 1  # the answer was lost on the way: sent again, acknowledged


def test_enregistrement_automatique_d_une_saisie_fausse_dit_le_champ(
    monde: Monde, client_porteur: Client
) -> None:
    saisie = {**FICHE, "contact_courriel": "pas une adresse", "version": "0"}
    reponse = client_porteur.post(adresse(monde), saisie, headers=SEULES)
    assert reponse.status_code == 400
    assert list(reponse.json()["erreurs"]) == ["contact_courriel"]
    assert not VersionDeSection.objects.exists()


def test_enregistrement_automatique_en_conflit_dit_qui_et_ne_change_rien(
    monde: Monde, client_porteur: Client
) -> None:
    client_de(porteur(monde.entite.finess_ej, "Claude Collègue")).post(
        adresse(monde), {**FICHE, "version": "0"}
    )
    mienne = {**FICHE, "contact_nom": "Sacha Petit", "version": "0"}
    reponse = client_porteur.post(adresse(monde), mienne, headers=SEULES)
    assert (reponse.status_code, reponse.json()["par"]) == (409, "Claude Collègue")
    assert monde.section("contacts").contenu["contact_nom"] == "Camille Roux"


def test_session_expiree_pendant_l_enregistrement_automatique(monde: Monde) -> None:
    assert Client().post(adresse(monde), {**FICHE, "version": "0"}, headers=SEULES).status_code == 401


# --- Two people ---


def test_deux_personnes_sur_le_meme_champ_voient_les_deux_versions(
    monde: Monde, client_porteur: Client
) -> None:
    collegue = client_de(porteur(monde.entite.finess_ej, "Claude Collègue"))
    assert collegue.post(adresse(monde), {**FICHE, "version": "0"}).status_code == 302
    mienne = {**FICHE, "contact_nom": "Sacha Petit", "contact_fonction": "Directrice", "version": "0"}
    conflit = client_porteur.post(adresse(monde), mienne)
    page = conflit.content.decode()
    assert conflit.status_code == 409
    assert "Claude Collègue" in page
    assert [(d.champ, d.propose, d.les_deux) for d in conflit.context["disputes"]] == [
        ("contact_nom", "mienne", True),
        ("contact_fonction", "mienne", True),
    ]
    assert "[retiré\u00a0: </span>Camille" in page
    assert "[ajouté\u00a0: </span>Sacha" in page
    assert monde.section("contacts").contenu == FICHE
    choix = {
        **dict(conflit.context["saisie"]),
        "version": conflit.context["section"].version,
        f"{CHOIX}contact_nom": "mienne",
        f"{CHOIX}contact_fonction": "enregistree",
    }
    assert client_porteur.post(adresse(monde), choix).status_code == 302
    assert monde.section("contacts").contenu == {**FICHE, "contact_nom": "Sacha Petit"}


def test_tout_remplacer_par_ma_saisie(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire("contacts", FICHE)
    mienne = {**FICHE, "contact_nom": "Sacha Petit", "version": "0"}
    conflit = client_porteur.post(adresse(monde), mienne)
    envoi = {
        **dict(conflit.context["saisie"]),
        "version": "1",
        f"{CHOIX}contact_nom": "enregistree",
        "tout": "mienne",
    }
    assert client_porteur.post(adresse(monde), envoi).status_code == 302
    assert monde.section("contacts").contenu["contact_nom"] == "Sacha Petit"


def test_la_section_change_encore_pendant_le_choix(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire("contacts", FICHE)
    mienne = {**FICHE, "contact_nom": "Sacha Petit", "version": "0"}
    assert client_porteur.post(adresse(monde), mienne).status_code == 409
    monde.ecrire("contacts", {**FICHE, "contact_nom": "Une troisième"})
    encore = client_porteur.post(adresse(monde), {**mienne, "version": "1"})
    assert encore.status_code == 409
    assert "Une troisième" in encore.content.decode()


def test_champs_differents_sont_reunis_et_c_est_dit(monde: Monde, client_porteur: Client) -> None:
    criteres = monde.saisies()["projet"]
    vide = dict.fromkeys(criteres, "")
    monde.ecrire("projet", {**vide, "cibles": "Lui"})
    reponse = client_porteur.post(
        adresse(monde, "projet"), {**vide, "efficience": "Moi", "version": "0"}, follow=True
    )
    assert monde.section("projet").contenu == {**vide, "cibles": "Lui", "efficience": "Moi"}
    assert "ses changements sont gardés avec les vôtres" in reponse.content.decode()


def test_texte_hostile_en_conflit_est_montre_comme_du_texte(monde: Monde, client_porteur: Client) -> None:
    hostile = "</textarea><script>alert(1)</script> {{ 7|add:7 }}"
    monde.ecrire("projet", {"efficience": hostile})
    page = client_porteur.post(adresse(monde, "projet"), {"efficience": f"{hostile}!", "version": "0"})
    assert page.status_code == 409
    assert "<script>alert(1)" not in page.content.decode()
    relecture = client_porteur.get(reverse("dossiers:relecture", args=[monde.dossier.pk])).content.decode()
    assert "Rien n’est encore renseigné." in relecture  # the sections that nobody opened
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in relecture


# --- Versions ---


def test_versions_dit_qui_quand_et_quels_mots(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire("projet", {"efficience": "Un levier modeste"})
    monde.ecrire("projet", {"efficience": "Un levier puissant"})
    reponse = client_porteur.get(adresse(monde, "projet", "versions"))
    (changement,) = reponse.context["changements"]
    assert [(m.nature, m.texte) for m in changement.morceaux] == [
        ("egal", "Un levier "),
        ("retire", "modeste"),
        ("ajoute", "puissant"),
    ]
    assert reponse.content.decode().count("Paule Porteur") >= 2
    depuis_rien = client_porteur.get(adresse(monde, "projet", "versions"), {"avant": 0, "apres": 1})
    assert [c.apres for c in depuis_rien.context["changements"]] == ["Un levier modeste"]


@pytest.mark.parametrize("requete", [{"avant": "9"}, {"apres": "x"}, {"avant": "-1"}, {"avant": "9" * 30}])
def test_version_inconnue_est_introuvable(monde: Monde, client_porteur: Client, requete: Any) -> None:
    monde.ecrire("projet", {"efficience": "Un"})
    assert client_porteur.get(adresse(monde, "projet", "versions"), requete).status_code == 404


def test_ancienne_version_se_reprend_comme_une_nouvelle(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire("projet", {"efficience": "Un"})
    monde.ecrire("projet", {"efficience": "Deux"})
    for _ in range(2):  # sent twice: one effect
        reponse = client_porteur.post(adresse(monde, "projet", "reprendre", 1), {"version": "2"})
        assert reponse["Location"] == adresse(monde, "projet")
    section = monde.section("projet")
    assert (section.contenu, section.version, section.versions.count()) == ({"efficience": "Un"}, 3, 3)


def test_reprise_depassee_ne_change_rien(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire("projet", {"efficience": "Un"})
    monde.ecrire("projet", {"efficience": "Deux"})
    monde.ecrire("projet", {"efficience": "Trois"})
    reponse = client_porteur.post(adresse(monde, "projet", "reprendre", 1), {"version": "2"}, follow=True)
    assert "rien n’est repris" in reponse.content.decode()
    assert monde.section("projet").contenu == {"efficience": "Trois"}


# --- Whole candidature ---


def test_liste_de_taches_dit_le_statut_le_manque_et_l_auteur(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire("contacts", {**FICHE, "contact_telephone": ""})
    monde.ecrire("projet", monde.saisies()["projet"])
    reponse = client_porteur.get(monde.dossier.get_absolute_url())
    statuts = {decrite.cle: tache.statut for decrite, _, tache in reponse.context["taches"]}
    attendus = {"porteur": "À faire", "contacts": "Incomplet", "projet": "Complet", "pieces": "Incomplet"}
    assert {cle: statuts[cle] for cle in attendus} == attendus
    assert statuts["si"] == "Facultatif"
    assert reponse.context["avancement"] == (2, 11)
    page = reponse.content.decode()
    assert "Le téléphone du contact opérationnel n’est pas renseigné" in page
    assert "Modifié par Paule Porteur" in page
    assert "Brouillon – non déposé." in page
    assert "2 sections obligatoires sur 11 terminées." in page
    assert page.count("Facultatif, n’empêche pas le dépôt") == 1


def test_tout_ce_qui_est_tape_est_scelle_et_lu_des_deux_cotes(monde: Monde, client_porteur: Client) -> None:
    monde.amener(Etat.DEPOSE)
    candidature = monde.dossier.depot.contenu["candidature"]
    assert {cle: candidature[cle] for cle in ("porteur", "contacts", "projet")} == {
        cle: monde.saisies()[cle] for cle in ("porteur", "contacts", "projet")
    }
    for lecteur in (client_porteur, client_de(monde.instructeur)):
        page = lecteur.get(reverse("dossiers:depose", args=[monde.dossier.pk])).content.decode()
        assert "73282932000074" in page
        assert "Camille Roux" in page
        assert "Réponse : efficience." in page


def test_chaque_section_des_editions_est_connue_du_portail() -> None:
    connues = {decrite.cle for decrite in SECTIONS}
    assert {s.cle for edition in editions() for s in edition.candidature.sections} <= connues


@pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
@pytest.mark.parametrize("complet", [False, True], ids=["vide", "complet"])
def test_chaque_section_de_l_edition_s_ouvre(edition: str, complet: bool) -> None:
    monde = Monde(edition, nombre=15 if edition == OCCITANIE else 8)
    if complet:
        monde.completer()
    client = client_de(monde.porteur)
    for decrite in sections_de(edition_de(monde.campagne)):
        reponse = client.get(decrite.url(monde.dossier))
        assert (decrite.cle, reponse.status_code) == (decrite.cle, 200)


@pytest.mark.parametrize("ecran", ["taches", "porteur", "contacts", "projet"])
def test_cinquante_essms_coutent_autant_de_requetes_qu_un(
    ecran: str, django_assert_max_num_queries: Any
) -> None:
    comptes = []
    for rang, nombre in ((1, 1), (2, 50)):
        monde = Monde(rang=rang, nombre=nombre)
        monde.ecrire("projet", monde.saisies()["projet"])
        client = client_de(monde.porteur)
        vers = monde.dossier.get_absolute_url() if ecran == "taches" else adresse(monde, ecran)
        with django_assert_max_num_queries(15) as requetes:
            assert client.get(vers).status_code == 200
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]
