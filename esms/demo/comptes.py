"""Accounts of the demonstration."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.db import transaction

from esms.comptes.actions import attester_adresse
from esms.comptes.models import ROLES_SECOND_FACTEUR, Rattachement, Role, Utilisateur
from esms.demo import codes
from esms.demo.connexion import DOMAINE
from esms.demo.monde import FIXTURES, monde
from esms.journal.actions import inscrire


@dataclass(frozen=True)
class Compte:
    """An account of the fixtures: a porteur has an `organisme` (key of a body), an agent an `ars`.

    `aussi`: other roles of the same person at the same place.
    """

    courriel: str
    nom: str
    role: Role
    aussi: tuple[Role, ...]
    organisme: str
    ars: str

    @property
    def avec_code(self) -> bool:
        """Signs in with a second factor."""
        return self.role in ROLES_SECOND_FACTEUR

    def code_actuel(self) -> str:
        """The six digits that would be asked now; empty without a second factor."""
        return codes.code(self.courriel) if self.avec_code else ""


@lru_cache
def comptes() -> tuple[Compte, ...]:
    """The accounts, in the order in which they are shown."""
    return tuple(
        Compte(
            courriel=decrit["courriel"] + DOMAINE,
            nom=decrit["nom"],
            role=Role(decrit["role"]),
            aussi=tuple(Role(role) for role in decrit.get("aussi", ())),
            organisme=decrit.get("organisme", ""),
            ars=decrit.get("ars", ""),
        )
        for decrit in _fixture()["compte"]
    )


def mot_de_passe() -> str:
    """The one password of every demonstration account."""
    return str(_fixture()["mot_de_passe"])


@transaction.atomic
def ouvrir(compte: Compte, *, le: date, par: Utilisateur | None) -> Utilisateur:
    """Create the account, its role and its second factor, or complete the one that exists."""
    if (existant := Utilisateur.objects.filter(courriel=compte.courriel).first()) is not None:
        _equiper(existant, compte)
        return existant
    utilisateur = Utilisateur.objects.create(courriel=compte.courriel, nom=compte.nom, password=_hache())
    organisme = monde()[compte.organisme].finess_ej if compte.organisme else ""
    Rattachement.objects.bulk_create(
        Rattachement(
            utilisateur=utilisateur,
            role=role,
            organisme=organisme,
            ars=compte.ars,
            debut=le,
            donne_par=par,
        )
        for role in (compte.role, *compte.aussi)
    )
    _equiper(utilisateur, compte)
    inscrire(
        chaine=f"compte:{utilisateur.pk}",
        geste="ouvrir_compte_demonstration",
        par=par,
        contenu={
            "roles": [role.value for role in (compte.role, *compte.aussi)],
            "organisme": organisme,
            "ars": compte.ars,
        },
    )
    return utilisateur


def _equiper(utilisateur: Utilisateur, compte: Compte) -> None:
    """A verified address; for an agent, the application whose secret anybody can compute."""
    attester_adresse(utilisateur=utilisateur)
    if compte.avec_code and not Authenticator.objects.filter(user=utilisateur).exists():
        TOTP.activate(utilisateur, codes.secret(compte.courriel))


def agents_sans_code() -> bool:
    """An agent was loaded before second factors: it could not sign in."""
    adresses = [compte.courriel for compte in comptes() if compte.avec_code]
    equipes = Authenticator.objects.filter(user__courriel__in=adresses).values("user").distinct()
    return equipes.count() < len(adresses)


def compte(nom_court: str) -> Compte:
    """The account whose address starts with `nom_court`, for example `porteur.occitanie`."""
    return next(compte for compte in comptes() if compte.courriel == nom_court + DOMAINE)


def utilisateur(nom_court: str) -> Utilisateur:
    """The same, in the database."""
    return Utilisateur.objects.get(courriel=nom_court + DOMAINE)


@lru_cache
def _hache() -> str:
    """One hash for all: a salt adds nothing to a public password, and a hash takes a quarter of a second."""
    return make_password(mot_de_passe())


@lru_cache
def _fixture() -> Mapping[str, Any]:
    with (FIXTURES / "comptes.toml").open("rb") as fichier:
        return tomllib.load(fichier)
