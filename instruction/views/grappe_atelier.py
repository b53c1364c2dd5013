"""The composition of a draft, edited on the screens of the simulator."""

from collections.abc import Mapping
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from financement.composition.differences import comparer
from financement.composition.entree import Entree, nette
from financement.etude import Etude, etudier_candidature
from financement.models import Simulation
from financement.presentation.verdicts import mots_du_verdict
from financement.views.simulation import ecarts
from financement.views.simulation.atelier import Atelier
from grappes.requetes_grappes import entree_de
from instruction import etats
from instruction.actions.garde import exiger
from instruction.actions.grappe import Choix, recomposer
from instruction.models import Dossier
from instruction.views.cadre import Demande, cadre

_AVEC_COMPTE_RENDU = {"essms"}


class AtelierDossier(Atelier):
    """The grappe of a draft, for whoever may write it. `version` is the key of its simulation."""

    cadre = "instruction/grappe_cadre.html"
    porteur_fixe = True
    justifie = True

    def __init__(self, request: Demande, dossier: Dossier) -> None:
        exiger(etats.MODIFIER, dossier, request.user)
        super().__init__(request, etude_du_dossier(dossier))
        self.dossier, self.choix = dossier, None
        self.version = dossier.simulation_id

    choix: Choix | None

    def adresse(self, page: str, *reste: object) -> str:
        """Address under this dossier."""
        return reverse(f"dossiers:grappe_{page}", args=[self.dossier.pk, *reste])

    def contexte(self, titre: str, page: str) -> dict[str, Any]:
        """Frame of the dossier, with what the screens of a composition show."""
        request: Any = self.request
        return cadre(
            request,
            self.dossier,
            titre,
            atelier=self,
            page=page,
            etude=self.etude,
            verdict=mots_du_verdict(self.etude),
            avec_saad=any(essms.saad for essms in self.etude.resultat.projet.essms),
            compte_rendu=self._compte_rendu(page),
        )

    def enregistrer(
        self, entree: Entree, *, sur: str, justifications: Mapping[str, str] | None = None
    ) -> Simulation:
        """Another composition of the draft, journaled. Raises CompositionDepassee, GesteRefuse."""
        request: Any = self.request
        return recomposer(
            dossier=self.dossier,
            entree=entree,
            sur=sur,
            par=request.user,
            justifications=justifications,
            choix=self.choix,
        )

    def recharger(self) -> None:
        """What the composition became, against the one that the form was made on."""
        lu = Simulation.objects.filter(pk=self.avant).first()
        self.dossier = relire(self.dossier)
        self.etude, self.version = etude_du_dossier(self.dossier), self.dossier.simulation_id
        self.conflit = comparer(lu.entree if lu else self.etude.entree, self.etude.entree)

    def suite(self, simulation: Simulation, page: str) -> HttpResponse:
        """The same page of the dossier."""
        return redirect(self.adresse(page))

    def justifications(self) -> Mapping[str, str]:
        """Those of the grappe."""
        dites: Mapping[str, str] = self.dossier.grappe.justifications
        return dites

    def _compte_rendu(self, page: str) -> dict[str, Any] | None:
        request: HttpRequest = self.request
        return ecarts.de_la_page(request, self.version) if page in _AVEC_COMPTE_RENDU else None


def etude_du_dossier(dossier: Dossier) -> Etude:
    """What the screens of a composition read: the rows of the grappe, under the key of their simulation.

    They are read once for the whole page, and kept with the dossier that was given.
    """
    prefetch_related_objects([dossier.grappe], "essms")
    return etudier_candidature(nette(entree_de(dossier.grappe)), cle=dossier.simulation_id)


def relire(dossier: Dossier) -> Dossier:
    """The dossier as the database has it now."""
    return Dossier.objects.select_related("campagne", "grappe__campagne", "grappe__convention").get(
        pk=dossier.pk
    )
