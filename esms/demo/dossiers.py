"""The dossiers of the demonstration, played gesture by gesture by the people who have the right to."""

import tomllib
import uuid
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from itertools import cycle
from typing import Any

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Role, Utilisateur
from esms.demo import sections, suites
from esms.demo.comptes import compte, comptes, utilisateur
from esms.demo.monde import FIXTURES, Organisme, monde
from esms.demo.pieces import pdf
from financement.actions.simulation import enregistrer
from grappes.models import Campagne
from grappes.requetes_campagnes import edition_de
from grappes.requetes_grappes import parts_de_la_grappe
from instruction.actions import creation, depot, piece, produits
from instruction.actions.grappe import confirmer_sa_part, inviter_organisme
from instruction.actions.section import enregistrer_section
from instruction.models import Dossier
from instruction.requetes import Examen

HORS_ESSMS = frozenset({"124", "355", "362", "620"})
COMMENCEES = frozenset({"planning", "risques", "si"})  # structured sections of a draft half done
SAAD = frozenset({"209", "460"})
# `jusqu_a` → what the agents do once it is filed.
SUITES: Mapping[str, tuple[Callable[[Dossier], None], ...]] = {
    "brouillon": (),
    "depose": (),
    "complements_demandes": (suites.demander_des_complements,),
    "en_instruction": (suites.instruire,),
    "liste_complementaire": (suites.instruire, suites.inscrire_sur_la_liste),
    "convention_a_signer": (suites.instruire, suites.conventionner),
    "en_deploiement": (suites.instruire, suites.conventionner, suites.verser),
}
_FAMILLE = uuid.UUID("4be64c5e-9f5f-4a0f-9c9b-6f1f52a1f5b7")


def monter() -> None:
    """Play every dossier of the fixtures that is not there yet, each in its own transaction."""
    for identifiant, decrit in restants().items():
        monter_un(decrit, identifiant=identifiant)


def restants() -> dict[uuid.UUID, Mapping[str, Any]]:
    """The descriptions whose dossier is not there, by the identifier that it will have."""
    decrits = {uuid.uuid5(_FAMILLE, f"{d['porteur']} {d['edition']}"): d for d in fixture()["dossier"]}
    presents = set(Dossier.objects.filter(pk__in=decrits).values_list("pk", flat=True))
    return {identifiant: decrit for identifiant, decrit in decrits.items() if identifiant not in presents}


@transaction.atomic
def monter_un(decrit: Mapping[str, Any], *, identifiant: uuid.UUID) -> Dossier:
    """Play one dossier up to its last gesture, `decrit["jusqu_a"]`."""
    porteur = utilisateur(decrit["porteur"])
    dossier = creer(decrit, identifiant=identifiant, par=porteur)
    depose = decrit["jusqu_a"] != "brouillon"
    remplir(dossier, par=porteur, complet=depose)
    confirmer(dossier, decrit, par=porteur)
    if decrit.get("documents_produits"):
        produits.tout_produire(dossier=dossier, par=porteur)
    if depose:
        joindre_les_pieces(dossier, par=porteur)
        depot.deposer(dossier=dossier, par=porteur, certifie=True)
    for suite in SUITES[decrit["jusqu_a"]]:
        suite(dossier)
    return Dossier.objects.get(pk=dossier.pk)


def creer(decrit: Mapping[str, Any], *, identifiant: uuid.UUID, par: Utilisateur) -> Dossier:
    """The draft, from a simulation of the described grappe."""
    campagne = Campagne.objects.get(edition=decrit["edition"])
    simulation = enregistrer(entree=entree(decrit), par=par)
    organisme = monde()[compte(decrit["porteur"]).organisme].finess_ej
    return creation.creer(
        identifiant=identifiant, simulation=simulation, campagne=campagne, organisme=organisme, par=par
    )


