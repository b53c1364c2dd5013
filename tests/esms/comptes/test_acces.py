"""Roles: who holds which, today."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from esms.comptes.acces import Lieux, ars_de, lieux_de, organismes_de, roles_actifs
from esms.comptes.models import ROLES_AGENT, Rattachement, Role, Utilisateur

pytestmark = pytest.mark.django_db

HIER = timedelta(days=-1)
DEMAIN = timedelta(days=1)


def _personne(courriel: str = "Agent@Exemple.example") -> Utilisateur:
    return Utilisateur.objects.create_user(courriel, "un mot de passe assez long", nom="Agent")


def _rattacher(personne: Utilisateur, role: str, **champs: object) -> Rattachement:
    valeurs = {"debut": timezone.localdate(), "ars": "" if role == Role.PORTEUR else "76", **champs}
    return Rattachement.objects.create(utilisateur=personne, role=role, **valeurs)


def test_roles_actifs_anonyme_aucun() -> None:
    assert roles_actifs(AnonymousUser()) == frozenset()


def test_roles_actifs_du_jour_seulement() -> None:
    personne = _personne()
    aujourdhui = timezone.localdate()
    _rattacher(personne, Role.INSTRUCTEUR, fin=aujourdhui)
    _rattacher(personne, Role.VALIDEUR, debut=aujourdhui + DEMAIN)
    _rattacher(personne, Role.ADMINISTRATEUR, debut=aujourdhui + 2 * HIER, fin=aujourdhui + HIER)
    assert roles_actifs(personne) == frozenset({Role.INSTRUCTEUR})


def test_roles_actifs_compte_desactive_aucun() -> None:
    personne = _personne()
    _rattacher(personne, Role.INSTRUCTEUR)
    personne.is_active = False
    assert roles_actifs(personne) == frozenset()


def test_ars_de_ne_rend_que_les_roles_demandes() -> None:
    personne = _personne()
    _rattacher(personne, Role.INSTRUCTEUR, ars="76")
    _rattacher(personne, Role.VALIDEUR, ars="01")
    assert ars_de(personne, [Role.VALIDEUR]) == frozenset({"01"})
    assert ars_de(personne, [Role.VALIDEUR, Role.INSTRUCTEUR]) == frozenset({"01", "76"})


def test_organismes_de_un_agent_aucun() -> None:
    porteur, agent = _personne("porteur@exemple.example"), _personne()
    _rattacher(porteur, Role.PORTEUR, organisme="310781562")
    _rattacher(agent, Role.INSTRUCTEUR)
    assert organismes_de(porteur) == frozenset({"310781562"})
    assert organismes_de(agent) == frozenset()


def test_lieux_de_rend_les_organismes_du_porteur_et_les_ars_de_l_agent_en_une_requete(
    django_assert_num_queries: Any,
) -> None:
    personne = _personne()
    _rattacher(personne, Role.PORTEUR, organisme="310781562", ars="")
    _rattacher(personne, Role.INSTRUCTEUR)
    with django_assert_num_queries(1):
        lieux = lieux_de(personne)
    assert (lieux.organismes, lieux.ars) == (organismes_de(personne), ars_de(personne, ROLES_AGENT))
    assert (lieux.organismes, lieux.ars) == ({"310781562"}, {"76"})
    assert lieux_de(AnonymousUser()) == Lieux({})


def test_lieux_de_un_membre_n_ecrit_pour_aucun_organisme() -> None:
    personne, dossier = _personne(), uuid4()
    _rattacher(personne, Role.MEMBRE, organisme="310781562", ars="")
    _rattacher(personne, Role.MEMBRE, organisme="310000008", ars="", portee=dossier)
    lieux = lieux_de(personne)
    assert (lieux.organismes, lieux.ars, lieux.partout) == (frozenset(), frozenset(), False)
    assert lieux.organismes_membres == frozenset({"310781562"})
    assert lieux.limites == frozenset({("310000008", dossier)})


@pytest.mark.parametrize(
    ("role", "ars", "attendu"),
    [
        (Role.GRADES, "76", (frozenset(), frozenset({"76"}), False)),
        (Role.NATIONAL, "", (frozenset(), frozenset(), True)),
        (Role.AUDITEUR, "", (frozenset(), frozenset(), True)),
        (Role.JURY, "76", (frozenset({"76"}), frozenset(), False)),
    ],
)
def test_lieux_de_les_roles_de_lecture(role: str, ars: str, attendu: tuple[object, ...]) -> None:
    personne = _personne()
    _rattacher(personne, role, ars=ars)
    lieux = lieux_de(personne)
    assert (lieux.ars, lieux.regions_observees, lieux.partout) == attendu


def test_roles_actifs_retire_aujourd_hui_ne_tient_plus() -> None:
    personne = _personne()
    rattachement = _rattacher(personne, Role.INSTRUCTEUR)
    rattachement.retire_le = timezone.now()
    rattachement.save()
    assert roles_actifs(personne) == frozenset()


def test_portee_reservee_aux_membres_par_la_base() -> None:
    with pytest.raises(IntegrityError, match="rattachement_portee_d_un_membre"), transaction.atomic():
        _rattacher(_personne(), Role.INSTRUCTEUR, portee=uuid4())


@pytest.mark.parametrize(
    ("role", "organisme", "ars"),
    [
        (Role.PORTEUR, "", ""),
        (Role.PORTEUR, "310781562", "76"),
        (Role.INSTRUCTEUR, "", ""),
        (Role.INSTRUCTEUR, "310781562", ""),
    ],
)
def test_rattachement_organisme_ou_ars_refuse_par_la_base(role: str, organisme: str, ars: str) -> None:
    personne = _personne()
    with pytest.raises(IntegrityError, match="rattachement_organisme_ou_ars"), transaction.atomic():
        _rattacher(personne, role, organisme=organisme, ars=ars)


def test_rattachement_en_double_refuse_par_la_base() -> None:
    personne = _personne()
    _rattacher(personne, Role.INSTRUCTEUR)
    with pytest.raises(IntegrityError, match="rattachement_unique_en_cours"), transaction.atomic():
        _rattacher(personne, Role.INSTRUCTEUR)


def test_rattachement_fin_avant_debut_refuse_par_la_base() -> None:
    personne = _personne()
    with pytest.raises(IntegrityError, match="rattachement_dates_ordonnees"), transaction.atomic():
        _rattacher(personne, Role.INSTRUCTEUR, fin=timezone.localdate() + HIER)
