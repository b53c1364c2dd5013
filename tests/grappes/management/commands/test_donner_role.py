"""Giving a role from the command line: the only way to a national one."""

import io

import pytest
from django.core.management import CommandError, call_command

from esms.comptes.acces import roles_actifs
from esms.comptes.models import Rattachement, Role
from esms.journal.models import Entree
from tests.fabriques import organisme, utilisateur

pytestmark = pytest.mark.django_db


def _jouer(*arguments: str) -> str:
    sortie = io.StringIO()
    call_command("donner_role", *arguments, stdout=sortie)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("role", "lieu"),
    [(Role.NATIONAL, ()), (Role.AUDITEUR, ()), (Role.ADMINISTRATEUR, ("--ars", "76"))],
)
def test_donner_role_une_fois_puis_le_retirer(role: Role, lieu: tuple[str, ...]) -> None:
    personne = utilisateur()
    attendu = f"Rôle donné\u00a0: {personne.courriel} ({role.label}).\n"
    assert [_jouer(personne.courriel.upper(), role, *lieu) for _ in range(2)] == [attendu] * 2
    assert roles_actifs(personne) == frozenset({role})
    assert Rattachement.objects.count() == 1
    assert _jouer(personne.courriel, role, *lieu, "--retirer") == f"Rôle retiré\u00a0: {role.label}.\n"
    assert _jouer(personne.courriel, role, *lieu, "--retirer") == "Ce rôle n’était pas tenu.\n"
    assert roles_actifs(personne) == frozenset()
    chaine = Entree.objects.filter(chaine=f"compte:{personne.pk}")
    assert [entree.geste for entree in chaine] == ["donner_role", "retirer_role"]


def test_donner_role_d_organisme() -> None:
    personne, numero = utilisateur(), organisme().finess_ej
    _jouer(personne.courriel, "redacteur", "--organisme", numero)
    assert Rattachement.objects.get().organisme == numero


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("inconnu@ailleurs.example", "national"), "Aucun compte"),
        (("{lui}", "national", "--ars", "76"), "un rôle national à aucun des deux"),
        (("{lui}", "instructeur"), "un agent à une ARS"),
        (("{lui}", "instructeur", "--ars", "99"), "99 n’est pas un code de région"),
        (("{lui}", "porteur", "--organisme", "310000005"), "ne connaît pas"),
    ],
)
def test_donner_role_refuse_dit_pourquoi(arguments: tuple[str, ...], phrase: str) -> None:
    personne = utilisateur()
    with pytest.raises(CommandError, match=phrase):
        _jouer(*(argument.format(lui=personne.courriel) for argument in arguments))
    assert not Rattachement.objects.exists()
