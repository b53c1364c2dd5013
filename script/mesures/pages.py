"""Pages on a full base: queries, rows, weight, processor, p95 to one client then to eight."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from esms.comptes.models import Role, Utilisateur
from financement.actions.simulation import enregistrer
from grappes.requetes_campagnes import edition_de
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.views.sections import sections_de
from script.mesures import cout, volume
from script.mesures.charge import CLIENTS, eprouver
from script.mesures.mesure import Mesure
from script.mesures.moteur import projets
from script.mesures.serveur import Serveur, client_de, cookie_de

LECTURES = 40
LECTURES_LOURDES = 8
ECRANS_DE_GRAPPE = (
    *("grappe", "grappe_essms", "grappe_ajouter", "grappe_organismes", "grappe_heures", "grappe_equipement"),
    *("grappe_amoa", "grappe_projet", "grappe_solution", "grappe_confirmations", "grappe_historique"),
)
AUTRES_LECTEURS = (Role.NATIONAL, Role.AUDITEUR, Role.GRADES, Role.JURY, Role.MEMBRE, Role.ADMINISTRATEUR)


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
    return [
        Page("accueil", reverse("accueil")),
        *_de_l_agent(),
        *_des_autres(),
        *_du_porteur(),
        *_de_la_grappe(),
        *_du_simulateur(),
    ]


def _de_l_agent() -> list[Page]:
    lecteur = volume.agent()
    liste = reverse("dossiers:liste")
    depose, examine = volume.plus_grand(Etat.DEPOSE), volume.plus_grand(Etat.EN_INSTRUCTION)
    return [
        Page("agent : liste de 50 dossiers", liste, lecteur, processeur=60, html=100),
        Page("agent : liste triée par porteur", f"{liste}?tri=porteur", lecteur, processeur=60, html=100),
        *(
            Page(f"agent : {nom}", f"{liste}?{filtre}", lecteur, processeur=60, html=100)
            for nom, filtre in (
                ("à moi", "attribution=moi"),
                ("en retard", "attribution=retard"),
                ("non attribués", "attribution=personne"),
                ("à l’état déposé", "etat=depose"),
                ("page 50", "page=50"),
            )
        ),
        Page("agent : messages d’un dossier", _ecran("messages", depose), lecteur),
        Page("agent : historique d’un dossier", _ecran("historique", depose), lecteur),
        *(
            Page(f"agent : {nom}", reverse(adresse), lecteur, processeur=60, html=100)
            for nom, adresse in (
                ("messages", "dossiers:fils"),
                ("notifications", "notifications:liste"),
                ("courriels", "courriels:liste"),
                ("campagnes", "campagnes:liste"),
                ("droits", "droits:mes_droits"),
            )
        ),
        Page("agent : fiche d’un dossier", _ecran("dossier", depose), lecteur, processeur=35),
        Page("agent : éligibilité", _ecran("eligibilite", depose), lecteur),
        Page("agent : recevabilité", _ecran("recevabilite", depose), lecteur),
        Page("agent : grille", _ecran("grille", examine), lecteur, processeur=30),
        Page("agent : liste des conventions", reverse("conventions:liste"), lecteur, processeur=60, html=100),
    ]


def _des_autres() -> list[Page]:
    """The same list, to each of the other roles; what only an administrateur reads."""
    liste = reverse("dossiers:liste")
    campagne = volume.plus_grand(Etat.DEPOSE).campagne
    lues = [(role, "liste des dossiers", liste) for role in AUTRES_LECTEURS] + [
        (Role.ADMINISTRATEUR, "campagne", reverse("campagnes:fiche", args=[campagne.pk])),
        (Role.ADMINISTRATEUR, "catalogue", reverse("catalogue:solutions")),
    ]
    return [
        Page(f"{role.label} : {nom}", adresse, volume.qui_tient(role), processeur=60, html=100)
        for role, nom, adresse in lues
    ]


def _de_la_grappe() -> list[Page]:
    """Each screen of the composition of the greatest draft."""
    lecteur, brouillon = volume.porteur(), volume.plus_grand(Etat.BROUILLON)
    return [
        Page(f"porteur : {ecran}", _ecran(ecran, brouillon), lecteur, 35, essms=brouillon.nombre_essms)
        for ecran in ECRANS_DE_GRAPPE
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
                f"porteur : section {decrite.cle}",
                decrite.url(brouillon),
                lecteur,
                processeur=35,
                essms=brouillon.nombre_essms,
            )
            for decrite in sections_de(edition_de(brouillon.campagne))
        ),
        Page("porteur : notifications", reverse("notifications:liste"), lecteur),
        Page("porteur : messages", _ecran("messages", brouillon), lecteur),
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
