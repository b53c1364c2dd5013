"""A small world for the tests: register, campagnes, people, a dossier brought to any state by actions."""

import io
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from esms.comptes.models import Role
from grappes.actions.grappe import justifier
from grappes.requetes_campagnes import edition_de
from instruction.actions.certification import certifier
from instruction.actions.complements import demander_complements
from instruction.actions.creation import creer
from instruction.actions.depot import deposer
from instruction.actions.examen import (
    SaisieControle,
    SaisieNote,
    SaisiePiece,
    donner_avis_controles,
    donner_avis_pieces,
    noter,
)
from instruction.actions.piece import joindre
from instruction.actions.section import enregistrer_section
from instruction.actions.solde import Fichier, demander_solde
from instruction.etats import Etat
from instruction.models import Certification, Dossier, Section
from instruction.regles.complements import Demande
from instruction.regles.decision import controles_a_juger
from instruction.regles.recevabilite import SECTION_DEPOT
from instruction.regles.solde import Comptage, indicateurs_du_solde
from instruction.requetes import Examen
from tests.chemin import chemin
from tests.decor import (
    ARS,
    FICHE,
    GUADELOUPE,
    MOT_DE_PASSE,
    OCCITANIE,
    SAAD,
    SIRET,
    agent,
    campagne,
    entree,
    etablissement,
    finess,
    organisme,
    ouvrir_session,
    pdf,
    porteur,
    rattacher,
    simulation,
    utilisateur,
)
from tests.sections_remplies import remplies
from tests.taches import jouer

__all__ = [
    "ARS",
    "FICHE",
    "GUADELOUPE",
    "MOT_DE_PASSE",
    "OCCITANIE",
    "SAAD",
    "SIRET",
    "Monde",
    "agent",
    "campagne",
    "dossier",
    "entree",
    "etablissement",
    "finess",
    "organisme",
    "ouvrir_session",
    "pdf",
    "porteur",
    "rattacher",
    "simulation",
    "utilisateur",
]


