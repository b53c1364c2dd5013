"""What a save costs: each POST changes a dossier of its own, through the server."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from esms.comptes.models import Utilisateur
from grappes.requetes_campagnes import edition_de
from instruction.etats import Etat
from instruction.models import Dossier
from script.mesures import cout, volume
from script.mesures.charge import CIBLES_P95, eprouver
from script.mesures.mesure import Mesure
from script.mesures.serveur import Serveur, client_de, cookie_de

SERIE = 40  # saves to warm, then per number of clients; a dossier serves once
CIBLE_PROCESSEUR = 25

AUTOMATIQUE = {"X-Enregistrement-Automatique": "1"}

Formulaire = Callable[[Dossier], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Geste:
    """What is saved, by whom, on dossiers of which state; `entetes`: what the script adds to its requests."""

    nom: str
    ecran: str
    etat: Etat
    par: Utilisateur
    formulaire: Formulaire
    entetes: Mapping[str, str] = field(default_factory=dict)


def enregistrer(serveur: Serveur) -> Iterator[Mesure]:
    """The instructor's scores, then the porteur's texts, by the button and by the script."""
    agent, porteur = volume.agent(), volume.porteur()
    gestes = [
        Geste("notes de la grille", "dossiers:grille", Etat.EN_INSTRUCTION, agent, _notes),
        Geste("textes du projet", "dossiers:section", Etat.BROUILLON, porteur, _textes),
        Geste("textes, par le script", "dossiers:section", Etat.BROUILLON, porteur, _textes, AUTOMATIQUE),
    ]
    serie = 1 + SERIE * (1 + len(CIBLES_P95))
    for rang, geste in enumerate(gestes):
        dossiers = list(Dossier.objects.filter(etat=geste.etat).order_by("pk")[rang * serie :][:serie])
        yield from _serie(serveur, geste, [(d, geste.formulaire(d)) for d in dossiers])


def _serie(
    serveur: Serveur, geste: Geste, saisies: list[tuple[Dossier, Mapping[str, Any]]]
) -> Iterator[Mesure]:
    client = client_de(geste.par)
    cookie, ecran, attendu = cookie_de(client), geste.ecran, 200 if geste.entetes else 302

    def poster(saisie: tuple[Dossier, Mapping[str, Any]]) -> None:
        statut, _ = serveur.poster(_adresse(ecran, saisie[0]), saisie[1], cookie, geste.entetes)
        if statut != attendu:
            raise RuntimeError(f"{ecran} : réponse {statut}")

    (dossier, champs), *reste = saisies
    fait = cout.couter(lambda: client.post(_adresse(ecran, dossier), champs, headers=geste.entetes), attendu)
    yield Mesure(f"enregistrer, {geste.nom} : requêtes SQL", fait.requetes, "", None, f"{len(champs)} champs")
    yield Mesure("  lignes lues par la base", fait.lues, "", cout.RECUES_MAXIMUM)
    series = [reste[debut : debut + SERIE] for debut in range(0, len(reste), SERIE)]
    yield from eprouver(serveur, poster, series, cible_processeur=CIBLE_PROCESSEUR)


def _adresse(ecran: str, dossier: Dossier) -> str:
    cle = ["projet"] if ecran == "dossiers:section" else []
    return reverse(ecran, args=[dossier.pk, *cle])


def _notes(dossier: Dossier) -> dict[str, Any]:
    """One justification changed, the rest sent again as the page does."""
    notes = {note.critere: note for note in dossier.notes.all()}
    champs: dict[str, Any] = {}
    for critere in edition_de(dossier.campagne).grille.criteres:
        note = notes[critere.cle]
        points = "" if note.points is None else f"{note.points:f}".replace(".", ",")
        champs |= {
            f"{critere.cle}-points": points,
            f"{critere.cle}-justification": note.justification,
            f"{critere.cle}-version": note.version,
        }
    premiere = next(iter(notes))
    return {**champs, f"{premiere}-justification": "Reprise pendant les mesures."}


def _textes(dossier: Dossier) -> dict[str, Any]:
    """One text changed, the rest sent again."""
    section = dossier.sections.get(cle="projet")
    premier = next(iter(section.contenu))
    return {
        **section.contenu,
        "version": section.version,
        premier: f"{section.contenu[premier]} Repris pendant les mesures.",
    }
