"""What an import did, or would do: counts, rejects and warnings, in figures and in French."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from grappes.finess.modele import Rejet

_ESPACES = "\u00a0\u202f"
REJETS_GARDES = 1000  # lines kept with their cause; beyond, they are only counted


@dataclass(slots=True)
class Comptes:
    """Rows of one kind. `modifies` leaves out the rows already counted as closed or reopened."""

    lus: int = 0
    crees: int = 0
    modifies: int = 0
    fermes: int = 0
    rouverts: int = 0
    inchanges: int = 0
    plus_recents: int = 0  # rows left as they are: the register has them from a more recent file


@dataclass(slots=True)
class Rapport:
    """Report of an import. `essai`: nothing was written."""

    fichier: str
    essai: bool
    format: str = ""
    date_fichier: date | None = None
    etablissements: Comptes = field(default_factory=Comptes)
    entites: Comptes = field(default_factory=Comptes)
    ebauches: int = 0
    fermes_par_absence: int = 0
    perimetre: str = ""
    nombre_rejets: int = 0
    rejets: list[Rejet] = field(default_factory=list)
    avertissements: list[str] = field(default_factory=list)

    def rejeter(self, rejet: Rejet) -> None:
        """Count a rejected line, and keep its cause while there is room."""
        self.nombre_rejets += 1
        if len(self.rejets) < REJETS_GARDES:
            self.rejets.append(rejet._replace(cause=_lisible(rejet.cause)))

    def en_json(self) -> dict[str, Any]:
        """The report as it is kept with the import."""
        contenu = asdict(self)
        contenu["date_fichier"] = self.date_fichier.isoformat() if self.date_fichier else None
        contenu["rejets"] = [rejet._asdict() for rejet in self.rejets]
        return contenu

    def lignes(self) -> Iterator[str]:
        """The report as the operator reads it."""
        quoi = "Essai à blanc, rien n’est écrit" if self.essai else "Import"
        jour = self.date_fichier.strftime("%d/%m/%Y") if self.date_fichier else "?"
        yield f"{quoi}\u00a0: {self.fichier} ({self.format.upper()}, au {jour})"
        yield _ligne("Établissements", self.etablissements, "")
        if self.entites.lus or self.ebauches:
            yield _ligne("Entités juridiques", self.entites, "e")
        if self.ebauches:
            yield f"Entités ajoutées par leur seul numéro\u00a0: {_nombre(self.ebauches)}"
        if self.perimetre:
            yield f"Fermetures par absence\u00a0: {_nombre(self.fermes_par_absence)} ({self.perimetre})"
        yield from (f"Attention\u00a0: {avertissement}" for avertissement in self.avertissements)
        yield f"Lignes rejetées\u00a0: {_nombre(self.nombre_rejets)}"
        yield from (f"  ligne {rejet.ligne}\u00a0: {rejet.cause}" for rejet in self.rejets)
        if self.nombre_rejets > len(self.rejets):
            yield f"  … et encore {_nombre(self.nombre_rejets - len(self.rejets))}"


def _ligne(quoi: str, comptes: Comptes, accord: str) -> str:
    parts = [
        f"lu{accord}s {_nombre(comptes.lus)}",
        f"créé{accord}s {_nombre(comptes.crees)}",
        f"modifié{accord}s {_nombre(comptes.modifies)}",
        f"fermé{accord}s {_nombre(comptes.fermes)}",
        f"rouvert{accord}s {_nombre(comptes.rouverts)}",
        f"inchangé{accord}s {_nombre(comptes.inchanges)}",
    ]
    if comptes.plus_recents:
        parts.append(
            f"connu{accord}s d’un fichier plus récent et laissé{accord}s {_nombre(comptes.plus_recents)}"
        )
    return f"{quoi}\u00a0: {', '.join(parts)}"


def _lisible(cause: str) -> str:
    """Without what a terminal would obey or the database refuse: the cause quotes the file."""
    return "".join(signe if signe.isprintable() or signe in _ESPACES else "\ufffd" for signe in cause)


def _nombre(valeur: int) -> str:
    return f"{valeur:,}".replace(",", "\u202f")