class Monde:
    """A dossier with everybody around it. `etat` is reached through the actions, with the roles they ask."""

    def __init__(
        self,
        edition: str = OCCITANIE,
        *,
        contenu: Mapping[str, Any] | None = None,
        rang: int = 1,
        nombre: int = 15,
    ) -> None:
        ars = ARS[edition]
        self.campagne = campagne(edition)
        self.entite = organisme(rang, ars)
        self.simulation = simulation(contenu or entree(self.entite, nombre, edition))
        self.porteur = porteur(self.entite.finess_ej)
        self.representant = rattacher(
            utilisateur("Rémi Représentant"), Role.REPRESENTANT, organisme=self.entite.finess_ej
        )
        self.instructeur = agent(Role.INSTRUCTEUR, ars, "Inès Instructrice")
        self.valideur = agent(Role.VALIDEUR, ars, "Victor Valideur")
        self.administrateur = agent(Role.ADMINISTRATEUR, ars, "Ada Administratrice")
        self.gestionnaire = agent(Role.GESTIONNAIRE, ars, "Gilles Gestionnaire")
        self.dossier = creer(
            identifiant=uuid.uuid4(),
            simulation=self.simulation,
            campagne=self.campagne,
            organisme=self.entite.finess_ej,
            par=self.porteur,
            autre=True,
        )

    def relire(self) -> Dossier:
        """The dossier as the database has it."""
        self.dossier = Dossier.objects.select_related("campagne", "grappe__campagne").get(pk=self.dossier.pk)
        return self.dossier

    def saisies(self) -> dict[str, dict[str, Any]]:
        """A complete content for each typed section that the edition requires."""
        criteres = edition_de(self.campagne).grille.criteres
        return {
            "porteur": {"siret": SIRET, "adresse": "", "corrections": ""},
            "contacts": FICHE,
            "projet": {critere.cle: f"Réponse : {critere.cle}." for critere in criteres},
            **remplies(Examen(self.dossier, timezone.now())),
        }

    def section(self, cle: str) -> Section:
        """The section as the database has it, or an empty one."""
        return Section.objects.filter(dossier=self.dossier, cle=cle).first() or Section(cle=cle)

    def ecrire(self, cle: str, contenu: Mapping[str, Any]) -> Section:
        """Save a section over its recorded version, as the porteur."""
        return enregistrer_section(
            dossier=self.dossier,
            cle=cle,
            contenu=contenu,
            version=self.section(cle).version,
            par=self.porteur,
        )

    def completer(self) -> Dossier:
        """Everything the porteur must give before filing, certified unless a check still blocks it."""
        dossier = self.relire()
        # `entree` says that its organisms manage twenty ESSMS, whatever the register counts.
        dits = {og["finess_ej"]: "Organisme de vingt ESSMS." for og in dossier.grappe.organismes}
        justifier(grappe=dossier.grappe, justifications=dits, par=self.porteur)
        for cle, contenu in self.saisies().items():
            self.ecrire(cle, contenu)
        for etat in Examen(dossier, timezone.now()).etats_des_pieces:
            for exemplaire in range(etat.minimum if etat.demandee.obligatoire else 0):
                code = etat.demandee.piece.regle
                nom = f"{code}-{exemplaire}.pdf"
                joindre(dossier=dossier, code=code, nom=nom, fichier=io.BytesIO(pdf(nom)), par=self.porteur)
        if all(m.section == SECTION_DEPOT for m in Examen(self.relire(), timezone.now()).manques):
            self.certifier()
        return self.relire()

    def certifier(self) -> Certification:
        """The représentant légal, who is somebody else than the titulaire, vouches for what is typed."""
        return certifier(dossier=self.dossier, par=self.representant)

    def deposer(self) -> Dossier:
        """Complete, then file; the worker has told everybody."""
        self.completer()
        deposer(dossier=self.dossier, par=self.porteur)
        jouer("depots.annoncer")
        return self.relire()

    def juger_tout(self) -> Dossier:
        """Confirm every check that conforms, reverse every one that blocks, accept every piece."""
        contenu = self.dossier.depot.contenu
        donner_avis_controles(
            dossier=self.dossier,
            saisies=[
                SaisieControle(
                    c["regle"],
                    c["portee"],
                    c["verdict"],
                    bloque := c["verdict"] != "bloquant",
                    "" if bloque else "Levé par l’ARS.",
                )
                for c in controles_a_juger(contenu["resultat"]["controles"])
            ],
            par=self.instructeur,
        )
        donner_avis_pieces(
            dossier=self.dossier,
            saisies=[SaisiePiece(p["code"], True, "") for p in contenu["pieces_demandees"]],
            par=self.instructeur,
        )
        return self.relire()

    def noter_tout(self) -> Dossier:
        """The best score for each criterion of the grid, justified."""
        grille = edition_de(self.campagne).grille
        niveau = grille.appreciations[0].cle if grille.appreciations else ""
        saisies = [SaisieNote(c.cle, c.points, niveau, "Convaincant.", 0) for c in grille.criteres]
        noter(dossier=self.dossier, saisies=saisies, par=self.instructeur)
        return self.relire()

    def amener(self, etat: str) -> Dossier:
        """Bring the dossier to `etat`, from where it is on the way there."""
        etapes = chemin(self, etat)
        atteints = [atteint for atteint, _ in etapes]
        depart, arrivee = atteints.index(self.relire().etat), atteints.index(etat)
        for _, gestes in etapes[depart + 1 : arrivee + 1]:
            for geste in gestes:
                geste()
        return self.relire()

    def demander(self, *codes: str, jours: int = 15) -> Dossier:
        """Ask the porteur for these pieces of the catalogue (the first one of the edition by default)."""
        pieces = {p["code"]: p["libelle"] for p in self.dossier.depot.contenu["pieces_demandees"]}
        demander_complements(
            dossier=self.dossier,
            demandes=[
                Demande("piece", code, pieces[code], "Le document est illisible.")
                for code in codes or tuple(pieces)[:1]
            ],
            dernier_jour=self.jour() + timedelta(days=jours),
            message="",
            par=self.instructeur,
        )
        return self.relire()

    def demander_solde(self) -> Dossier:
        """Every target met by everybody, with a proof each, and the statement of expenses."""
        indicateurs = indicateurs_du_solde(self.relire().grappe.convention.plan.conditions["cibles"], ())
        demander_solde(
            dossier=self.dossier,
            mesuree_le=self.jour(),
            comptages={i.regle: Comptage(100, 100, 0) for i in indicateurs},
            preuves={
                i.regle: Fichier(f"preuve-{i.regle}.pdf", io.BytesIO(pdf(f"Preuve {i.regle}")))
                for i in indicateurs
            },
            recapitulatif=Fichier("depenses.pdf", io.BytesIO(pdf("Dépenses"))),
            par=self.porteur,
        )
        return self.relire()

    def jour(self) -> date:
        """Today at the legal time of the ARS."""
        return timezone.localdate(timezone=ZoneInfo(self.campagne.fuseau))


def dossier(etat: str = Etat.BROUILLON, **options: Any) -> Dossier:
    """A dossier in a state, when the people around it do not matter."""
    return Monde(**options).amener(etat)
