"""What an invited organism sees of somebody else's dossier: header, own ESSMS and answers. No more."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esms.socle.erreurs import conflit
from financement.composition.differences import comparer
from financement.composition.entree import Entree, nette
from financement.etude import Etude, etudier_candidature
from financement.models import Simulation
from financement.views.simulation.atelier import Atelier
from financement.views.simulation.fiche import ecran_de_la_fiche
from grappes.models import Participation
from grappes.regles.participation import Part
from grappes.requetes_grappes import entree_de, parts_de_la_grappe
from grappes.requetes_organismes import noms_des_organismes
from instruction.acces import organismes_partages
from instruction.actions.garde import EtatDepasse
from instruction.actions.grappe import confirmer_sa_part, corriger_sa_part
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.presentation.mesures_du_membre import (
    MesuresDuMembre,
    mesures_du_membre,
    section_des_mesures,
)
from instruction.views.cadre import Demande
from instruction.views.grappe_atelier import relire


def dossier_partage(request: Demande, pk: UUID) -> tuple[Dossier, dict[str, Part]]:
    """The dossier of another porteur, and the parts of it that this person answers for; 404 otherwise.

    An organism that the porteur has not invited has nothing to read yet.
    """
    requete = Dossier.objects.partages_avec(request.user).select_related("campagne", "grappe__campagne")
    dossier = get_object_or_404(requete, pk=pk)
    siens = organismes_partages(request.user, dossier)
    invites = set(
        Participation.objects.filter(grappe=dossier.grappe_id, finess_ej__in=siens).values_list(
            "finess_ej", flat=True
        )
    )
    parts = {ej: part for ej, part in parts_de_la_grappe(dossier.grappe).items() if ej in invites}
    if not parts:
        raise Http404
    return dossier, parts


@require_safe
def membre(request: Demande, pk: UUID) -> HttpResponse:
    """The ESSMS of this person's organism, and the button that confirms them; its cyber measures."""
    return page_du_membre(request, *dossier_partage(request, pk))


def page_du_membre(
    request: Demande,
    dossier: Dossier,
    parts: Mapping[str, Part],
    typees: Mapping[str, MesuresDuMembre] | None = None,
    statut: int = 200,
) -> HttpResponse:
    """The page as it is now; `typees`: the measures of an organism as they were typed, and refused."""
    participations = dossier.grappe.participations.filter(finess_ej__in=parts)
    invitees = {p.finess_ej: p for p in participations.select_related("confirmee_par")}
    noms, projet = noms_des_organismes(list(parts)), _etude(dossier, parts).resultat.projet
    essms = {un.finess_et: un for un in projet.essms}
    mesures = {**_mesures(dossier, parts), **(typees or {})}
    lignes = [
        (part, noms[ej], invitees[ej], [essms[numero] for numero in part.numeros], mesures.get(ej))
        for ej, part in parts.items()
    ]
    contexte = entete(dossier, "ESSMS de votre organisme") | {"parts": lignes}
    return render(request, "instruction/grappe_membre.html", contexte, status=statut)


def _mesures(dossier: Dossier, parts: Mapping[str, Part]) -> dict[str, MesuresDuMembre]:
    """The cyber measures of each organism; none where the edition does not ask for them."""
    section = section_des_mesures(dossier)
    return {ej: mesures_du_membre(section, part) for ej, part in parts.items()} if section else {}


@require_http_methods(["GET", "HEAD", "POST"])
def fiche_du_membre(request: Demande, pk: UUID, finess_et: str) -> HttpResponse:
    """The answers of one of its ESSMS; POST corrects them."""
    dossier, parts = dossier_partage(request, pk)
    if dossier.etat != Etat.BROUILLON or not any(finess_et in part.numeros for part in parts.values()):
        raise Http404
    atelier = AtelierMembre(request, dossier, parts, finess_et)
    try:
        return ecran_de_la_fiche(atelier, finess_et, suite="membre")
    except EtatDepasse as depasse:
        return conflit(request, str(depasse), reverse("dossiers:grappe_membre", args=[pk]))


