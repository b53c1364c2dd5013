"""Which dossiers each role reads whole, which it shares in part, and which conventions it reads."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from esms.comptes.models import ROLES_AGENT, ROLES_ARS, Role
from financement.models import Convention
from instruction.acces import droits_de
from instruction.etats import Etat
from instruction.models import Dossier
from tests.acces.distribution import AUTRE, CONCERNEE, PARTENAIRE
from tests.acces.mondes import monde
from tests.fabriques import Monde, agent, organisme, rattacher, utilisateur

pytestmark = pytest.mark.django_db


def _vus(personne: Any) -> int:
    return Dossier.objects.visibles_par(personne).count()


def _partages(personne: Any) -> int:
    return Dossier.objects.partages_avec(personne).count()


@pytest.mark.parametrize("role", [Role.PORTEUR, Role.REDACTEUR, Role.REPRESENTANT])
def test_visibles_par_l_organisme_du_brouillon_au_depot(role: Role) -> None:
    joue = Monde()
    personne = rattacher(utilisateur(), role, organisme=joue.entite.finess_ej)
    assert (_vus(personne), _partages(personne)) == (1, 0)


@pytest.mark.parametrize("role", ROLES_ARS)
def test_visibles_par_l_ars_seulement_une_fois_depose(role: Role) -> None:
    joue = monde()
    personnes = [agent(role, ars) for ars in ("76", CONCERNEE, "01")]
    assert [_vus(personne) for personne in personnes] == [0, 0, 0]
    joue.amener(Etat.DEPOSE)
    assert [_vus(personne) for personne in personnes] == [1, 1, 0]


@pytest.mark.parametrize("role", [Role.NATIONAL, Role.AUDITEUR])
def test_visibles_par_un_role_national_tout_ce_qui_est_depose(role: Role) -> None:
    joue = Monde()
    personne = rattacher(utilisateur(), role)
    assert _vus(personne) == 0
    joue.amener(Etat.DEPOSE)
    assert _vus(personne) == 1


def test_visibles_par_personne_d_autre() -> None:
    monde().amener(Etat.DEPOSE)
    autres = [
        AnonymousUser(),
        utilisateur(),
        rattacher(utilisateur(), Role.PORTEUR, organisme=organisme(AUTRE).finess_ej),
        rattacher(utilisateur(), Role.MEMBRE, organisme=organisme(PARTENAIRE).finess_ej),
    ]
    assert [_vus(personne) for personne in autres] == [0, 0, 0, 0]


def test_partages_avec_les_organismes_qui_ont_un_essms_des_le_brouillon() -> None:
    joue = monde()
    la, ailleurs = organisme(PARTENAIRE).finess_ej, organisme(AUTRE).finess_ej
    qui = {
        "membre": rattacher(utilisateur(), Role.MEMBRE, organisme=la),
        "titulaire": rattacher(utilisateur(), Role.PORTEUR, organisme=la),
        "invité ici": rattacher(utilisateur(), Role.MEMBRE, organisme=la, portee=joue.dossier.pk),
        "invité ailleurs": rattacher(utilisateur(), Role.MEMBRE, organisme=la, portee=uuid4()),
        "sans essms": rattacher(utilisateur(), Role.MEMBRE, organisme=ailleurs),
        "invité sans essms": rattacher(
            utilisateur(), Role.MEMBRE, organisme=ailleurs, portee=joue.dossier.pk
        ),
        "agent": agent(Role.INSTRUCTEUR),
    }
    assert {nom for nom, personne in qui.items() if _partages(personne)} == {
        "membre",
        "titulaire",
        "invité ici",
    }


def test_partages_avec_une_seule_requete_apres_les_droits() -> None:
    monde()
    membre = rattacher(utilisateur(), Role.MEMBRE, organisme=organisme(PARTENAIRE).finess_ej)
    with CaptureQueriesContext(connection) as requetes:
        list(Dossier.objects.partages_avec(membre))
    assert len(requetes) == 2


def test_droits_examine_et_suit_selon_le_role() -> None:
    joue = monde()
    dossier = joue.amener(Etat.DEPOSE)
    attendus = {
        **{(role, "76"): (True, True) for role in ROLES_AGENT},
        **{(role, CONCERNEE): (False, True) for role in ROLES_AGENT},
        **{(role, "01"): (False, False) for role in ROLES_AGENT},
        (Role.GRADES, "76"): (False, False),
        (Role.GRADES, CONCERNEE): (False, False),
        (Role.NATIONAL, ""): (False, False),
        (Role.AUDITEUR, ""): (True, True),
    }
    obtenus = {}
    for role, ars in attendus:
        droits = droits_de(rattacher(utilisateur(), role, ars=ars))
        obtenus[role, ars] = (droits.examine(dossier), droits.suit(dossier))
    assert obtenus == attendus


def test_droits_aucun_geste_pour_qui_ne_fait_que_lire() -> None:
    dossier = Monde().amener(Etat.DEPOSE)
    lecteurs = [agent(Role.GRADES), agent(Role.JURY)]
    lecteurs += [rattacher(utilisateur(), role) for role in (Role.NATIONAL, Role.AUDITEUR)]
    assert [droits_de(lecteur).gestes(dossier) for lecteur in lecteurs] == [frozenset()] * 4


def test_conventions_visibles_par_selon_le_role() -> None:
    joue = monde()
    joue.amener(Etat.CONVENTION_A_SIGNER)
    qui = {
        "instructeur": joue.instructeur,
        "porteur": joue.porteur,
        "national": rattacher(utilisateur(), Role.NATIONAL),
        "auditeur": rattacher(utilisateur(), Role.AUDITEUR),
        "grades": agent(Role.GRADES),
        "concernée": agent(Role.INSTRUCTEUR, CONCERNEE),
    }

    def lecteurs() -> set[str]:
        return {nom for nom, personne in qui.items() if Convention.objects.visibles_par(personne).exists()}

    assert lecteurs() == {"instructeur", "auditeur"}
    joue.amener(Etat.CONVENTIONNE)
    assert lecteurs() == {"instructeur", "auditeur", "porteur", "national"}
