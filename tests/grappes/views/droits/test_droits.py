"""Rights on screen, through real requests: a right ended is gone at the next one, the session still open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from esms.comptes.acces import roles_actifs
from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.courriels.models import Courriel
from esms.habilitations.actions.demande import accepter_demande, demander
from esms.habilitations.models import DemandeDeRattachement, Invitation
from instruction.etats import Etat
from tests.esms.habilitations.mondes import ARS, OG, administrateur, invitation, lien, titulaire
from tests.fabriques import Monde, agent, organisme, ouvrir_session, rattacher, utilisateur

pytestmark = pytest.mark.django_db

EQUIPE_ARS, EQUIPE_OG = f"/droits/equipe/ars-{ARS}/", f"/droits/equipe/og-{OG}/"


def _client(personne: Utilisateur) -> Client:
    return ouvrir_session(Client(), personne)


def test_retirer_un_role_ferme_la_session_ouverte_a_la_requete_suivante() -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    page = reverse("dossiers:eligibilite", args=[monde.dossier.pk])
    instructeur, chef = _client(monde.instructeur), _client(monde.administrateur)
    assert instructeur.get(page).status_code == 200
    droit = monde.instructeur.rattachements.get()
    reponse = chef.post(reverse("droits:retirer", args=[droit.pk]), follow=True)
    assert reponse.status_code == 200
    assert instructeur.get(page).status_code == 404
    assert instructeur.post(reverse("dossiers:attribuer", args=[monde.dossier.pk])).status_code == 404


def test_dernier_jour_passe_ferme_la_session_ouverte() -> None:
    monde = Monde()
    page = reverse("dossiers:dossier", args=[monde.dossier.pk])
    collegue = rattacher(utilisateur(), Role.REDACTEUR, organisme=monde.entite.finess_ej)
    redacteur, titulaire_ = _client(collegue), _client(monde.porteur)
    droit = collegue.rattachements.get()
    fin = timezone.localdate() + timedelta(days=1)
    titulaire_.post(reverse("droits:fixer_fin", args=[droit.pk]), {"fin": fin.isoformat()})
    droit.refresh_from_db()
    assert droit.fin == fin
    assert redacteur.get(page).status_code == 200
    Rattachement.objects.filter(pk=droit.pk).update(fin=timezone.localdate() - timedelta(days=1))
    assert redacteur.get(page).status_code == 404


def test_inviter_repond_pareil_pour_une_adresse_connue_ou_inconnue() -> None:
    chef = _client(administrateur())
    connue = utilisateur().courriel
    adresse = reverse("droits:inviter", args=[f"ars-{ARS}"])
    pages = []
    for courriel in (connue, "inconnue@ailleurs.example"):
        reponse = chef.post(adresse, {"courriel": courriel, "role": "jury", "fin": ""}, follow=True)
        corps = reponse.content.decode().replace(courriel, "ADRESSE")
        pages.append((reponse.redirect_chain, reponse.status_code, "Invitation envoyée à ADRESSE" in corps))
    assert pages[0] == pages[1] == ([(EQUIPE_ARS, 302)], 200, True)


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"courriel": "pas une adresse", "role": "jury"}, "adresse"),
        ({"courriel": "a@essais\u202e.example", "role": "jury"}, "adresse électronique valide"),
        ({"courriel": "a\x00b@essais.example", "role": "jury"}, "adresse électronique valide"),
        ({"courriel": "a@b.example", "role": ""}, "obligatoire"),
        ({"courriel": "a@b.example", "role": "national"}, "choix"),
        ({"courriel": "a@b.example", "role": "jury", "fin": "2001-01-01"}, "date à venir"),
    ],
)
def test_inviter_une_saisie_fausse_est_dite_dans_le_formulaire(saisie: dict[str, str], phrase: str) -> None:
    reponse = _client(administrateur()).post(reverse("droits:inviter", args=[f"ars-{ARS}"]), saisie)
    assert reponse.status_code == 400
    assert phrase in reponse.content.decode()
    assert Invitation.objects.count() == 0


def test_invitation_sans_session_dit_ce_qui_est_offert_et_pas_l_adresse() -> None:
    recue = invitation("nora@ailleurs.example", titulaire())
    reponse = Client().get(lien(recue))
    corps = reponse.content.decode()
    assert reponse.status_code == 200
    assert ("Rédacteur" in corps, "Association des Lilas" in corps, "nora@" in corps) == (True, True, False)
    assert f"/compte/connexion/?next={lien(recue)}" in corps


def test_invitation_acceptee_mene_a_la_page_voulue_puis_ne_sert_plus() -> None:
    par = titulaire()
    nora = utilisateur("Nora Nouvelle")
    recue = invitation(nora.courriel, par)
    client = _client(nora)
    assert "Accepter l’invitation" in client.get(lien(recue)).content.decode()
    accepter = reverse("droits:accepter", args=[recue.pk])
    for _ in range(2):
        reponse = client.post(accepter)
        assert (reponse.status_code, reponse["Location"]) == (302, reverse("droits:mes_droits"))
    assert roles_actifs(nora) == frozenset({Role.REDACTEUR})
    assert client.get(lien(recue)).status_code == 410
    assert client.get(EQUIPE_OG).status_code == 200


def _revoquee(recue: Invitation) -> None:
    Invitation.objects.filter(pk=recue.pk).update(revoquee_le=timezone.now(), revoquee_par=recue.invitee_par)


def _expiree(recue: Invitation) -> None:
    jadis = timezone.now() - timedelta(days=8)
    Invitation.objects.filter(pk=recue.pk).update(invitee_le=jadis, expire_le=jadis + timedelta(days=7))


@pytest.mark.parametrize(("alterer", "phrase"), [(_revoquee, "révoquée"), (_expiree, "a expiré le")])
def test_invitation_morte_le_dit_et_ne_donne_rien(alterer: Callable[[Invitation], None], phrase: str) -> None:
    nora = utilisateur("Nora Nouvelle")
    recue = invitation(nora.courriel, titulaire())
    alterer(recue)
    client = _client(nora)
    reponse = client.get(lien(recue))
    assert (reponse.status_code, phrase in reponse.content.decode()) == (410, True)
    assert client.post(reverse("droits:accepter", args=[recue.pk])).status_code == 409
    assert roles_actifs(nora) == frozenset()


def test_invitation_d_une_autre_personne_est_expliquee_et_refusee() -> None:
    recue = invitation("nora@ailleurs.example", titulaire())
    client = _client(utilisateur())
    reponse = client.get(lien(recue))
    assert (reponse.status_code, "autre adresse" in reponse.content.decode()) == (403, True)
    assert client.post(reverse("droits:accepter", args=[recue.pk])).status_code == 404


def test_invitation_l_ancien_lien_ne_mene_plus_nulle_part() -> None:
    par = titulaire()
    recue = invitation("nora@ailleurs.example", par)
    ancien = lien(recue)
    assert _client(par).post(reverse("droits:renvoyer", args=[recue.pk])).status_code == 302
    recue.refresh_from_db()
    assert (Client().get(ancien).status_code, Client().get(lien(recue)).status_code) == (404, 200)


def test_revoquer_depuis_l_equipe() -> None:
    par = titulaire()
    recue = invitation("nora@ailleurs.example", par)
    client = _client(par)
    assert "nora@ailleurs.example" in client.get(EQUIPE_OG).content.decode()
    assert client.post(reverse("droits:revoquer", args=[recue.pk])).status_code == 302
    assert "Aucune invitation n’attend" in client.get(EQUIPE_OG).content.decode()


def test_mes_droits_montre_les_roles_et_l_invitation_recue() -> None:
    nora = rattacher(utilisateur("Nora Nouvelle"), Role.MEMBRE, organisme=OG)
    invitation(nora.courriel, titulaire())
    corps = _client(nora).get(reverse("droits:mes_droits")).content.decode()
    assert ("Membre de la grappe" in corps, "Une invitation vous attend" in corps) == (True, True)


def test_demander_de_la_recherche_a_l_acceptation() -> None:
    entite = organisme(1, nom="Association des Lilas")
    entite.recherche = f" {entite.pk} association des lilas"
    entite.save()
    nora, chef = utilisateur("Nora Nouvelle"), administrateur()
    client, la_bas = _client(nora), _client(chef)
    adresse = reverse("droits:demander")
    for texte in (entite.finess_ej, "Lilas association"):
        assert f"?organisme={entite.finess_ej}" in client.get(adresse, {"q": texte}).content.decode()
    assert "Organisme choisi" in client.get(adresse, {"organisme": entite.finess_ej}).content.decode()
    saisie = {"organisme": entite.finess_ej, "fonction": "Directrice"}
    page = client.post(adresse, saisie)["Location"]
    demande = DemandeDeRattachement.objects.get()
    assert page == reverse("droits:demande", args=[demande.pk])
    assert (demande.ars, demande.nom) == (ARS, "Association des Lilas")
    assert "Avant d’accepter" in la_bas.get(page).content.decode()
    assert la_bas.post(reverse("droits:accepter_demande", args=[demande.pk])).status_code == 302
    assert roles_actifs(nora) == frozenset({Role.PORTEUR})
    assert client.get(f"/droits/equipe/og-{entite.finess_ej}/").status_code == 200
    assert la_bas.get(f"/droits/equipe/og-{entite.finess_ej}/").status_code == 200


def test_demander_un_organisme_inconnu_ou_sans_region_est_refuse() -> None:
    client = _client(utilisateur())
    sans_region = organisme(5, nom="Sans région")
    type(sans_region).objects.filter(pk=sans_region.pk).update(region="")
    for numero, phrase in (("310000008", "ne connaît pas cet organisme"), (sans_region.pk, "quelle région")):
        reponse = client.post(reverse("droits:demander"), {"organisme": numero, "fonction": "Directrice"})
        assert (reponse.status_code, phrase in reponse.content.decode()) == (400, True)


def test_refuser_sans_motif_le_demande() -> None:
    demande = demander(organisme=OG, nom="Les Lilas", ars=ARS, fonction="Directrice", par=utilisateur())
    chef = _client(administrateur())
    reponse = chef.post(reverse("droits:refuser_demande", args=[demande.pk]), {"motif": ""})
    assert reponse.status_code == 400
    assert (
        chef.post(reverse("droits:refuser_demande", args=[demande.pk]), {"motif": "Non."}).status_code == 302
    )
    assert chef.post(reverse("droits:accepter_demande", args=[demande.pk])).status_code == 409


def test_equipe_le_nombre_de_requetes_ne_depend_pas_des_lignes() -> None:
    chef = administrateur()
    client = _client(chef)

    def remplir(rang: int) -> None:
        agent(Role.JURY)
        parti = rattacher(utilisateur(), Role.VALIDEUR, ars=ARS)
        parti.rattachements.update(retire_le=timezone.now(), retire_par=chef)
        Invitation.objects.create(
            courriel=f"i{rang}@ailleurs.example",
            role=Role.JURY,
            ars=ARS,
            lieu="ARS",
            jeton_empreinte=f"{rang:064d}",
            invitee_le=timezone.now(),
            invitee_par=chef,
            expire_le=timezone.now() + timedelta(days=7),
        )
        demander(organisme=f"31000{rang:04d}", nom="A", ars=ARS, fonction="D", par=utilisateur())
        admise = demander(organisme=f"31001{rang:04d}", nom="B", ars=ARS, fonction="D", par=utilisateur())
        accepter_demande(demande=admise, par=chef)

    remplir(1)
    un = _requetes(client, EQUIPE_ARS)
    remplir(2)
    remplir(3)
    assert _requetes(client, EQUIPE_ARS) == un <= 15


def _requetes(client: Client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(adresse).status_code == 200
    return len(requetes)


def test_mes_droits_le_nombre_de_requetes_ne_depend_pas_des_lignes() -> None:
    nora = utilisateur("Nora Nouvelle")
    client = _client(nora)

    def remplir(rang: int) -> None:
        og = organisme(rang).finess_ej
        rattacher(nora, Role.REDACTEUR, organisme=og)
        invitation(nora.courriel, titulaire(og), organisme=og)
        demander(organisme=og, nom="A", ars=ARS, fonction="D", par=nora)

    remplir(1)
    un = _requetes(client, reverse("droits:mes_droits"))
    remplir(2)
    remplir(3)
    assert _requetes(client, reverse("droits:mes_droits")) == un <= 15


def test_get_n_ecrit_rien() -> None:
    chef = administrateur()
    client, avant = _client(chef), Courriel.objects.count()
    droit = agent(Role.JURY).rattachements.get()
    pages = [
        EQUIPE_ARS,
        reverse("droits:inviter", args=[f"ars-{ARS}"]),
        reverse("droits:role", args=[droit.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    assert (Courriel.objects.count(), Invitation.objects.count()) == (avant, 0)
