"""Pages on a full base: queries, rows, weight, processor, p95 to one client then to eight."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from esms.comptes.models import Utilisateur
from financement.actions.simulation import enregistrer
from instruction.etats import Etat
from instruction.models import Dossier
from script.mesures import cout, volume
from script.mesures.charge import CLIENTS, eprouver
from script.mesures.mesure import Mesure
from script.mesures.moteur import projets
from script.mesures.serveur import Serveur, client_de, cookie_de

LECTURES = 40
LECTURES_LOURDES = 8
SECTIONS = ("porteur", "contacts", "projet")


@dataclass(frozen=True, slots=True)
class Page:
    """A page and who reads it, with the aims that are its own: processor (ms), weight (ko)."""

    nom: str
    adresse: str
    lecteur: Utilisateur | None = None
    processeur: float | None = None
    html: float | None = None
    essms: int = 0
    lectures: int = field(default=LECTURES)


def pages() -> list[Page]:
    """Every page that is measured, on dossiers and simulations that stay the same."""
    return [Page("accueil", reverse("accueil")), *_de_l_agent(), *_du_porteur(), *_du_simulateur()]


def _de_l_agent() -> list[Page]:
    lecteur = volume.agent()
    liste = reverse("dossiers:liste")
    depose, examine = volume.plus_grand(Etat.DEPOSE), volume.plus_grand(Etat.EN_INSTRUCTION)
    return [
        Page("agent : liste de 50 dossiers", liste, lecteur, processeur=60, html=100),
        Page("agent : liste triée par porteur", f"{liste}?tri=porteur", lecteur, processeur=60, html=100),
        Page("agent : à moi", f"{liste}?attribution=moi", lecteur, processeur=60, html=100),
        Page("agent : fiche d’un dossier", _ecran("dossier", depose), lecteur, processeur=35),
        Page("agent : éligibilité", _ecran("eligibilite", depose), lecteur),
        Page("agent : recevabilité", _ecran("recevabilite", depose), lecteur),
        Page("agent : grille", _ecran("grille", examine), lecteur, processeur=30),
        Page("agent : liste des conventions", reverse("conventions:liste"), lecteur, processeur=60, html=100),
    ]


def _du_porteur() -> list[Page]:
    lecteur, brouillon = volume.porteur(), volume.plus_grand(Etat.BROUILLON)
    liste = reverse("dossiers:liste")
    return [
        Page(
            "porteur : liste de 50 dossiers", liste, volume.porteur_d_un_organisme(), processeur=60, html=100
        ),
        Page("porteur : liste de tâches", _ecran("dossier", brouillon), lecteur, processeur=35),
        *(
            Page(
                f"porteur : section {cle}",
                reverse("dossiers:section", args=[brouillon.pk, cle]),
                lecteur,
                processeur=35,
                essms=brouillon.nombre_essms,
            )
            for cle in SECTIONS
        ),
        Page("porteur : pièces", _ecran("pieces", brouillon), lecteur),
        Page("porteur : relecture", _ecran("relecture", brouillon), lecteur),
        Page("porteur : suivi", _ecran("dossier", volume.plus_grand(Etat.DEPOSE)), lecteur),
    ]


def _du_simulateur() -> list[Page]:
    cinquante = enregistrer(entree=projets(1)[0], par=None)
    cinq_mille = enregistrer(entree=projets(1, essms=5_000)[0], par=None)
    return [
        *(
            Page(f"simulateur, 50 ESSMS : {ecran}", reverse(f"simulation:{ecran}", args=[cinquante.cle]))
            for ecran in ("resultat", "essms", "ajouter", "et_si")
        ),
        Page(
            "simulateur, 5 000 ESSMS : resultat",
            cinq_mille.get_absolute_url(),
            essms=5_000,
            lectures=LECTURES_LOURDES,
        ),
    ]


def _ecran(nom: str, dossier: Dossier) -> str:
    return reverse(f"dossiers:{nom}", args=[dossier.pk])


def couter(page: Page) -> cout.Cout:
    """The cost of a page, once everything that a process reads only once has been read."""
    client = client_de(page.lecteur)
    client.get(page.adresse)
    return cout.couter(lambda: client.get(page.adresse))


def mesurer(serveur: Serveur, page: Page, lues_avant: int) -> Iterator[Mesure]:
    """Every figure of one page; `lues_avant`: rows that it read when the base was smaller."""
    yield from cout.imprimer(couter(page), lues_avant=lues_avant, essms=page.essms, html=page.html)
    cookie = cookie_de(client_de(page.lecteur))

    def lire(adresse: str) -> int:
        return serveur.lire(adresse, cookie)

    series = [[page.adresse] * fois for fois in (CLIENTS, page.lectures, page.lectures)]
    yield from eprouver(serveur, lire, series, cible_processeur=page.processeur)
