"""A small world for the conventions: an ARS, its agents, a porteur, a register, a grappe and its plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from esms.comptes.models import Rattachement, Role, Utilisateur
from financement.actions.convention import emettre, marquer_signee, preparer
from financement.actions.plan import figer
from financement.models import Convention, Plan
from financement.simulation import Resultat, simuler
from grappes.finess.numero import cle_valide
from grappes.models import Campagne, EntiteJuridique, EssmsDeGrappe, Etablissement, Grappe
from grappes.requetes import ReferentielFiness

VU_LE = date(2025, 1, 8)
DECISION = date(2025, 9, 20)
LOGICIEL = "Logiciel A"


def numero_finess(rang: int, departement: str = "31") -> str:
    """A valid FINESS number; `rang` below one million."""
    debut = f"{departement}{rang:06d}"
    return next(debut + cle for cle in "0123456789" if cle_valide(debut + cle))


def compte(nom: str, role: str, lieu: str) -> Utilisateur:
    """An account that holds `role`, at an ARS (region code) or for an organism (FINESS EJ)."""
    utilisateur = Utilisateur.objects.create_user(f"{nom.lower().replace(' ', '.')}@exemple.fr", nom=nom)
    place = {"organisme": lieu} if role == Role.PORTEUR else {"ars": lieu}
    Rattachement.objects.create(utilisateur=utilisateur, role=role, debut=VU_LE, **place)
    return utilisateur


def campagne(sigle: str = "OCC-2025", ars: str = "76", edition: str = "occitanie-2025") -> Campagne:
    return Campagne.objects.create(
        edition=edition,
        ars=ars,
        titre="ESMS numérique",
        sigle=sigle,
        fuseau="Europe/Paris",
        ouverture=date(2025, 4, 22),
        fermeture=date(2025, 6, 13),
        service="Direction de l’autonomie",
        courriel="esms@exemple.fr",
    )


def organisme(
    rang: int = 900_000, nom: str = "Association Les Tilleuls", departement: str = "31"
) -> EntiteJuridique:
    numero = numero_finess(rang, departement)
    return EntiteJuridique.objects.get_or_create(
        finess_ej=numero,
        defaults={"nom": nom, "commune": "Toulouse", "siren": "123456782", "region": "76", "vu_le": VU_LE},
    )[0]


def etablissement(rang: int, entite: EntiteJuridique, **champs: Any) -> Etablissement:
    defauts = {"nom": f"EHPAD n° {rang}", "commune": "Toulouse", "departement": "31", "region": "76"}
    return Etablissement.objects.get_or_create(
        finess_et=numero_finess(rang),
        defaults={"entite": entite, "categorie": "500", "vu_le": VU_LE, **defauts, **champs},
    )[0]


def grappe(
    dans: Campagne, rangs: range, *, operation: str = "acquisition", logiciel: str = LOGICIEL, **autres: Any
) -> Grappe:
    """A grappe of the establishments numbered `rangs`, all of one organism."""
    entite = organisme()
    projet = Grappe.objects.create(
        campagne=dans,
        porteur_ej=entite.pk,
        porteur={"finess_ej": entite.pk},
        solution={"nom": logiciel, "referencee_segur": True},
        **autres,
    )
    EssmsDeGrappe.objects.bulk_create(
        EssmsDeGrappe(
            grappe=projet, finess_et=etablissement(rang, entite).pk, operation=operation, region="76"
        )
        for rang in rangs
    )
    return projet


def entree_de(projet: Grappe, **sections: Any) -> dict[str, Any]:
    """The entry of the simulation contract that this grappe stands for."""
    return {
        "aap": projet.campagne.edition,
        "porteur": projet.porteur,
        "solution": projet.solution,
        "essms": [{"finess_et": un.finess_et, "operation": un.operation} for un in projet.essms.all()],
        **sections,
    }


def plan(projet: Grappe, par: Utilisateur, entree: dict[str, Any] | None = None) -> Plan:
    """What the engine says of the grappe, frozen."""
    return figer_le_resultat(projet, par, simuler(entree or entree_de(projet), ReferentielFiness()))


def figer_le_resultat(projet: Grappe, par: Utilisateur, calcul: Resultat, **changements: Any) -> Plan:
    """A result frozen as the decision freezes it, some of it changed."""
    contenu = {
        "entree": calcul.entree_complete(),
        "registre": calcul.registre(),
        "resultat": calcul.en_json(),
        **changements,
    }
    return figer(grappe=projet, par=par, **contenu)


def preparee(projet: Grappe, par: Utilisateur, le_plan: Plan | None = None) -> Convention:
    return preparer(
        grappe=projet,
        plan=le_plan or plan(projet, par),
        dossier_numero="OCC-2025-0001",
        decision_le=DECISION,
        signataire="Mme Camille Roux",
        signataire_qualite="directrice générale",
        par=par,
    )


@dataclass(frozen=True)
class Monde:
    """One campagne, one convention prepared for twenty ESSMS, and the people around it."""

    campagne: Campagne
    administrateur: Utilisateur
    valideur: Utilisateur
    instructeur: Utilisateur
    porteur: Utilisateur
    convention: Convention


def monde(nombre: int = 20) -> Monde:
    la_campagne = campagne()
    valideur = compte("Valérie Deur", Role.VALIDEUR, "76")
    projet = grappe(la_campagne, range(1, nombre + 1))
    return Monde(
        campagne=la_campagne,
        administrateur=compte("Alix Ministre", Role.ADMINISTRATEUR, "76"),
        valideur=valideur,
        instructeur=compte("Ines Tructeur", Role.INSTRUCTEUR, "76"),
        porteur=compte("Paul Porteur", Role.PORTEUR, projet.porteur_ej),
        convention=preparee(projet, valideur),
    )


def aujourdhui() -> date:
    """Today in Occitanie."""
    return timezone.localdate(timezone=ZoneInfo("Europe/Paris"))


def signee(monde: Monde) -> Convention:
    """The convention of `monde`, issued and signed today."""
    emettre(convention=monde.convention, par=monde.administrateur)
    return marquer_signee(convention=monde.convention, le=aujourdhui(), par=monde.administrateur)
