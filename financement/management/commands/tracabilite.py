"""`manage.py tracabilite`: the table from each rule to its parameters, functions and tests."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from esms.aap import CATALOGUE, Edition, editions
from esms.socle.commandes import Commande
from financement import simulation  # noqa: F401 - on import every function declares its rules
from grappes.regles import fonctions

FICHIER = Path("docs/tracabilite.md")
MOTEUR = ("grappes.regles.", "financement.bareme.", "financement.simulation.")
DOSSIERS_D_ESSAIS = ("grappes/regles", "financement/bareme", "financement/simulation")
MONTRES = 3
_ESSAI = re.compile(r"test_([cegpfu][0-9]+[abc]?)_")
_ENTETE = """# Traçabilité des règles

Engendré par `python manage.py tracabilite` ; un essai échoue quand ce fichier n’est plus à jour.
Chaque règle mène à son paramètre dans le TOML de l’édition, avec l’article de l’appel à projets, à la
fonction qui l’applique et aux essais qui portent son nom. « – » : l’appel à projets n’a pas cette règle.
"""


class Command(Commande):
    """Writes docs/tracabilite.md, or only says whether it is up to date."""

    help = "Engendre docs/tracabilite.md ; --verifier échoue si le fichier n’est plus à jour."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the option."""
        parser.add_argument(
            "--verifier", action="store_true", help="n’écrit rien, échoue si le fichier est ancien"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table, or compare it."""
        fichier = settings.BASE_DIR / FICHIER
        table = engendrer(settings.BASE_DIR / "tests")
        if not options["verifier"]:
            fichier.parent.mkdir(exist_ok=True)
            fichier.write_text(table, encoding="utf8")
        elif not fichier.is_file() or fichier.read_text(encoding="utf8") != table:
            self.stderr.write(f"{FICHIER} n’est plus à jour\u00a0: lancez python manage.py tracabilite.")
            sys.exit(1)


def engendrer(dossier_des_essais: Path) -> str:
    """The whole file, from the editions, the registry of functions and the names of the tests."""
    connues = editions()
    essais = essais_par_regle(dossier_des_essais)
    entetes = ["Règle", *(edition.slug for edition in connues), "Fonctions", "Essais"]
    lignes = [_ligne(entetes), _ligne(["---"] * len(entetes))]
    for regle, titre in CATALOGUE.items():
        parametres = [_parametres(edition, regle) for edition in connues]
        lignes.append(
            _ligne([f"**{regle}** {titre}", *parametres, _fonctions(regle), _essais(essais.get(regle, []))])
        )
    return f"{_ENTETE}\n" + "\n".join(lignes) + "\n"


def essais_par_regle(dossier: Path) -> dict[str, list[str]]:
    """Rule → « file::function » of the engine's tests named after it, sorted."""
    trouves: dict[str, list[str]] = {}
    for fichier in sorted(f for nom in DOSSIERS_D_ESSAIS for f in (dossier / nom).rglob("test_*.py")):
        for nom in _fonctions_d_essai(fichier):
            if correspondance := _ESSAI.match(nom):
                lieu = f"{fichier.relative_to(dossier.parent).as_posix()}::{nom}"
                trouves.setdefault(_identifiant(correspondance[1]), []).append(lieu)
    return {regle: sorted(noms) for regle, noms in trouves.items()}


def _fonctions_d_essai(fichier: Path) -> Iterator[str]:
    arbre = ast.parse(fichier.read_text(encoding="utf8"))
    return (noeud.name for noeud in arbre.body if isinstance(noeud, ast.FunctionDef))


def _identifiant(texte: str) -> str:
    """« f5a » → « F5a »."""
    return texte[0].upper() + texte[1:]


def _parametres(edition: Edition, regle: str) -> str:
    couples = edition.regles.get(regle, ())
    return "<br>".join(f"`{chemin}` art. {article}" for chemin, article in couples) or "–"


def _fonctions(regle: str) -> str:
    """Functions of the engine alone: what else the process has imported does not change the file."""
    return "<br>".join(f"`{nom}`" for nom in fonctions(regle) if nom.startswith(MOTEUR))


def _essais(noms: list[str]) -> str:
    montres = [f"`{nom}`" for nom in noms[:MONTRES]]
    if len(noms) > MONTRES:
        montres.append(f"{len(noms)} en tout")
    return "<br>".join(montres)


def _ligne(cellules: list[str]) -> str:
    return f"| {' | '.join(cellules)} |"
