"""What our management commands share: refusals in French, and one sentence when their output breaks."""

import errno
import io
import os
import re
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

USAGE, SORTIE = 2, 1
"""Exit codes: the command line is wrong; the output cannot be written."""

_CAUSES = {
    errno.ENOSPC: "plus de place sur le disque",
    errno.EPIPE: "le lecteur s’est arrêté",
    errno.EDQUOT: "quota de disque atteint",
    errno.EBADF: "elle est fermée",
    errno.EIO: "erreur d’entrée-sortie",
}
_PHRASES = (
    (r"the following arguments are required: (?P<noms>.+)", "il manque {noms}"),
    (r"unrecognized arguments: (?P<noms>.+)", "argument inconnu\u00a0: {noms}"),
    (r"ambiguous option: (?P<nom>\S+) could match (?P<noms>.+)", "{nom} est ambigu\u00a0: {noms}"),
    (
        r"argument (?P<nom>[^:]+): invalid choice: '?(?P<valeur>.*?)'? \(choose from (?P<choix>.+)\)",
        "{nom}\u00a0: «\u00a0{valeur}\u00a0» n’est pas admis. Valeurs admises\u00a0: {choix}",
    ),
    (
        r"argument (?P<nom>[^:]+): invalid \w+ value: '?(?P<valeur>.*?)'?",
        "{nom}\u00a0: «\u00a0{valeur}\u00a0» n’est pas une valeur admise",
    ),
    (r"argument (?P<nom>[^:]+): expected .+", "{nom}\u00a0: il manque la valeur"),
    (
        r"argument (?P<nom>[^:]+): ignored explicit argument '?(?P<valeur>.*?)'?",
        "{nom} ne prend pas de valeur",
    ),
    (r"argument (?P<nom>[^:]+): (?P<phrase>.+)", "{nom}\u00a0: {phrase}"),
)
"""What argparse says in English, and how we say it."""


def ecrire_en_utf8() -> None:
    """Whatever the locale, what we write is UTF-8: French, and JSON that other programs read."""
    for flux in (sys.stdout, sys.stderr):
        if isinstance(flux, io.TextIOWrapper):
            flux.reconfigure(encoding="utf-8", errors="backslashreplace")


def en_francais(message: str) -> str:
    """A refusal of argparse, in French; one that is not known stays as it is."""
    for motif, phrase in _PHRASES:
        if trouve := re.fullmatch(motif, message, re.DOTALL):
            mots = {nom: texte.replace("'", "") for nom, texte in trouve.groupdict().items()}
            return f"{phrase.format(**mots).removesuffix('.')}."
    return message


class SortieRompue(Exception):
    """Standard output takes nothing more; the message says why, in French."""


class Sortie(OutputWrapper):
    """Standard output whose failures are told apart from those of the files that a command reads."""

    def write(self, *args: Any, **options: Any) -> None:  # type: ignore[override]
        """Write. Raises SortieRompue."""
        if self._out is None:  # the shell started us without any output (`>&-`)
            raise SortieRompue(_CAUSES[errno.EBADF])
        try:
            super().write(*args, **options)
        except OSError as erreur:
            raise SortieRompue(_cause(erreur)) from erreur

    def flush(self) -> None:
        """Flush. Raises SortieRompue."""
        try:
            super().flush()
        except OSError as erreur:
            raise SortieRompue(_cause(erreur)) from erreur


class Analyseur(CommandParser):
    """Command line parser that refuses in French."""

    def error(self, message: str) -> NoReturn:
        """End with code 2 and one sentence; raises CommandError when another program called."""
        phrase = en_francais(message)
        if not self.called_from_command_line:
            raise CommandError(phrase)
        usage = self.format_usage().removeprefix("usage: ")
        self.exit(USAGE, f"Utilisation\u00a0: {usage}{self.prog}\u00a0: {phrase}\n")


class Commande(BaseCommand):
    """A command of the portal."""

    def __init__(self, stdout: Any = None, stderr: Any = None, **options: Any) -> None:
        super().__init__(stdout, stderr, **options)
        self.stdout = Sortie(stdout or sys.stdout)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django names its parser class itself: ours differs by one method only."""
        analyseur = super().create_parser(prog_name, subcommand, **kwargs)
        analyseur.__class__ = Analyseur
        return analyseur

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run, then make sure that all was written."""
        try:
            rendu = super().execute(*args, **options)
            self.stdout.flush()
        except SortieRompue as rupture:
            _oublier_la_sortie()
            self.stderr.write(f"La sortie ne s’écrit pas\u00a0: {rupture}.")
            sys.exit(SORTIE)
        return rendu


def _cause(erreur: OSError) -> str:
    return _CAUSES.get(erreur.errno or 0, erreur.strerror or "cause inconnue")


def _oublier_la_sortie() -> None:
    """Send what is left in the buffer nowhere: Python would write it again on exit, and complain."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
