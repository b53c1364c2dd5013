"""Where a composition is edited: the public simulator here, the draft of a dossier in the room above.

The screens are the same; an atelier gives them the entry, their addresses, their frame, and what recording
means.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from financement.actions.simulation import enregistrer
from financement.composition.ajout import porteur_par_defaut
from financement.composition.differences import Differences
from financement.composition.entree import Entree, numeros
from financement.etude import Etude, ReferentielLu
from financement.models import Simulation
from financement.views.simulation.lecture import contexte_de, etude_ou_404


class Atelier(ABC):
    """One composition being edited, for one request.

    `version`: what the forms send back as `avant`, empty when nobody else can change this composition.
    `conflit`: after a refused write, what the composition became meanwhile.
    """

    cadre: ClassVar[str]
    porteur_fixe: ClassVar[bool] = False
    justifie: ClassVar[bool] = False  # answers that depart from FINESS are justified here
    chiffre: ClassVar[bool] = True  # whoever answers here may read the amounts
    version = ""
    conflit: Differences | None = None

    def __init__(self, request: HttpRequest, etude: Etude) -> None:
        self.request, self.etude = request, etude

    @abstractmethod
    def adresse(self, page: str, *reste: object) -> str:
        """Address of a page of this composition: « essms », « ajouter », « fiche »."""

    @abstractmethod
    def contexte(self, titre: str, page: str) -> dict[str, Any]:
        """Common context of its pages; `page` is the tab that is current."""

    @abstractmethod
    def enregistrer(
        self, entree: Entree, *, sur: str, justifications: Mapping[str, str] | None = None
    ) -> Simulation:
        """Record another composition. Raises CompositionDepassee unless `sur` is still the version."""

    @abstractmethod
    def recharger(self) -> None:
        """Read the composition again after a refused write, and set `conflit`."""

    @abstractmethod
    def suite(self, simulation: Simulation, page: str) -> HttpResponse:
        """Go to a page of what was just recorded."""

    def justifications(self) -> Mapping[str, str]:
        """FINESS number → why its answers depart from the register."""
        return {}

    def normalisee(self, entree: Entree) -> Entree:
        """The entry once ESSMS came or went."""
        return entree

    @property
    def avant(self) -> str:
        """Version that the posted form was made on; a form without one is taken for stale."""
        return self.request.POST.get("avant", "")[:20]


class AtelierPublic(Atelier):
    """A simulation of the public simulator: each edit makes another one, under its own key."""

    cadre = "financement/simulation/_cadre.html"

    @classmethod
    def ouvrir(cls, request: HttpRequest, cle: str) -> "AtelierPublic":
        """The simulation of this key, or 404."""
        return cls(request, etude_ou_404(cle))

    def adresse(self, page: str, *reste: object) -> str:
        """Address under the key of this simulation."""
        return reverse(f"simulation:{page}", args=[self.etude.cle, *reste])

    def contexte(self, titre: str, page: str) -> dict[str, Any]:
        """Context of the simulator's frame."""
        return contexte_de(self.request, self.etude, titre, page) | {"atelier": self}

    def enregistrer(
        self, entree: Entree, *, sur: str, justifications: Mapping[str, str] | None = None
    ) -> Simulation:
        """Another simulation, nobody's."""
        return enregistrer(entree=entree, par=None)

    def recharger(self) -> None:
        """Never refused: a key always names the same content."""

    def suite(self, simulation: Simulation, page: str) -> HttpResponse:
        """The same page of the new simulation."""
        return redirect(f"simulation:{page}", cle=simulation.cle)

    def normalisee(self, entree: Entree) -> Entree:
        """The porteur is one of the organisms that are there."""
        return porteur_par_defaut(entree, ReferentielLu(numeros(entree)).fiches)
