"""`manage.py donner_role`: give a role to an account, or take it away, from outside the portal."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from esms.comptes.models import Role, Utilisateur
from esms.habilitations.actions.exploitation import donner_role, retirer_role
from grappes.management.commands.creer_compte import lire_ars, lire_organisme


class Command(BaseCommand):
    """The only way to a national role, and to the first administrateur of an ARS."""

    help = (
        "Donne un rôle à un compte, ou le retire (--retirer). Seule voie vers un rôle national "
        "(national, auditeur) et vers le premier administrateur d’une ARS."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, which role, where."""
        parser.add_argument("courriel", help="adresse électronique du compte")
        parser.add_argument("role", choices=Role.values)
        lieu = parser.add_mutually_exclusive_group()
        lieu.add_argument("--organisme", default="", help="FINESS juridique, pour un rôle d’organisme")
        lieu.add_argument("--ars", default="", help="code région de l’ARS, pour un rôle d’ARS")
        parser.add_argument("--retirer", action="store_true", help="retire le rôle, avec effet immédiat")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give it or take it away; again is harmless. A refusal is said in French and nothing is written."""
        utilisateur = Utilisateur.objects.filter(courriel=options["courriel"].strip().lower()).first()
        if utilisateur is None:
            raise CommandError(f"Aucun compte n’a l’adresse {options['courriel']}.")
        role = Role(options["role"])
        lieu = {
            "organisme": lire_organisme(options["organisme"]),
            "ars": lire_ars(options["ars"]),
        }
        try:
            if options["retirer"]:
                nombre = retirer_role(utilisateur=utilisateur, role=role, **lieu, par=None)
                dit = f"Rôle retiré\u00a0: {role.label}." if nombre else "Ce rôle n’était pas tenu."
            else:
                donner_role(utilisateur=utilisateur, role=role, **lieu, par=None)
                dit = f"Rôle donné\u00a0: {utilisateur.courriel} ({role.label})."
        except ValidationError as refus:
            raise CommandError(" ".join(refus.messages)) from refus
        self.stdout.write(dit)
