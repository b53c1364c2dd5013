"""Inviting: who may, what is written, and the one answer that gives the role."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from esms.comptes.acces import lieux_de, roles_actifs
from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.courriels.models import Courriel, Notification
from esms.habilitations.actions import invitation as module
from esms.habilitations.actions.gardes import HabilitationDepassee, HabilitationRefusee
from esms.habilitations.actions.invitation import accepter, empreinte_du_jeton, inviter, renvoyer, revoquer
from esms.habilitations.actions.rattachement import retirer
from esms.habilitations.models import Invitation
from esms.journal.models import Entree
from tests.esms.habilitations.mondes import (
    ARS,
    AUTRE_ARS,
    AUTRE_OG,
    OG,
    administrateur,
    invitation,
    lien,
    titulaire,
)
from tests.esms.habilitations.mondes import invitee as invitee_verifiee
from tests.fabriques import agent, rattacher, utilisateur

pytestmark = pytest.mark.django_db

ADRESSE = "nouvelle@essais.example"


def _invitee(courriel: str = ADRESSE) -> Utilisateur:
    return invitee_verifiee(courriel)


def test_inviter_ecrit_la_ligne_le_courriel_et_le_journal_sans_donner_de_droit() -> None:
    par = titulaire()
    invitee = invitation(" Nouvelle@Essais.example ", par)
    assert (invitee.courriel, invitee.role, invitee.organisme) == (ADRESSE, Role.REDACTEUR, OG)
    assert invitee.expire_le - invitee.invitee_le == timedelta(days=7)
    assert Courriel.objects.get().a == ADRESSE
    entree = Entree.objects.get(chaine=f"compte:{par.pk}")
    assert (entree.geste, entree.contenu["invitation"]) == ("inviter", invitee.pk)
    assert ADRESSE not in str(entree.contenu)
    assert Rattachement.objects.filter(role=Role.REDACTEUR).count() == 0


def test_inviter_ne_garde_que_l_empreinte_du_lien() -> None:
    invitee = invitation(ADRESSE, titulaire())
    jeton = lien(invitee).split("/")[3]
    assert invitee.jeton_empreinte == empreinte_du_jeton(jeton) != jeton


@pytest.mark.parametrize("existe", [True, False])
def test_inviter_repond_de_meme_que_l_adresse_ait_un_compte_ou_non(existe: bool) -> None:
    if existe:
        _invitee()
    invitee = invitation(ADRESSE, titulaire())
    assert (Invitation.objects.count(), Courriel.objects.count(), invitee.envois) == (1, 1, 1)
    assert Notification.objects.count() == int(existe)


@pytest.mark.parametrize(
    ("role", "lieu"),
    [
        (Role.ADMINISTRATEUR, {"ars": AUTRE_ARS}),
        (Role.PORTEUR, {"organisme": OG}),
        (Role.NATIONAL, {"ars": ARS}),
        (Role.PORTEUR, {"ars": ARS}),
        (Role.MEMBRE, {"organisme": OG}),
    ],
)
def test_inviter_un_administrateur_ne_sort_pas_de_son_ars(role: Role, lieu: dict[str, str]) -> None:
    with pytest.raises(PermissionDenied):
        inviter(courriel=ADRESSE, role=role, **lieu, par=administrateur())
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("role", [Role.REDACTEUR, Role.REPRESENTANT, Role.MEMBRE])
def test_inviter_seul_un_titulaire_le_peut_dans_son_organisme(role: Role) -> None:
    par = rattacher(utilisateur(), role, organisme=OG)
    with pytest.raises(PermissionDenied):
        invitation(ADRESSE, par)
    with pytest.raises(PermissionDenied):
        invitation(ADRESSE, titulaire(AUTRE_OG))


@pytest.mark.parametrize("role", [Role.INSTRUCTEUR, Role.VALIDEUR, Role.JURY, Role.SIGNATAIRE, Role.GRADES])
def test_inviter_seul_un_administrateur_le_peut_dans_son_ars(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        inviter(courriel=ADRESSE, role=Role.JURY, ars=ARS, par=agent(role))


def test_inviter_soi_meme_est_refuse() -> None:
    par = administrateur()
    with pytest.raises(HabilitationRefusee, match="soi-même"):
        inviter(courriel=par.courriel.upper(), role=Role.VALIDEUR, ars=ARS, par=par)


def test_inviter_une_adresse_fausse_est_refuse() -> None:
    with pytest.raises(ValidationError):
        invitation("pas une adresse", titulaire())


def test_inviter_ne_renvoie_pas_hors_du_portail() -> None:
    par = titulaire()
    for ailleurs in ("https://ailleurs.example/", "//ailleurs.example/", "dossiers/"):
        with pytest.raises(ValueError, match="chemin du portail"):
            inviter(courriel=ADRESSE, role=Role.REDACTEUR, organisme=OG, lien_apres=ailleurs, par=par)


def test_inviter_deux_fois_renvoie_un_lien_et_eteint_le_premier() -> None:
    par = titulaire()
    premiere = invitation(ADRESSE, par)
    ancien = premiere.jeton_empreinte
    seconde = invitation(ADRESSE, par)
    assert (seconde.pk, seconde.envois, Invitation.objects.count()) == (premiere.pk, 2, 1)
    assert seconde.jeton_empreinte != ancien
    assert Courriel.objects.count() == 2


def test_inviter_est_borne_par_lieu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EN_ATTENTE_MAX", 2)
    par = titulaire()
    for rang in range(2):
        invitation(f"personne{rang}@ailleurs.example", par)
    with pytest.raises(HabilitationRefusee, match="2 invitations"):
        invitation("encore@ailleurs.example", par)


def test_renvoyer_est_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENVOIS_MAX", 1)
    par = titulaire()
    with pytest.raises(HabilitationRefusee, match="plusieurs fois"):
        renvoyer(invitation=invitation(ADRESSE, par), par=par)


def test_accepter_donne_le_role_une_fois_et_l_ecrit_au_journal() -> None:
    par, invitee = titulaire(), _invitee()
    recue = invitation(ADRESSE, par)
    droit = accepter(invitation=recue, par=invitee)
    assert accepter(invitation=recue, par=invitee) == droit
    assert (droit.role, droit.organisme, droit.donne_par, droit.debut) == (
        Role.REDACTEUR,
        OG,
        par,
        timezone.localdate(),
    )
    assert Rattachement.objects.filter(utilisateur=invitee).count() == 1
    assert [e.geste for e in Entree.objects.filter(chaine=f"compte:{invitee.pk}")] == ["accepter_invitation"]


def test_accepter_une_autre_adresse_est_refuse() -> None:
    recue = invitation(ADRESSE, titulaire())
    with pytest.raises(PermissionDenied):
        accepter(invitation=recue, par=_invitee("autre@essais.example"))


def test_accepter_avec_une_adresse_non_verifiee_est_refuse() -> None:
    """Whoever signs up with the address of somebody else has not proved that it is theirs."""
    recue = invitation(ADRESSE, titulaire())
    imposteur = Utilisateur.objects.create_user(ADRESSE, nom="Igor Imposteur")
    with pytest.raises(PermissionDenied):
        accepter(invitation=recue, par=imposteur)
    assert roles_actifs(imposteur) == frozenset()


def test_accepter_apres_une_semaine_est_refuse_puis_possible_renvoyee() -> None:
    par, invitee = titulaire(), _invitee()
    recue = invitation(ADRESSE, par)
    hier = timezone.now() - timedelta(days=1)
    Invitation.objects.update(invitee_le=hier - timedelta(days=7), expire_le=hier)
    with pytest.raises(HabilitationDepassee, match="expiré"):
        accepter(invitation=recue, par=invitee)
    renvoyer(invitation=recue, par=par)
    assert accepter(invitation=recue, par=invitee).role == Role.REDACTEUR


def test_accepter_une_invitation_revoquee_est_refuse() -> None:
    par, invitee = titulaire(), _invitee()
    recue = invitation(ADRESSE, par)
    assert revoquer(invitation=recue, par=par).revoquee_le == revoquer(invitation=recue, par=par).revoquee_le
    with pytest.raises(HabilitationDepassee, match="révoquée"):
        accepter(invitation=recue, par=invitee)
    with pytest.raises(HabilitationDepassee, match="révoquée"):
        renvoyer(invitation=recue, par=par)


def test_revoquer_une_invitation_acceptee_est_depasse() -> None:
    par = titulaire()
    recue = invitation(ADRESSE, par)
    accepter(invitation=recue, par=_invitee())
    with pytest.raises(HabilitationDepassee, match="déjà été acceptée"):
        revoquer(invitation=recue, par=par)


def test_accepter_quand_qui_invitait_n_en_a_plus_le_droit_est_refuse() -> None:
    partant, restant, invitee = titulaire(), titulaire(), _invitee()
    recue = invitation(ADRESSE, partant)
    retirer(rattachement=partant.rattachements.get(), par=restant)
    with pytest.raises(HabilitationDepassee, match="ne peut plus confier"):
        accepter(invitation=recue, par=invitee)
    assert roles_actifs(invitee) == frozenset()


def test_accepter_apres_un_retrait_ne_redonne_pas_le_role() -> None:
    par, invitee = titulaire(), _invitee()
    recue = invitation(ADRESSE, par)
    retirer(rattachement=accepter(invitation=recue, par=invitee), par=par)
    with pytest.raises(HabilitationDepassee, match="retiré"):
        accepter(invitation=recue, par=invitee)


def test_accepter_un_role_deja_tenu_ne_le_double_pas() -> None:
    invitee = rattacher(_invitee(), Role.REDACTEUR, organisme=OG)
    droit = accepter(invitation=invitation(ADRESSE, titulaire()), par=invitee)
    assert list(invitee.rattachements.all()) == [droit]


def test_inviter_avec_un_dernier_jour_le_donne_au_role() -> None:
    fin = timezone.localdate() + timedelta(days=30)
    recue = inviter(courriel=ADRESSE, role=Role.JURY, ars=ARS, fin=fin, par=administrateur())
    assert accepter(invitation=recue, par=_invitee()).fin == fin


def test_inviter_dans_le_passe_est_refuse() -> None:
    with pytest.raises(HabilitationRefusee, match="passé"):
        inviter(
            courriel=ADRESSE,
            role=Role.JURY,
            ars=ARS,
            fin=timezone.localdate() - timedelta(days=1),
            par=administrateur(),
        )


def test_inviter_un_membre_d_un_autre_organisme_le_limite_a_un_dossier() -> None:
    par, invitee, dossier = titulaire(), _invitee(), uuid4()
    recue = inviter(courriel=ADRESSE, role=Role.MEMBRE, organisme=AUTRE_OG, portee=dossier, par=par)
    droit = accepter(invitation=recue, par=invitee)
    lieux = lieux_de(invitee)
    assert (droit.portee, lieux.organismes, lieux.organismes_membres) == (dossier, frozenset(), frozenset())
    assert lieux.limites == frozenset({(AUTRE_OG, dossier)})


def test_inviter_un_membre_limite_se_revoque_par_qui_l_a_invite_et_par_son_organisme() -> None:
    par, autre = titulaire(), titulaire(AUTRE_OG)
    recue = inviter(courriel=ADRESSE, role=Role.MEMBRE, organisme=AUTRE_OG, portee=uuid4(), par=par)
    with pytest.raises(PermissionDenied):
        revoquer(invitation=recue, par=utilisateur())
    renvoyer(invitation=recue, par=par)
    assert revoquer(invitation=recue, par=autre).revoquee_par == autre


def test_inviter_un_membre_limite_ne_survit_pas_au_role_de_qui_l_a_invite() -> None:
    par, invitee = titulaire(), _invitee()
    recue = inviter(courriel=ADRESSE, role=Role.MEMBRE, organisme=AUTRE_OG, portee=uuid4(), par=par)
    par.rattachements.update(retire_le=timezone.now())
    with pytest.raises(HabilitationDepassee, match="ne peut plus confier ce rôle"):
        accepter(invitation=recue, par=invitee)
    with pytest.raises(PermissionDenied):
        renvoyer(invitation=recue, par=par)


def test_inviter_limite_a_un_dossier_est_reserve_au_membre() -> None:
    with pytest.raises(PermissionDenied):
        inviter(courriel=ADRESSE, role=Role.PORTEUR, organisme=AUTRE_OG, portee=uuid4(), par=titulaire())


def test_invitations_refusees_par_la_base() -> None:
    recue: Any = invitation(ADRESSE, titulaire())
    recue.ars = ARS
    with pytest.raises(ValidationError, match="pour un organisme ou pour une ARS"):
        recue.full_clean()
