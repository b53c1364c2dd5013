"""Reading conventions: the list, the page, the history, the stored document."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from esms.comptes.acces import TypeUtilisateur
from esms.journal.models import Entree
from esms.socle.dates import jour
from financement.models import Convention, EtatConvention, Versement

# The frozen JSON of a plan weighs up to a megabyte: a list never reads it.
_LOURD = ("plan__entree", "plan__resultat", "plan__conditions")


class DocumentAltere(Exception):
    """The stored file is missing, or is no longer the one that was issued; the message says so in French."""


def conventions_visibles(utilisateur: TypeUtilisateur, etat: str = "") -> QuerySet[Convention]:
    """Conventions this person may read, latest first, in one state when `etat` is a known one."""
    visibles = Convention.objects.visibles_par(utilisateur).select_related("campagne", "plan").defer(*_LOURD)
    return visibles.filter(etat=etat) if etat in EtatConvention.values else visibles


def conventions_completes(utilisateur: TypeUtilisateur) -> QuerySet[Convention]:
    """The same, with everything that the page of one convention shows."""
    return Convention.objects.visibles_par(utilisateur).select_related(
        "campagne", "plan", "preparee_par", "emise_par", "signee_par"
    )


@dataclass(frozen=True, slots=True)
class Echeance:
    """A payment of the plan, and what was really paid."""

    rang: int
    libelle: str
    part: str
    montant: Decimal
    versement: Versement | None


def echeancier(convention: Convention) -> Sequence[Echeance]:
    """Payments of the plan in their order; one query."""
    faits = {v.rang: v for v in convention.versements.select_related("enregistre_par").order_by("rang")}
    parts = {part["declencheur"]: part for part in convention.plan.conditions["versements"]["cle"]}
    return [
        Echeance(
            rang=prevu["rang"],
            libelle=parts[prevu["declencheur"]]["libelle"],
            part=parts[prevu["declencheur"]]["part"],
            montant=Decimal(prevu["montant"]),
            versement=faits.get(prevu["rang"]),
        )
        for prevu in convention.plan.resultat["versements"]
    ]


@dataclass(frozen=True, slots=True)
class Fait:
    """One line of the history."""

    le: datetime
    qui: str
    phrase: str


def historique(convention: Convention) -> Sequence[Fait]:
    """What the journal keeps of the convention, oldest first; one query."""
    entrees = Entree.objects.filter(chaine=convention.chaine).select_related("par").order_by("rang")
    return [
        Fait(
            le=entree.le,
            qui=entree.par.nom if entree.par else "le portail",
            phrase=_PHRASES[entree.geste](entree.contenu),
        )
        for entree in entrees
    ]


def lire_document(convention: Convention) -> bytes:
    """Bytes of the issued PDF, checked against their hash. Raises DocumentAltere."""
    try:
        with default_storage.open(convention.document) as fichier:
            octets: bytes = fichier.read()
    except OSError as erreur:
        raise DocumentAltere(
            "Le fichier de cette convention est introuvable\u00a0: prévenez l’exploitant."
        ) from erreur
    if hashlib.sha256(octets).hexdigest() != convention.document_empreinte:
        raise DocumentAltere(
            "Le fichier de cette convention ne correspond plus à son empreinte\u00a0: il n’est pas servi. "
            "Prévenez l’exploitant."
        )
    return octets


def _jour(texte: str) -> str:
    return jour(date.fromisoformat(texte))


_PHRASES: Mapping[str, Any] = {
    "preparer": lambda contenu: f"Convention préparée pour le dossier {contenu['dossier']}",
    "emettre": lambda contenu: f"Convention émise, document {contenu['document'][:12]}…",
    "annuler": lambda contenu: "Convention annulée\u00a0: le porteur s’est désisté",
    "marquer_signee": lambda contenu: f"Convention marquée signée le {_jour(contenu['signee_le'])}",
    "enregistrer_versement": lambda contenu: (
        f"Versement {contenu['rang']} enregistré, fait le {_jour(contenu['verse_le'])}, "
        f"référence {contenu['reference']}"
    ),
}
