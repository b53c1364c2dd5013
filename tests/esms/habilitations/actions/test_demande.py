"""Claiming an organism: nothing before an answer, and the answer of the right person."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from esms.comptes.acces import roles_actifs
from esms.comptes.models import Role, Utilisateur
from esms.courriels.models import Courriel
from esms.habilitations.actions.demande import (
    accepter_demande,
    demander,
    refuser_demande,
    retirer_demande,
)
from esms.habilitations.actions.gardes import HabilitationDepassee, HabilitationRefusee
from esms.habilitations.actions.rattachement import retirer
from esms.habilitations.models import DemandeDeRattachement
from esms.journal.models import Entree
from tests.esms.habilitations.mondes import ARS, AUTRE_ARS, AUTRE_OG, OG, administrateur, titulaire
from tests.fabriques import agent, rattacher, utilisateur

pytestmark = pytest.mark.django_db


def _demande(par: Utilisateur, organisme: str = OG) -> DemandeDeRattachement:
    return demander(organisme=organisme, nom="Les Lilas", ars=ARS, fonction="Directrice", par=par)


def _gestes(personne: Utilisateur) -> list[str]:
    return [entree.geste for entree in Entree.objects.filter(chaine=f"compte:{personne.pk}")]


def test_demander_ne_donne_aucun_droit_et_previent_l_ars_d_un_organisme_sans_titulaire() -> None:
    personne, chef = utilisateur(), administrateur()
    administrateur(AUTRE_ARS)
    demande = _demande(personne)
    assert _demande(personne) == demande
    assert roles_actifs(personne) == frozenset()
    assert list(Courriel.objects.values_list("a", flat=True)) == [chef.courriel]
    assert _gestes(personne) == ["demander_rattachement"]


def test_demander_previent_les_titulaires_quand_il_y_en_a() -> None:
    administrateur()
    premier, second = titulaire(), titulaire()
    rattacher(utilisateur(), Role.REDACTEUR, organisme=OG)
    _demande(utilisateur())
    assert set(Courriel.objects.values_list("a", flat=True)) == {premier.courriel, second.courriel}


def test_demander_trop_ou_pour_son_organisme_est_refuse() -> None:
    personne = titulaire()
    with pytest.raises(HabilitationRefusee, match="déjà titulaire"):
        _demande(personne)
    for rang in range(3):
        _demande(personne, f"31000000{rang}")
    with pytest.raises(HabilitationRefusee, match="3 de vos demandes"):
        _demande(personne, "310000009")


def test_accepter_demande_rend_titulaire_une_fois_et_previent() -> None:
    personne, chef = utilisateur(), administrateur()
    demande = _demande(personne)
    droit = accepter_demande(demande=demande, par=chef)
    assert accepter_demande(demande=demande, par=chef) == droit
    assert (droit.role, droit.organisme, droit.donne_par) == (Role.PORTEUR, OG, chef)
    assert _gestes(personne) == ["demander_rattachement", "accepter_demande"]
    assert Courriel.objects.filter(a=personne.courriel, gabarit="demande_acceptee").count() == 1


@pytest.mark.parametrize("role", [Role.INSTRUCTEUR, Role.VALIDEUR, Role.GRADES])
def test_accepter_demande_un_autre_role_ou_un_autre_lieu_est_refuse(role: Role) -> None:
    demande = _demande(utilisateur())
    for etranger in (agent(role), administrateur(AUTRE_ARS), titulaire(AUTRE_OG), demande.demandeur):
        with pytest.raises(PermissionDenied):
            accepter_demande(demande=demande, par=etranger)
        with pytest.raises(PermissionDenied):
            refuser_demande(demande=demande, motif="Non.", par=etranger)


def test_accepter_sa_propre_demande_est_refuse_meme_a_un_administrateur() -> None:
    chef = administrateur()
    with pytest.raises(PermissionDenied):
        accepter_demande(demande=_demande(chef), par=chef)


def test_accepter_demande_l_organisme_d_abord_puis_l_ars_apres_sept_jours() -> None:
    chef = administrateur()
    titulaire()
    demande = _demande(utilisateur())
    with pytest.raises(PermissionDenied):
        accepter_demande(demande=demande, par=chef)
    ancienne = timezone.now() - timedelta(days=7)
    DemandeDeRattachement.objects.update(demandee_le=ancienne)
    assert accepter_demande(demande=demande, par=chef).donne_par == chef


def test_refuser_demande_dit_pourquoi_et_previent_sans_le_motif() -> None:
    personne, chef = utilisateur(), administrateur()
    demande = _demande(personne)
    with pytest.raises(HabilitationRefusee, match="Dites pourquoi"):
        refuser_demande(demande=demande, motif="  ", par=chef)
    refuser_demande(demande=demande, motif="Inconnue au siège.", par=chef)
    courriel = Courriel.objects.get(a=personne.courriel)
    assert "Inconnue" not in courriel.texte
    assert roles_actifs(personne) == frozenset()
    with pytest.raises(HabilitationDepassee, match=r"écartée le .* par Ada Administratrice"):
        accepter_demande(demande=demande, par=chef)


def test_retirer_sa_demande_la_clot() -> None:
    personne, chef = utilisateur(), administrateur()
    demande = _demande(personne)
    with pytest.raises(PermissionDenied):
        retirer_demande(demande=demande, par=chef)
    retirer_demande(demande=demande, par=personne)
    retirer_demande(demande=demande, par=personne)
    with pytest.raises(HabilitationDepassee):
        accepter_demande(demande=demande, par=chef)
    assert _demande(personne).pk != demande.pk


def test_l_ars_qui_a_admis_un_organisme_peut_retirer_ses_roles_et_aucun_autre() -> None:
    chef, personne, autre = administrateur(), utilisateur(), titulaire(AUTRE_OG)
    droit = accepter_demande(demande=_demande(personne), par=chef)
    with pytest.raises(PermissionDenied):
        retirer(rattachement=autre.rattachements.get(), par=chef)
    with pytest.raises(PermissionDenied):
        retirer(rattachement=droit, par=administrateur(AUTRE_ARS))
    retirer(rattachement=droit, par=chef)
    assert roles_actifs(personne) == frozenset()
