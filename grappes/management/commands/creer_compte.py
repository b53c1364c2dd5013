"""`manage.py creer_compte`: open the account of a porteur or of an agent; the password is asked for."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from esms.comptes.actions import creer_compte
from esms.comptes.models import Role
from grappes.finess.numero import erreur, normaliser
from grappes.models import EntiteJuridique
from grappes.regles.territoires import REGIONS


class Command(BaseCommand):
    """Opens an account. The password is typed, or comes on the standard input: never on the command line."""

    help = "Ouvre un compte. Le mot de passe est demandé, ou lu sur l’entrée standard."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, in which role, for which organism or ARS."""
        parser.add_argument("courriel", help="adresse électronique, qui sert à se connecter")
        parser.add_argument("nom", help="prénom et nom")
        parser.add_argument("role", choices=Role.values)
        lieu = parser.add_mutually_exclusive_group()
        lieu.add_argument("--organisme", default="", help="FINESS juridique, pour un porteur")
        lieu.add_argument("--ars", default="", help="code région de l’ARS, pour un agent")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it; a refusal is said in French and nothing is written."""
        try:
            utilisateur = creer_compte(
                courriel=options["courriel"],
                nom=options["nom"],
                mot_de_passe=_mot_de_passe(),
                role=Role(options["role"]),
                organisme=lire_organisme(options["organisme"]),
                ars=lire_ars(options["ars"]),
                par=None,
            )
        except ValidationError as refus:
            raise CommandError(" ".join(refus.messages)) from refus
        self.stdout.write(f"Compte ouvert\u00a0: {utilisateur.courriel} ({Role(options['role']).label}).")


def _mot_de_passe() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    premier = getpass.getpass("Mot de passe : ")
    if getpass.getpass("Le même, une seconde fois : ") != premier:
        raise CommandError("Les deux mots de passe diffèrent.")
    return premier


def lire_organisme(saisi: str) -> str:
    """The number of a known organism. Raises CommandError."""
    if not saisi:
        return ""
    numero = normaliser(saisi)
    if probleme := erreur(numero):
        raise CommandError(probleme)
    if not EntiteJuridique.objects.filter(pk=numero).exists():
        raise CommandError(f"Le référentiel FINESS ne connaît pas l’organisme {numero}.")
    return numero


def lire_ars(code: str) -> str:
    """The code of a region, or nothing. Raises CommandError."""
    if code and code not in REGIONS:
        raise CommandError(f"{code} n’est pas un code de région.")
    return code
