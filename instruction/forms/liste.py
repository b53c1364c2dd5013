"""Filters of the list of dossiers, whose values live in the address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from esms.comptes.models import Rattachement, Role, Utilisateur
from grappes.models import Campagne
from instruction.etats import CLORE, ETATS_DEPOSES, Etat
from instruction.models import Dossier
from instruction.requetes_retard import en_retard, recevabilites_finissantes

TRIS = {
    "recents": ("Dépôts les plus récents", ("-depose_le", "pk")),
    "anciens": ("Dépôts les plus anciens", ("depose_le", "pk")),
    "numero": ("Numéro", ("numero", "pk")),
    "porteur": ("Porteur", ("nom_porteur", "pk")),
    "montant": ("Subvention décroissante", ("-montant", "pk")),
}
# Several states at once: on a Monday morning, what is not over yet.
TERMINES = (*CLORE.sources, Etat.CLOS)
GROUPES = {
    "en_cours": ("En cours", tuple(etat for etat in ETATS_DEPOSES if etat not in TERMINES)),
    "termines": ("Terminés", TERMINES),
}
ATTRIBUTIONS = [("moi", "À moi"), ("personne", "Non attribués"), ("retard", "En retard"), ("", "Tous")]
COMPTE_MAX = 99  # dossiers counted for a tab; beyond, « 99+ »: a count that never reads a whole campagne


@dataclass(frozen=True, slots=True)
class Vue:
    """A quick tab over the list: its address keeps the other filters."""

    titre: str
    parametres: str
    nombre: str
    courante: bool


class FiltreForm(forms.Form):
    """Every field may be left out; an unknown value is ignored, so that an old link still opens the list."""

    q = forms.CharField(label="Numéro, porteur ou FINESS juridique", required=False, max_length=100)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[
            ("", "Tous"),
            *((cle, libelle) for cle, (libelle, _) in GROUPES.items()),
            ("Un seul état", [(e.value, e.label) for e in ETATS_DEPOSES]),
        ],
    )
    campagne = forms.ModelChoiceField(
        label="Campagne", required=False, queryset=Campagne.objects.none(), empty_label="Toutes"
    )
    instructeur = forms.ModelChoiceField(
        label="Instructeur", required=False, queryset=Utilisateur.objects.none(), empty_label="Tous"
    )
    attribution = forms.ChoiceField(label="Attribution", required=False, choices=ATTRIBUTIONS)
    tri = forms.ChoiceField(
        label="Tri", required=False, choices=[(cle, libelle) for cle, (libelle, _) in TRIS.items()]
    )

    def __init__(
        self,
        *args: Any,
        ars: Collection[str],
        instant: datetime,
        equipe: Collection[str] = (),
        partout: bool = False,
        **kwargs: Any,
    ) -> None:
        """`ars`: where the campagnes are; `equipe`: the ARS whose instructeurs may be told apart."""
        super().__init__(*args, **kwargs)
        self.instant = instant
        siennes = Campagne.objects.all() if partout else Campagne.objects.filter(ars__in=ars)
        self.fields["campagne"].queryset = siennes  # type: ignore[attr-defined]
        if equipe:
            self.fields["instructeur"].queryset = instructeurs(equipe)  # type: ignore[attr-defined]
        else:
            del self.fields["instructeur"]
        self.full_clean()
        self.errors.clear()

    def filtrer(
        self, dossiers: QuerySet[Dossier], utilisateur: AbstractBaseUser | AnonymousUser
    ) -> QuerySet[Dossier]:
        """The rows that the filters keep, in the order asked."""
        _, ordre = TRIS[self.cleaned_data.get("tri") or "recents"]
        attribution = self.cleaned_data.get("attribution") or ""
        return self._attribues(self._cherches(dossiers), attribution, utilisateur).order_by(*ordre)

    def vues(
        self,
        dossiers: QuerySet[Dossier],
        utilisateur: AbstractBaseUser | AnonymousUser,
        *,
        prend_en_charge: bool,
    ) -> list[Vue]:
        """The tabs by attribution, each with its count under the other filters; one query each, bounded.

        « À moi » only for who may take a dossier in charge: to anybody else it could but stay empty.
        """
        cherches, ici = self._cherches(dossiers), self.cleaned_data.get("attribution") or ""
        gardes = {cle: valeur for cle, valeur in self._gardes().items() if cle != "attribution"}
        vues = []
        for cle, titre in ATTRIBUTIONS if prend_en_charge else ATTRIBUTIONS[1:]:
            nombre = self._attribues(cherches, cle, utilisateur).order_by()[: COMPTE_MAX + 1].count()
            parametres = urlencode({**gardes, **({"attribution": cle} if cle else {})})
            dit = str(nombre) if nombre <= COMPTE_MAX else f"{COMPTE_MAX}+"
            vues.append(Vue(titre, parametres, dit, cle == ici))
        return vues

    @property
    def filtree(self) -> bool:
        """Whether something else than the attribution and the order narrows the list."""
        return any(self.cleaned_data.get(cle) for cle in ("q", "etat", "campagne", "instructeur"))

    def _cherches(self, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
        choix = self.cleaned_data
        if choix.get("q"):
            texte = choix["q"].strip()
            dossiers = dossiers.filter(
                Q(numero__icontains=texte) | Q(nom_porteur__icontains=texte) | Q(organisme=texte)
            )
        if choix.get("etat"):
            _, etats = GROUPES.get(choix["etat"], ("", (choix["etat"],)))
            dossiers = dossiers.filter(etat__in=etats)
        if choix.get("campagne"):
            dossiers = dossiers.filter(campagne=choix["campagne"])
        if choix.get("instructeur"):
            dossiers = dossiers.filter(instructeur=choix["instructeur"])
        return dossiers

    def _attribues(
        self, dossiers: QuerySet[Dossier], attribution: str, utilisateur: AbstractBaseUser | AnonymousUser
    ) -> QuerySet[Dossier]:
        if attribution == "moi":
            return dossiers.filter(instructeur_id=utilisateur.pk)
        if attribution == "retard":
            return en_retard(dossiers, self.finissantes, self.instant)
        return dossiers.filter(instructeur__isnull=True) if attribution == "personne" else dossiers

    @cached_property
    def finissantes(self) -> dict[int, datetime]:
        """Campagnes whose admissibility ends, or has ended: one query."""
        siennes: QuerySet[Campagne] = self.fields["campagne"].queryset  # type: ignore[attr-defined]
        return recevabilites_finissantes(siennes, self.instant)

    def parametres(self) -> str:
        """The filters as they must follow from page to page."""
        return urlencode(self._gardes())

    def _gardes(self) -> dict[str, Any]:
        return {cle: valeur for cle, valeur in self.data.items() if cle in self.fields and valeur}


def instructeurs(ars: Collection[str]) -> QuerySet[Utilisateur]:
    """Who is or was an instructeur there: a dossier stays with its own after the role has ended."""
    tenus = Rattachement.objects.filter(role=Role.INSTRUCTEUR, ars__in=ars).values("utilisateur")
    return Utilisateur.objects.filter(pk__in=tenus).order_by("nom", "pk")