def entree(decrit: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of the simulation contract that a description stands for."""
    organismes = [monde()[cle] for cle in decrit["organismes"]]
    essms = [ligne for organisme in organismes for ligne in _essms(organisme, decrit)]
    return {
        "aap": decrit["edition"],
        "essms": [*essms[: decrit["combien"]], *_ajouts(decrit)],
        "solution": {"nom": decrit["solution"], "referencee_segur": True, "au_sad": True},
    }


def _ajouts(decrit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The first ESSMS of the bodies that come in addition."""
    return [
        ligne
        for cle, nombre in decrit.get("ajouts", {}).items()
        for ligne in _essms(monde()[cle], decrit)[:nombre]
    ]


def confirmer(dossier: Dossier, decrit: Mapping[str, Any], *, par: Utilisateur) -> None:
    """Invite the other bodies of the grappe, by their account of the demonstration; some confirm."""
    membres = {c.organisme: c for c in comptes() if c.role == Role.MEMBRE}
    for cle, jusqu_a in decrit.get("confirmations", {}).items():
        finess_ej, courriel = monde()[cle].finess_ej, membres[cle].courriel
        inviter_organisme(dossier=dossier, finess_ej=finess_ej, courriel=courriel, par=par)
        if jusqu_a == "confirme":
            part = parts_de_la_grappe(dossier.grappe)[finess_ej]
            membre = Utilisateur.objects.get(courriel=courriel)
            confirmer_sa_part(dossier=dossier, finess_ej=finess_ej, empreinte=part.empreinte, par=membre)


def _essms(organisme: Organisme, decrit: Mapping[str, Any]) -> list[dict[str, Any]]:
    materiel = decrit.get("materiel", {})
    demande = {cle: materiel[cle] for cle in ("demande_ht", "demande_ttc") if cle in materiel}
    return [
        {
            "finess_et": e.finess_et,
            "operation": decrit["operation"],
            "heures": decrit.get("heures") if e.categorie in SAAD else None,
            "materiel": demande if organisme.cle in materiel.get("organismes", ()) else None,
        }
        for e in organisme.etablissements
        if not e.ferme and e.categorie not in HORS_ESSMS
    ]


def remplir(dossier: Dossier, *, par: Utilisateur, complet: bool) -> None:
    """People and texts; when not `complet`, the first half of the texts and no legal representative yet."""
    personnes, domaine = fixture()["representant"][0], par.courriel.split("@")[1]
    contacts = {
        **fixture()["fiche"],
        "contact_nom": personnes["contact"],
        "contact_courriel": f"contact@{domaine}",
        "representant_nom": personnes["legal"] if complet else "",
        "representant_courriel": f"direction@{domaine}" if complet else "",
    }
    criteres = [critere.cle for critere in edition_de(dossier.campagne).grille.criteres]
    retenus = criteres if complet else criteres[: len(criteres) // 2]
    textes = dict(zip(retenus, cycle(fixture()["textes"]["liste"]), strict=False))
    identite = {"siret": fixture()["siret"]} if complet else {}
    for cle, contenu in (("porteur", identite), ("contacts", contacts), ("projet", textes)):
        enregistrer_section(dossier=dossier, cle=cle, contenu=contenu, version=0, par=par)
    structurees = sections.contenus(Examen(dossier, timezone.now()))
    for cle in structurees if complet else [cle for cle in structurees if cle in COMMENCEES]:
        enregistrer_section(dossier=dossier, cle=cle, contenu=structurees[cle], version=0, par=par)


def joindre_les_pieces(dossier: Dossier, *, par: Utilisateur) -> None:
    """One fictional PDF, or as many as asked, for each piece that is missing."""
    for etat in Examen(dossier, timezone.now()).etats_des_pieces:
        for rang in range(etat.nombre + 1, etat.minimum + 1 if etat.demandee.obligatoire else 1):
            libelle = etat.demandee.piece.libelle
            contenu = pdf(libelle, f"Pièce fictive n° {rang} de la démonstration.", dossier.nom_porteur)
            piece.joindre(
                dossier=dossier,
                code=etat.demandee.piece.regle,
                nom=f"{etat.demandee.piece.regle}-{rang}.pdf",
                fichier=BytesIO(contenu),
                par=par,
            )


@lru_cache
def fixture() -> Mapping[str, Any]:
    """The descriptions."""
    with (FIXTURES / "dossiers.toml").open("rb") as fichier:
        return tomllib.load(fichier)
