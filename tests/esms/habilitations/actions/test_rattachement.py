"""Giving and ending roles: within one's place, never to oneself, never leaving nobody to give them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from esms.comptes.acces import roles_actifs
from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.habilitations.actions.gardes import HabilitationDepassee, HabilitationRefusee
from esms.habilitations.actions.rattachement import confier, fixer_fin, retirer
from esms.journal.models import Entree
from tests.esms.habilitations.mondes import ARS, AUTRE_ARS, AUTRE_OG, OG, administrateur, titulaire
from tests.fabriques import agent, rattacher, utilisateur

pytestmark = pytest.mark.django_db

UN_JOUR = timedelta(days=1)


def _droit(personne: Utilisateur) -> Rattachement:
    return personne.rattachements.get()


def test_confier_un_second_role_a_un_collegue_et_l_ecrire_au_journal() -> None:
    par, collegue = administrateur(), agent(Role.INSTRUCTEUR)
    droit = confier(utilisateur=collegue, role=Role.VALIDEUR, ars=ARS, par=par)
    assert confier(utilisateur=collegue, role=Role.VALIDEUR, ars=ARS, par=par) == droit
    assert roles_actifs(collegue) == frozenset({Role.INSTRUCTEUR, Role.VALIDEUR})
    entree = Entree.objects.get(chaine=f"compte:{collegue.pk}")
    assert (entree.geste, entree.par, entree.contenu["role"]) == ("confier_role", par, Role.VALIDEUR)


def test_confier_a_soi_meme_est_refuse() -> None:
    par = administrateur()
    with pytest.raises(HabilitationRefusee, match="soi-même"):
        confier(utilisateur=par, role=Role.VALIDEUR, ars=ARS, par=par)


def test_confier_a_qui_n_est_pas_la_est_refuse() -> None:
    for etranger in (utilisateur(), agent(Role.INSTRUCTEUR, AUTRE_ARS)):
        with pytest.raises(HabilitationRefusee, match="invitez-la"):
            confier(utilisateur=etranger, role=Role.VALIDEUR, ars=ARS, par=administrateur())


@pytest.mark.parametrize("role", [Role.NATIONAL, Role.AUDITEUR, Role.PORTEUR])
def test_confier_un_role_d_ailleurs_est_refuse(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        confier(utilisateur=agent(Role.INSTRUCTEUR), role=role, ars=ARS, par=administrateur())


def test_confier_hors_de_son_ars_est_refuse() -> None:
    with pytest.raises(PermissionDenied):
        confier(utilisateur=agent(Role.JURY), role=Role.VALIDEUR, ars=ARS, par=administrateur(AUTRE_ARS))


def test_retirer_eteint_le_droit_aussitot_et_dit_qui() -> None:
    par, collegue = administrateur(), agent(Role.INSTRUCTEUR)
    retire = retirer(rattachement=_droit(collegue), par=par)
    assert roles_actifs(collegue) == frozenset()
    assert retire.retire_par == par
    assert retirer(rattachement=retire, par=par).retire_le == retire.retire_le
    assert [e.geste for e in Entree.objects.filter(chaine=f"compte:{collegue.pk}")] == ["retirer_role"]


def test_retirer_le_droit_donne_le_jour_meme() -> None:
    collegue = rattacher(utilisateur(), Role.JURY, ars=ARS, debut=timezone.localdate())
    retirer(rattachement=_droit(collegue), par=administrateur())
    assert roles_actifs(collegue) == frozenset()


def test_retirer_hors_de_son_lieu_est_refuse() -> None:
    droits = [_droit(agent(Role.INSTRUCTEUR)), _droit(rattacher(utilisateur(), Role.REDACTEUR, organisme=OG))]
    for droit in droits:
        for etranger in (administrateur(AUTRE_ARS), titulaire(AUTRE_OG), agent(Role.VALIDEUR)):
            with pytest.raises(PermissionDenied):
                retirer(rattachement=droit, par=etranger)


def test_retirer_un_role_national_revient_a_l_exploitant() -> None:
    with pytest.raises(PermissionDenied):
        retirer(rattachement=_droit(rattacher(utilisateur(), Role.NATIONAL)), par=administrateur())


def test_retirer_le_dernier_administrateur_est_refuse() -> None:
    seul = administrateur()
    administrateur(AUTRE_ARS)
    with pytest.raises(HabilitationRefusee, match="dernier administrateur"):
        retirer(rattachement=_droit(seul), par=seul)


def test_retirer_quand_l_autre_administrateur_a_une_fin_ou_un_compte_desactive_est_refuse() -> None:
    seul, partant, inactif = administrateur(), administrateur(), administrateur()
    fixer_fin(rattachement=_droit(partant), fin=timezone.localdate() + UN_JOUR, par=seul)
    Utilisateur.objects.filter(pk=inactif.pk).update(is_active=False)
    with pytest.raises(HabilitationRefusee, match="dernier administrateur"):
        retirer(rattachement=_droit(seul), par=partant)


def test_retirer_le_dernier_titulaire_est_refuse() -> None:
    seul = titulaire()
    with pytest.raises(HabilitationRefusee, match="dernier titulaire"):
        retirer(rattachement=_droit(seul), par=seul)
    retirer(rattachement=_droit(seul), par=titulaire())
    assert roles_actifs(seul) == frozenset()


def test_fixer_fin_le_droit_tient_jusqu_au_dernier_jour_inclus() -> None:
    par, collegue = administrateur(), agent(Role.JURY)
    aujourdhui = timezone.localdate()
    fixer_fin(rattachement=_droit(collegue), fin=aujourdhui, par=par)
    assert roles_actifs(collegue) == frozenset({Role.JURY})
    Rattachement.objects.filter(utilisateur=collegue).update(fin=aujourdhui - UN_JOUR)
    assert roles_actifs(collegue) == frozenset()
    with pytest.raises(HabilitationDepassee, match="pris fin"):
        fixer_fin(rattachement=_droit(collegue), fin=None, par=par)


def test_fixer_fin_garde_l_ancienne_au_journal() -> None:
    par, collegue = administrateur(), agent(Role.JURY)
    fin = timezone.localdate() + UN_JOUR
    fixer_fin(rattachement=_droit(collegue), fin=fin, par=par)
    fixer_fin(rattachement=_droit(collegue), fin=fin, par=par)
    fixer_fin(rattachement=_droit(collegue), fin=None, par=par)
    entrees = Entree.objects.filter(chaine=f"compte:{collegue.pk}")
    assert [(e.contenu["avant"], e.contenu["fin"]) for e in entrees] == [
        (None, fin.isoformat()),
        (fin.isoformat(), None),
    ]


def test_fixer_fin_dans_le_passe_ou_prolonger_le_sien_est_refuse() -> None:
    par, autre = administrateur(), administrateur()
    with pytest.raises(HabilitationRefusee, match="passé"):
        fixer_fin(rattachement=_droit(autre), fin=timezone.localdate() - UN_JOUR, par=par)
    fixer_fin(rattachement=_droit(autre), fin=timezone.localdate() + UN_JOUR, par=par)
    for fin in (None, timezone.localdate() + 2 * UN_JOUR):
        with pytest.raises(HabilitationRefusee, match="prolonge"):
            fixer_fin(rattachement=_droit(autre), fin=fin, par=autre)


def test_fixer_fin_du_dernier_administrateur_est_refuse() -> None:
    seul = administrateur()
    with pytest.raises(HabilitationRefusee, match="dernier administrateur"):
        fixer_fin(rattachement=_droit(seul), fin=timezone.localdate() + UN_JOUR, par=seul)
