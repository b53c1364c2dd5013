"""What an invited organism reads of somebody else's dossier, and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from grappes.models import EtatParticipation, Participation
from grappes.requetes_campagnes import edition_de
from grappes.requetes_grappes import parts_de_la_grappe
from instruction import urls
from instruction.forms.sections.si import SiForm
from instruction.templatetags.sections import lecture_de_section, section_imprimee
from tests.fabriques import Monde, organisme
from tests.instruction.actions.test_grappe import grappe_de_deux, inviter, lue, membre_de, siens

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return grappe_de_deux()


@pytest.fixture
def invite(client: Client, monde: Monde) -> Client:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    client.force_login(membre_de(monde, ej))
    return client


def adresse(monde: Monde, nom: str = "", *reste: str) -> str:
    suffixe = f"_{nom}" if nom else ""
    return reverse(f"dossiers:grappe_membre{suffixe}", args=[monde.dossier.pk, *reste])


def test_membre_lit_ses_essms_et_aucun_autre(invite: Client, monde: Monde) -> None:
    page = invite.get(adresse(monde)).content.decode()
    assert all(numero in page for numero in siens(monde, organisme(2).finess_ej))
    assert not [numero for numero in siens(monde, organisme().finess_ej) if numero in page]
    assert "€" not in page
    assert "Je confirme les 2 ESSMS de mon organisme" in page


def test_membre_trouve_sa_grappe_dans_sa_liste(invite: Client, monde: Monde) -> None:
    assert adresse(monde) in invite.get(reverse("dossiers:liste")).content.decode()


def test_organisme_non_invite_n_a_rien_dans_sa_liste(client: Client, monde: Monde) -> None:
    client.force_login(membre_de(monde, organisme(2).finess_ej))
    assert adresse(monde) not in client.get(reverse("dossiers:liste")).content.decode()


def test_depot_scelle_qui_a_confirme(invite: Client, monde: Monde) -> None:
    contenu = monde.deposer().depot_courant.contenu
    confirmations = [(un["finess_ej"], un["etat"]) for un in contenu["grappe"]["confirmations"]]
    assert confirmations == [(organisme(2).finess_ej, "invite")]


def test_membre_ne_lit_aucun_autre_ecran_du_dossier(invite: Client, monde: Monde) -> None:
    """Every address of a dossier that takes its identifier alone; the list is read, not copied."""
    lisibles = set()
    for motif in urls.urlpatterns:
        if set(motif.pattern.converters) != {"pk"}:
            continue
        if invite.get(reverse(f"dossiers:{motif.name}", args=[monde.dossier.pk])).status_code == 200:
            lisibles.add(motif.name)
    assert lisibles == {"grappe_membre"}


def test_membre_ne_lit_ni_ne_corrige_l_essms_d_un_autre(invite: Client, monde: Monde) -> None:
    autre = siens(monde, organisme().finess_ej)[0]
    assert invite.get(adresse(monde, "fiche", autre)).status_code == 404
    assert invite.post(adresse(monde, "fiche", autre), {"operation": "acquisition"}).status_code == 404


def test_membre_corrige_son_essms_sans_voir_de_montant(invite: Client, monde: Monde) -> None:
    numero = siens(monde, organisme(2).finess_ej)[0]
    page = invite.get(adresse(monde, "fiche", numero)).content.decode()
    assert "panneau" not in page
    champs = {"operation": "mise_en_conformite", "sons": "aucune", "avant": monde.relire().simulation_id}
    reponse = invite.post(
        adresse(monde, "fiche", numero), champs, headers={"HX-Request": "true", "HX-Target": "panneau"}
    )
    assert (reponse.status_code, reponse["Location"]) == (302, adresse(monde))
    assert {e["finess_et"]: e["operation"] for e in lue(monde)["essms"]}[numero] == "mise_en_conformite"


def test_membre_confirme_ce_qu_il_a_lu(invite: Client, monde: Monde) -> None:
    ej = organisme(2).finess_ej
    empreinte = parts_de_la_grappe(monde.relire().grappe)[ej].empreinte
    envoi = {"organisme": ej, "empreinte": empreinte}
    assert invite.post(adresse(monde, "confirmer"), envoi).status_code == 302
    assert Participation.objects.get().etat == EtatParticipation.CONFIRME
    assert "Confirmé par Maud Membre" in invite.get(adresse(monde)).content.decode()
    assert invite.post(adresse(monde, "confirmer"), envoi).status_code == 302


def test_membre_confirme_une_version_depassee_repond_409(invite: Client, monde: Monde) -> None:
    envoi = {"organisme": organisme(2).finess_ej, "empreinte": "0" * 64}
    reponse = invite.post(adresse(monde, "confirmer"), envoi)
    assert reponse.status_code == 409
    assert Participation.objects.get().etat == EtatParticipation.INVITE


def test_membre_ne_confirme_pas_pour_un_autre(invite: Client, monde: Monde) -> None:
    envoi = {"organisme": organisme().finess_ej, "empreinte": "0" * 64}
    assert invite.post(adresse(monde, "confirmer"), envoi).status_code == 403


def test_organisme_non_invite_ne_voit_rien(client: Client, monde: Monde) -> None:
    client.force_login(membre_de(monde, organisme(2).finess_ej))
    assert client.get(adresse(monde)).status_code == 404


def test_dossier_depose_se_relit_sans_se_corriger(invite: Client, monde: Monde) -> None:
    monde.deposer()
    numero = siens(monde, organisme(2).finess_ej)[0]
    page = invite.get(adresse(monde)).content.decode()
    assert "Ce dossier est déposé" in page
    assert "Je confirme" not in page
    assert invite.get(adresse(monde, "fiche", numero)).status_code == 404


def test_porteur_voit_l_etat_de_chaque_organisme(client: Client, monde: Monde) -> None:
    client.force_login(monde.porteur)
    page = client.get(reverse("dossiers:grappe", args=[monde.dossier.pk])).content.decode()
    assert "n’est pas encore invité à confirmer ses 2 ESSMS (règle E20)" in page
    ici = reverse("dossiers:grappe_confirmations", args=[monde.dossier.pk])
    envoi = {"organisme": organisme(2).finess_ej, "courriel": "maud@essais.example"}
    assert client.post(ici, envoi).status_code == 302
    page = client.get(ici).content.decode()
    assert "Invité, réponse attendue" in page
    assert "Porteur\u00a0: rien à confirmer" in page


def test_membre_repond_a_ses_mesures_et_le_porteur_le_lit(invite: Client, monde: Monde) -> None:
    ej = organisme(2).finess_ej
    assert "Votre organisme n’a pas encore de réponse à lui." in invite.get(adresse(monde)).content.decode()
    envoi = {"organisme": ej, "version": "0", "m1": "en_place", "m13": "prevue", "commentaire": "Audit fait."}
    assert invite.post(adresse(monde, "mesures"), envoi)["Location"] == adresse(monde)
    page = invite.get(adresse(monde)).content.decode()
    assert ("Répondu par Maud Membre le " in page, "Audit fait." in page) == (True, True)
    porteur = Client()
    porteur.force_login(monde.porteur)
    section = reverse("dossiers:section", args=[monde.dossier.pk, "si"])
    page = porteur.get(section).content.decode()
    assert "Répondu par Maud Membre, de cet organisme, le " in page
    champs = {"version": "1", "lignes-propres": "1", "propres-0-qui": ej, "propres-0-m1": "en_place"}
    gardes = {**champs, "propres-0-m13": "prevue", "propres-0-commentaire": "Audit fait."}
    porteur.post(section, gardes)
    assert "Répondu par Maud Membre, de cet organisme, le " in porteur.get(section).content.decode()
    version = monde.section("si").version
    porteur.post(section, {**gardes, "version": str(version), "propres-0-m1": "non"})
    assert "cette réponse a été modifiée depuis" in porteur.get(section).content.decode()
    assert "ont été modifiées par le porteur" in invite.get(adresse(monde)).content.decode()


def test_membre_garde_sa_saisie_refusee_ou_depassee(invite: Client, monde: Monde) -> None:
    ej = organisme(2).finess_ej
    vide = invite.post(adresse(monde, "mesures"), {"organisme": ej, "version": "0", "commentaire": "Rien."})
    assert (vide.status_code, 'value="Rien."' in vide.content.decode()) == (400, True)
    monde.ecrire("si", {"propres": [{"qui": ej, "nom": "", "m1": "non"}]})
    envoi = {"organisme": ej, "version": "0", "m1": "en_cours"}
    reponse = invite.post(adresse(monde, "mesures"), envoi)
    page = reponse.content.decode()
    assert (reponse.status_code, 'name="version" value="1"' in page) == (409, True)
    assert '<option value="en_cours" selected>' in page
    assert invite.post(adresse(monde, "mesures"), {**envoi, "version": "1"}).status_code == 302
    assert invite.post(adresse(monde, "mesures"), {**envoi, "organisme": "x"}).status_code == 403


def test_reponse_d_un_membre_se_lit_au_depot_et_dans_le_document(invite: Client, monde: Monde) -> None:
    ej = organisme(2).finess_ej
    envoi = {"organisme": ej, "version": "0", "m1": "en_place"}
    invite.post(adresse(monde, "mesures"), envoi)
    contenu, edition = monde.section("si").contenu, edition_de(monde.campagne)
    assert "Répondu par Maud Membre le " in lecture_de_section("si", contenu, edition)
    assert "Répondu par Maud Membre le " in section_imprimee("si", {"si": contenu}, edition, {})
    lues = {reponse.libelle: reponse.texte for reponse in SiForm.lire(contenu, edition)}
    assert lues[f"Répondu par l’organisme lui-même, {ej}"].startswith("Maud Membre, le ")
