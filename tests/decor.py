"""What a dossier needs around it: people and their rights, the register, a campagne, an entry, a file."""

import io
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

import pikepdf
from django.test import Client
from django.utils import timezone

from esms.comptes.actions import attester_adresse
from esms.comptes.models import Rattachement, Role, Utilisateur
from financement.actions.simulation import enregistrer
from financement.models import Simulation
from grappes.actions.campagne import ouvrir_campagne
from grappes.finess.numero import cle_valide
from grappes.models import Campagne, EntiteJuridique, Etablissement

MOT_DE_PASSE = "phrase de passe des essais"
OCCITANIE, GUADELOUPE = "occitanie-2025", "guadeloupe-2022"
ARS = {OCCITANIE: "76", GUADELOUPE: "01"}
DEPARTEMENT = {"76": "31", "01": "97", "11": "75"}
EHPAD, SAAD = "500", "460"
FICHE = {
    "contact_nom": "Camille Roux",
    "contact_fonction": "Cheffe de projet",
    "contact_courriel": "camille.roux@association.example",
    "contact_telephone": "05 00 00 00 00",
    "representant_nom": "Dominique Faure",
    "representant_fonction": "Présidente",
    "representant_courriel": "dominique.faure@association.example",
    "representant_telephone": "05 00 00 00 01",
}
SIRET = "73282932000074"
_suite = count(1)


def finess(rang: int, departement: str = "31") -> str:
    """The `rang`-th number of a department, with its right key."""
    tronc = f"{departement}{rang:06d}"
    return next(f"{tronc}{cle}" for cle in range(10) if cle_valide(f"{tronc}{cle}"))


def utilisateur(nom: str = "Personne", mot_de_passe: str | None = None) -> Utilisateur:
    """An account; only those that sign in through the form have a password."""
    personne = Utilisateur.objects.create_user(
        f"personne{next(_suite)}@essais.example", password=mot_de_passe, nom=nom
    )
    attester_adresse(utilisateur=personne)
    return personne


def porteur(organisme: str, nom: str = "Paule Porteur") -> Utilisateur:
    """Someone who files for an organism (FINESS EJ)."""
    return rattacher(utilisateur(nom), Role.PORTEUR, organisme=organisme)


def agent(role: Role, ars: str = "76", nom: str = "Agathe Agent") -> Utilisateur:
    """Someone who holds a role in an ARS (region code)."""
    return rattacher(utilisateur(nom), role, ars=ars)


def rattacher(
    personne: Utilisateur, role: Role, organisme: str = "", ars: str = "", **champs: Any
) -> Utilisateur:
    """Give a role since a month ago, at a place."""
    Rattachement.objects.create(
        utilisateur=personne,
        role=role,
        organisme=organisme,
        ars=ars,
        **{"debut": timezone.localdate() - timedelta(days=30), **champs},
    )
    return personne


def ouvrir_session(client: Client, personne: Utilisateur) -> Client:
    """Sign in without the form, with all that the role asks for."""
    client.force_login(personne)
    return client


def organisme(rang: int = 1, region: str = "76", nom: str = "Association des Lilas") -> EntiteJuridique:
    """A legal entity of the register; the same rank gives the same one."""
    numero = finess(700_000 + rang, DEPARTEMENT[region])
    return EntiteJuridique.objects.get_or_create(
        finess_ej=numero, defaults={"nom": nom, "nom_long": nom, "region": region, "commune": "Toulouse"}
    )[0]


def etablissement(
    entite: EntiteJuridique, rang: int, categorie: str = EHPAD, region: str = ""
) -> Etablissement:
    """An ESSMS of the register run by `entite`."""
    region = region or entite.region
    numero = finess(rang + 100 * int(entite.finess_ej[2:8]) % 500_000, DEPARTEMENT[region])
    return Etablissement.objects.create(
        finess_et=numero,
        entite=entite,
        nom=f"Résidence {rang}",
        commune="Toulouse",
        region=region,
        categorie=categorie,
        vu_le=date(2025, 1, 1),
    )


def campagne(edition: str = OCCITANIE, jour: date | None = None, **dates: date) -> Campagne:
    """The campagne of an edition, open around `jour` (today) unless dates are given; made once."""
    existante = Campagne.objects.filter(edition=edition).first()
    if existante is not None:
        return existante
    jour = jour or timezone.localdate()
    multi = {"fermeture_multiregionale": jour + timedelta(days=20)} if edition == OCCITANIE else {}
    fenetre: dict[str, date] = {
        "ouverture": jour - timedelta(days=10),
        "fermeture": jour + timedelta(days=30),
        "recevabilite": jour + timedelta(days=60),
        **multi,
        **dates,
    }
    return ouvrir_campagne(
        edition=edition,
        ars=ARS[edition],
        service="Direction de l’offre de soins et de l’autonomie",
        courriel="esms-numerique@ars.example",
        par=None,
        **fenetre,
    )


def entree(
    entite: EntiteJuridique, nombre: int = 15, edition: str = OCCITANIE, **changements: Any
) -> dict[str, Any]:
    """Entry of a project of `nombre` ESSMS of one organism, all acquiring; made in the register if needed."""
    presents = list(entite.etablissements.order_by("finess_et")[:nombre])
    presents += [etablissement(entite, rang) for rang in range(len(presents) + 1, nombre + 1)]
    return {
        "aap": edition,
        "porteur": {"finess_ej": entite.finess_ej, "region": entite.region},
        "organismes": [
            {"finess_ej": entite.finess_ej, "region": entite.region, "essms_geres": max(nombre, 20)}
        ],
        "essms": [{"finess_et": e.finess_et, "operation": "acquisition"} for e in presents],
        "solution": {"nom": "Logiciel A", "referencee_segur": True, "au_sad": True},
        **changements,
    }


def simulation(contenu: Mapping[str, Any] | None = None) -> Simulation:
    """A recorded simulation."""
    return enregistrer(entree=contenu if contenu is not None else entree(organisme()), par=None)


def pdf(texte: str = "Pièce") -> bytes:
    """A PDF of one page whose bytes depend on `texte`."""
    tampon = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = texte
        document.save(tampon, deterministic_id=True)
    return tampon.getvalue()