@require_POST
def confirmer(request: Demande, pk: UUID) -> HttpResponse:
    """« Je confirme les N ESSMS de mon organisme et leurs réponses »."""
    dossier, parts = dossier_partage(request, pk)
    finess_ej = request.POST.get("organisme", "")
    if finess_ej not in parts:
        raise PermissionDenied("organisme")
    try:
        confirmer_sa_part(
            dossier=dossier,
            finess_ej=finess_ej,
            empreinte=request.POST.get("empreinte", ""),
            par=request.user,
        )
    except EtatDepasse as depasse:
        return conflit(request, str(depasse), reverse("dossiers:grappe_membre", args=[pk]))
    messages.success(request, "Merci\u00a0: les ESSMS de votre organisme et leurs réponses sont confirmés.")
    return redirect("dossiers:grappe_membre", pk)


class AtelierMembre(Atelier):
    """One ESSMS of an invited organism: the project of its own ESSMS only is read, no amount is shown."""

    cadre = "instruction/grappe_membre_cadre.html"
    porteur_fixe = True
    justifie = True
    chiffre = False

    def __init__(self, request: Demande, dossier: Dossier, parts: Mapping[str, Part], finess_et: str) -> None:
        super().__init__(request, _etude(dossier, parts))
        self.dossier, self.parts, self.finess_et = dossier, parts, finess_et
        self.version = dossier.simulation_id

    def adresse(self, page: str, *reste: object) -> str:
        """The list of its ESSMS, or one of them."""
        if page == "fiche":
            return reverse("dossiers:grappe_membre_fiche", args=[self.dossier.pk, *reste])
        return reverse("dossiers:grappe_membre", args=[self.dossier.pk])

    def contexte(self, titre: str, page: str) -> dict[str, Any]:
        """The header of the dossier, and the ESSMS."""
        return entete(self.dossier, titre) | {"atelier": self, "etude": self.etude, "page": page}

    def enregistrer(
        self, entree: Entree, *, sur: str, justifications: Mapping[str, str] | None = None
    ) -> Simulation:
        """The whole composition, with its corrected ESSMS in the place of the former one."""
        entiere = nette(entree_de(self.dossier.grappe))
        siens = {essms["finess_et"]: essms for essms in entree["essms"]}
        essms = [siens.get(un["finess_et"], un) for un in entiere["essms"]]
        request: Any = self.request
        return corriger_sa_part(
            dossier=self.dossier,
            finess_et=self.finess_et,
            entree={**entiere, "essms": essms},
            sur=sur,
            par=request.user,
            justifications=justifications,
        )

    def recharger(self) -> None:
        """What its own part became: nothing of the others is told."""
        avant = self.etude.entree
        self.dossier = relire(self.dossier)
        toutes = parts_de_la_grappe(self.dossier.grappe)
        self.parts = {ej: toutes[ej] for ej in self.parts if ej in toutes}
        self.etude, self.version = _etude(self.dossier, self.parts), self.dossier.simulation_id
        self.conflit = comparer(avant, self.etude.entree)

    def suite(self, simulation: Simulation, page: str) -> HttpResponse:
        """Back to its ESSMS."""
        return redirect(self.adresse(page))

    def justifications(self) -> Mapping[str, str]:
        """Those of its own ESSMS."""
        return {
            numero: texte for part in self.parts.values() for numero, texte in part.justifications.items()
        }


def entete(dossier: Dossier, titre: str) -> dict[str, Any]:
    """What an invited organism reads of the dossier: the call, the porteur, whether it is filed."""
    return {
        "titre": titre,
        "dossier": dossier,
        "brouillon": dossier.etat == Etat.BROUILLON,
        "fil": [("Mes dossiers", reverse("dossiers:liste"))],
    }


def _etude(dossier: Dossier, parts: Mapping[str, Part]) -> Etude:
    """The project as if it only had these ESSMS: nothing of the others enters the page."""
    entree = {
        "aap": dossier.campagne.edition,
        "essms": [dict(essms) for part in parts.values() for essms in part.essms],
        "organismes": [dict(part.organisme) for part in parts.values() if part.organisme],
    }
    return etudier_candidature(nette(entree), cle=dossier.simulation_id)
