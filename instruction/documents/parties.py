"""What every model says of the project: who carries it, who signs, which ESSMS of which organisms."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grappes.models import EntiteJuridique
from grappes.regles.projet import Essms
from instruction.requetes import Examen

OPERATIONS = {"acquisition": "Acquisition", "mise_en_conformite": "Mise en conformité"}


@dataclass(frozen=True, slots=True)
class Membre:
    """One organism of the grappe and how many ESSMS it brings."""

    finess_ej: str
    nom: str
    commune: str
    nombre: int
    porteur: bool


@dataclass(frozen=True)
class Parties:
    """Read once for a document; what the porteur typed is text, and prints as text."""

    examen: Examen

    @cached_property
    def entites(self) -> dict[str, EntiteJuridique]:
        """The register's rows for the porteur and every organism, by FINESS EJ, in one query."""
        numeros = {self.examen.dossier.organisme} | {e.finess_ej for e in self.essms if e.finess_ej}
        return EntiteJuridique.objects.defer("recherche").in_bulk(numeros)

    @cached_property
    def essms(self) -> tuple[Essms, ...]:
        """Those of the project, by FINESS ET."""
        return self.examen.resultat.projet.essms

    @cached_property
    def contacts(self) -> dict[str, Any]:
        """What was typed of the contact and of the legal representative."""
        return dict(self.examen.section("contacts").contenu)

    @property
    def equipement(self) -> dict[str, Any]:
        """What was typed of the equipment of the ESSMS."""
        return dict(self.examen.section("equipement").contenu)

    @property
    def representant(self) -> str:
        """Name of the legal representative, empty while it is not typed."""
        return str(self.contacts.get("representant_nom") or "").strip()

    @property
    def qualite(self) -> str:
        """Office of the legal representative."""
        return str(self.contacts.get("representant_fonction") or "").strip()

    @property
    def commune(self) -> str:
        """Town of the porteur's seat, as the register has it."""
        entite = self.entites.get(self.examen.dossier.organisme)
        return entite.commune if entite else ""

    @property
    def solution(self) -> str:
        """Name of the software, empty while it is not chosen."""
        return (self.examen.resultat.projet.solution.nom or "").strip()

    def nom_de(self, finess_ej: str | None) -> str:
        """Name of an organism; its number when the register does not know it."""
        if not finess_ej:
            return ""
        entite = self.entites.get(finess_ej)
        return entite.nom_long or entite.nom if entite else finess_ej

    @cached_property
    def membres(self) -> list[Membre]:
        """Organisms of the grappe, the porteur first, then by number."""
        nombres = Counter(e.finess_ej for e in self.essms if e.finess_ej)
        porteur = self.examen.dossier.organisme
        numeros = sorted({*nombres, porteur}, key=lambda numero: (numero != porteur, numero))
        return [
            Membre(
                numero,
                self.examen.dossier.nom_porteur if numero == porteur else self.nom_de(numero),
                self.entites[numero].commune if numero in self.entites else "",
                nombres[numero],
                numero == porteur,
            )
            for numero in numeros
        ]

    @cached_property
    def essms_par_organisme(self) -> list[tuple[str, list[Essms]]]:
        """Name of each organism, the porteur first, and its ESSMS by number; last, those of nobody known."""
        siens = {membre.finess_ej: membre.nom for membre in self.membres} | {None: "Organisme inconnu"}
        groupes = [
            (
                f"{nom} ({numero})" if numero else nom,
                [e for e in self.essms if (e.finess_ej or None) == numero],
            )
            for numero, nom in siens.items()
        ]
        return [(nom, essms) for nom, essms in groupes if essms]

    @cached_property
    def composition(self) -> list[dict[str, str]]:
        """One line per ESSMS, for the annexes."""
        return [
            {
                "finess_et": essms.finess_et,
                "nom": essms.nom,
                "organisme": self.nom_de(essms.finess_ej),
                "operation": OPERATIONS[essms.operation],
            }
            for essms in self.essms
        ]
