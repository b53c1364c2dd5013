"""`manage.py simuler`: the contract of the simulation at the command line."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandParser
from django.db import connections

from esms.socle.commandes import Commande
from financement.registre import RegistreFiness
from financement.simulation import EntreeInvalide, ReferentielIndisponible, Resultat, simuler
from financement.simulation.lot import (
    JsonIllisible,
    ecrire_json,
    lire_json,
    premieres_erreurs,
    simuler_les_lignes,
)
from financement.simulation.texte import en_texte

PAR_PAQUET = 25
PAQUETS_POUR_PARTAGER = 8
"""Below this many packets, starting other processes costs more than it saves."""
ENTREE_INVALIDE = 2
"""Exit code of the contract."""


class Command(Commande):
    """Reads entries, writes results; an invalid entry alone ends with code 2 and French sentences."""

    help = "Simule la subvention d’un projet décrit en JSON, ou d’un lot (un projet par ligne)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file and the two options."""
        parser.add_argument("fichier", metavar="FICHIER", help="fichier JSON, ou - pour l’entrée standard")
        parser.add_argument("--lot", action="store_true", help="un projet par ligne, un résultat par ligne")
        parser.add_argument("--format", choices=("json", "texte"), default="json", help="forme du résultat")

    def handle(self, *args: Any, **options: Any) -> None:
        """Simulate one entry or a batch."""
        try:
            octets = _lire(options["fichier"])
            if options["lot"]:
                self._lot(octets, options["format"])
            else:
                self._un_seul(octets, options["format"])
        except (Illisible, JsonIllisible, ReferentielIndisponible) as refus:
            self._refuser(str(refus))
        except EntreeInvalide as refus:
            self._refuser("\n".join(premieres_erreurs(refus)))

    def _un_seul(self, octets: bytes, forme: str) -> None:
        resultat: Resultat = simuler(lire_json(octets), RegistreFiness())
        self.stdout.write(en_texte(resultat) if forme == "texte" else ecrire_json(resultat.en_json()))

    def _lot(self, octets: bytes, forme: str) -> None:
        if forme == "texte":
            raise Illisible("Un lot ne se rend qu’en JSON\u00a0: retirez --format texte.")
        lignes = octets.removesuffix(b"\n").split(b"\n")  # each is decoded apart: a bad one stops no other
        for resultat in _simuler_en_paquets(lignes):
            self.stdout.write(resultat)

    def _refuser(self, message: str) -> NoReturn:
        self.stderr.write(message)
        sys.exit(ENTREE_INVALIDE)


class Illisible(Exception):
    """The file cannot be read; the message says why, in French."""


def _lire(nom: str) -> bytes:
    """Bytes of the file, or of standard input. Raises Illisible."""
    try:
        octets = sys.stdin.buffer.read() if nom == "-" else Path(nom).read_bytes()
    except IsADirectoryError as erreur:
        raise Illisible(f"{nom} est un dossier\u00a0: indiquez un fichier JSON.") from erreur
    except FileNotFoundError as erreur:
        raise Illisible(f"{nom} n’existe pas.") from erreur
    except PermissionError as erreur:
        raise Illisible(f"{nom} ne se lit pas\u00a0: vous n’en avez pas le droit.") from erreur
    except (OSError, ValueError) as erreur:
        raise Illisible(f"{nom} ne se lit pas.") from erreur
    if not octets.strip():
        raise Illisible(f"{'L’entrée standard' if nom == '-' else nom} est vide.")
    return octets


def _simuler_en_paquets(lignes: list[bytes]) -> Iterator[str]:
    """Results in the order of the lines, shared between the cores when there is enough to share."""
    paquets = [lignes[debut : debut + PAR_PAQUET] for debut in range(0, len(lignes), PAR_PAQUET)]
    coeurs = len(os.sched_getaffinity(0))
    if coeurs < 2 or len(paquets) < PAQUETS_POUR_PARTAGER:
        yield from chain.from_iterable(map(_simuler_le_paquet, paquets))
        return
    connections.close_all()  # a connection must not be shared by two processes
    with multiprocessing.get_context("fork").Pool(coeurs) as ouvriers:
        yield from chain.from_iterable(ouvriers.imap(_simuler_le_paquet, paquets))


def _simuler_le_paquet(lignes: list[bytes]) -> list[str]:
    return simuler_les_lignes(lignes, RegistreFiness())
