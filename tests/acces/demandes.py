"""What each line of the matrix sends: the arguments of an address, the body of a form.

An address takes by default what its namespace says below; the body of a form is empty unless told.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.fabriques import Monde, pdf


def adresse(nom: str, monde: Monde) -> str:
    """The address of that name, about the dossier of this world."""
    arguments = ARGUMENTS.get(nom, PAR_ESPACE.get(nom.partition(":")[0], _rien))
    return reverse(nom, args=arguments(monde)) + SUITES.get(nom, _sans_suite)(monde)


def corps(nom: str, monde: Monde) -> dict[str, Any]:
    """What the form of that address sends."""
    return CORPS.get(nom, _vide)(monde)


def _rien(monde: Monde) -> list[Any]:
    return []


def _vide(monde: Monde) -> dict[str, Any]:
    return {}


def _sans_suite(monde: Monde) -> str:
    return ""


def _piece(monde: Monde) -> list[Any]:
    piece = monde.dossier.pieces.first()
    return [monde.dossier.pk, piece.pk if piece else uuid4()]


def _convention(monde: Monde) -> list[Any]:
    convention = getattr(monde.dossier.grappe, "convention", None)
    return [convention.numero if convention else "AUCUNE-2025-0001"]


def _fichier(monde: Monde) -> dict[str, Any]:
    return {"fichier": SimpleUploadedFile("autre.pdf", pdf(str(uuid4())))}


PAR_ESPACE: Mapping[str, Callable[[Monde], list[Any]]] = {
    "dossiers": lambda monde: [monde.dossier.pk],
    "conventions": _convention,
    "simulation": lambda monde: [monde.simulation.cle],
}
ARGUMENTS: Mapping[str, Callable[[Monde], list[Any]]] = {
    "dossiers:liste": _rien,
    "dossiers:creer": _rien,
    "dossiers:section": lambda monde: [monde.dossier.pk, "contacts"],
    "dossiers:versions": lambda monde: [monde.dossier.pk, "contacts"],
    "dossiers:reprendre": lambda monde: [monde.dossier.pk, "contacts", 1],
    "dossiers:joindre": lambda monde: [monde.dossier.pk, "P1"],
    "dossiers:telecharger": _piece,
    "dossiers:retirer": _piece,
    "conventions:liste": _rien,
    "notifications:ouvrir": lambda monde: [0],
    "notifications:lire": lambda monde: [0],
    "simulation:nouvelle": _rien,
}
SUITES: Mapping[str, Callable[[Monde], str]] = {
    "dossiers:creer": lambda monde: f"?simulation={monde.simulation.cle}",
}
CORPS: Mapping[str, Callable[[Monde], dict[str, Any]]] = {
    "dossiers:creer": lambda monde: {"simulation": monde.simulation.cle},
    "dossiers:joindre": _fichier,
    "dossiers:ecarter_irrecevable": lambda monde: {"motif": "Pièces illisibles."},
    "dossiers:ecarter_ineligible": lambda monde: {"motif": "Hors champ."},
}
