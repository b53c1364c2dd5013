"""Who gets what at every address of the portal: a table that a person has reviewed, tested whole.

An address absent from the table fails. Each cell is played and undone. `→` means « sign in first » (302 to
the form, 401 when something was typed). Columns: nobody · porteur of the dossier · porteur of another
organism · instructeur, valideur and administrateur of the ARS · instructeur of another ARS · instructeur of
an ARS that one ESSMS of the grappe concerns (reads, G3).
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from esms.comptes.models import Role
from instruction.etats import Etat
from tests.fabriques import Monde, agent, entree, organisme, pdf, porteur

COLONNES = (
    "anonyme",
    "porteur",
    "autre_og",
    "instructeur",
    "valideur",
    "administrateur",
    "autre_ars",
    "concernee",
)

# address | method | state of the dossier | what each column gets
TABLE = """
accueil                        GET  brouillon            200 200 200 200 200 200 200 200
accessibilite                  GET  brouillon            200 200 200 200 200 200 200 200
mentions                       GET  brouillon            200 200 200 200 200 200 200 200
verifier                       GET  brouillon            200 200 200 200 200 200 200 200
comptes:connexion              GET  brouillon            200 302 302 302 302 302 302 302
comptes:deconnexion            POST brouillon            →   302 302 302 302 302 302 302
simulation:nouvelle            GET  brouillon            200 200 200 200 200 200 200 200
simulation:resultat            GET  brouillon            200 200 200 200 200 200 200 200
simulation:essms               GET  brouillon            200 200 200 200 200 200 200 200
simulation:projet              GET  brouillon            200 200 200 200 200 200 200 200
simulation:organismes          GET  brouillon            200 200 200 200 200 200 200 200
simulation:xlsx                GET  brouillon            200 200 200 200 200 200 200 200
simulation:pdf                 GET  brouillon            200 200 200 200 200 200 200 200
api:simulations                POST brouillon            415 415 415 415 415 415 415 415
api:aap                        GET  brouillon            200 200 200 200 200 200 200 200
api:etablissements             GET  brouillon            200 200 200 200 200 200 200 200
api:schema                     GET  brouillon            200 200 200 200 200 200 200 200
api:documentation              GET  brouillon            200 200 200 200 200 200 200 200
dossiers:liste                 GET  brouillon            →   200 200 200 200 200 200 200
dossiers:creer                 GET  brouillon            →   200 200 200 200 200 200 200
dossiers:creer                 POST brouillon            →   302 302 302 302 302 302 302
dossiers:dossier               GET  brouillon            →   200 404 404 404 404 404 404
dossiers:synthese              GET  brouillon            →   200 404 404 404 404 404 404
dossiers:synthese              POST brouillon            →   400 404 404 404 404 404 404
dossiers:grappe                GET  brouillon            →   200 404 404 404 404 404 404
dossiers:projet                GET  brouillon            →   200 404 404 404 404 404 404
dossiers:pieces                GET  brouillon            →   200 404 404 404 404 404 404
dossiers:joindre               POST brouillon            →   302 404 404 404 404 404 404
dossiers:telecharger           GET  brouillon            →   200 404 404 404 404 404 404
dossiers:retirer               POST brouillon            →   302 404 404 404 404 404 404
dossiers:relecture             GET  brouillon            →   200 404 404 404 404 404 404
dossiers:deposer               POST brouillon            →   302 404 404 404 404 404 404
dossiers:accuse                GET  brouillon            →   404 404 404 404 404 404 404
dossiers:depose                GET  brouillon            →   404 404 404 404 404 404 404
dossiers:historique            GET  brouillon            →   403 404 404 404 404 404 404
dossiers:depose                GET  depose               →   200 404 200 200 200 404 200
dossiers:historique            GET  depose               →   403 404 200 200 200 404 200
dossiers:eligibilite           GET  conventionne         →   403 404 200 200 200 404 403
dossiers:recevabilite          GET  conventionne         →   403 404 200 200 200 404 403
dossiers:grille                GET  conventionne         →   403 404 200 200 200 404 403
dossiers:selection             GET  conventionne         →   403 404 200 200 200 404 403
dossiers:dossier               GET  depose               →   200 404 200 200 200 404 200
dossiers:synthese              GET  depose               →   409 404 403 403 403 404 403
dossiers:synthese              POST depose               →   409 404 403 403 403 404 403
dossiers:grappe                GET  depose               →   409 404 403 403 403 404 403
dossiers:projet                GET  depose               →   409 404 403 403 403 404 403
dossiers:pieces                GET  depose               →   409 404 403 403 403 404 403
dossiers:joindre               POST depose               →   409 404 403 403 403 404 403
dossiers:telecharger           GET  depose               →   200 404 200 200 200 404 200
dossiers:retirer               POST depose               →   409 404 403 403 403 404 403
dossiers:relecture             GET  depose               →   409 404 403 403 403 404 403
dossiers:deposer               POST depose               →   302 404 403 403 403 404 403
dossiers:accuse                GET  depose               →   200 404 200 200 200 404 200
dossiers:attribuer             POST depose               →   403 404 302 403 403 404 403
dossiers:eligibilite           GET  depose               →   403 404 200 200 200 404 403
dossiers:eligibilite           POST depose               →   403 404 302 403 403 404 403
dossiers:recevabilite          GET  depose               →   403 404 200 200 200 404 403
dossiers:recevabilite          POST depose               →   403 404 302 403 403 404 403
dossiers:recevoir              POST depose               →   403 404 302 403 403 404 403
dossiers:ecarter_irrecevable   POST depose               →   403 404 302 403 403 404 403
dossiers:ecarter_ineligible    POST depose               →   403 404 302 403 403 404 403
dossiers:ouvrir_instruction    POST depose               →   403 404 409 403 403 404 403
dossiers:ouvrir_instruction    POST recevable            →   403 404 302 403 403 404 403
dossiers:recevoir              POST recevable            →   403 404 302 403 403 404 403
dossiers:ecarter_irrecevable   POST recevable            →   403 404 409 403 403 404 403
dossiers:grille                GET  en_instruction       →   403 404 200 200 200 404 403
dossiers:grille                POST en_instruction       →   403 404 400 400 403 404 403
dossiers:clore_instruction     POST en_instruction       →   403 404 302 403 403 404 403
dossiers:clore_instruction     POST depose               →   403 404 409 403 403 404 403
dossiers:selection             GET  instruit             →   403 404 200 200 200 404 403
dossiers:retenir               POST instruit             →   403 404 403 302 403 404 403
dossiers:refuser               POST instruit             →   403 404 403 400 403 404 403
dossiers:retenir               POST en_instruction       →   403 404 403 409 403 404 403
dossiers:preparer_convention   POST retenu               →   403 404 403 302 403 404 403
dossiers:preparer_convention   POST instruit             →   403 404 403 409 403 404 403
conventions:liste              GET  convention_a_signer  →   200 200 200 200 200 200 200
conventions:convention         GET  convention_a_signer  →   404 404 200 200 200 404 404
conventions:emettre            POST convention_a_signer  →   404 404 403 403 302 404 404
conventions:document           GET  convention_a_signer  →   404 404 404 404 404 404 404
conventions:convention         GET  conventionne         →   200 404 200 200 200 404 404
conventions:document           GET  conventionne         →   200 404 200 200 200 404 404
conventions:signer             POST conventionne         →   403 404 403 403 422 404 404
conventions:verser             POST conventionne         →   403 404 403 403 422 404 404
dossiers:dossier               GET  conventionne         →   200 404 200 200 200 404 200
"""
LIGNES = [
    (nom, methode, etat, dict(zip(COLONNES, statuts, strict=True)))
    for nom, methode, etat, *statuts in (ligne.split() for ligne in TABLE.strip().splitlines())
]
# Addresses of the public simulator that need a gesture of their own: its room tests them, all are public.
PUBLIQUES_AILLEURS = {
    "simulation:modele",
    "simulation:controles",
    "simulation:et_si",
    "simulation:ajouter",
    "simulation:equipement",
    "simulation:fiche",
    "simulation:garder",
    "simulation:heures",
}


def _noms(resolveur: Any, espace: str = "") -> Iterator[str]:
    for motif in resolveur.url_patterns:
        if isinstance(motif, URLResolver):
            yield from _noms(motif, espace + (f"{motif.namespace}:" if motif.namespace else ""))
        else:
            yield f"{espace}{motif.name}"


def test_chaque_adresse_du_portail_est_dans_la_matrice() -> None:
    assert set(_noms(get_resolver())) == {nom for nom, *_ in LIGNES} | PUBLIQUES_AILLEURS


@pytest.fixture
def monde() -> Monde:
    contenu = entree(organisme(), 15)
    contenu["essms"][0]["region"] = "75"
    return Monde(contenu=contenu)


@pytest.fixture
def clients(monde: Monde) -> dict[str, Client]:
    personnes = {
        "porteur": monde.porteur,
        "autre_og": porteur(organisme(2).finess_ej),
        "instructeur": monde.instructeur,
        "valideur": monde.valideur,
        "administrateur": monde.administrateur,
        "autre_ars": agent(Role.INSTRUCTEUR, "01"),
        "concernee": agent(Role.INSTRUCTEUR, "75"),
    }
    clients = {"anonyme": Client(), **{colonne: Client() for colonne in personnes}}
    for colonne, personne in personnes.items():
        clients[colonne].force_login(personne)
    return clients


def _adresse(nom: str, monde: Monde) -> str:
    dossier, piece = monde.dossier, monde.dossier.pieces.first()
    arguments: dict[str, Callable[[], list[Any]]] = {
        "dossiers:liste": list,
        "dossiers:creer": list,
        "dossiers:joindre": lambda: [dossier.pk, "P1"],
        "dossiers:telecharger": lambda: [dossier.pk, piece.pk if piece else uuid4()],
        "dossiers:retirer": lambda: [dossier.pk, piece.pk if piece else uuid4()],
        "conventions:liste": list,
        "simulation:nouvelle": list,
    }
    par_espace: dict[str, Callable[[], list[Any]]] = {
        "dossiers": lambda: [dossier.pk],
        "conventions": lambda: [dossier.grappe.convention.numero],
        "simulation": lambda: [monde.simulation.cle],
    }
    suite = f"?simulation={monde.simulation.cle}" if nom == "dossiers:creer" else ""
    return reverse(nom, args=arguments.get(nom, par_espace.get(nom.partition(":")[0], list))()) + suite


def _corps(nom: str, monde: Monde) -> dict[str, Any]:
    """What the form of that address sends; nothing when an empty form tells enough."""
    corps: dict[str, Callable[[], dict[str, Any]]] = {
        "dossiers:creer": lambda: {"simulation": monde.simulation.cle},
        "dossiers:joindre": lambda: {"fichier": _fichier()},
        "dossiers:ecarter_irrecevable": lambda: {"motif": "Pièces illisibles."},
        "dossiers:ecarter_ineligible": lambda: {"motif": "Hors champ."},
    }
    return corps.get(nom, dict)()


def _fichier() -> Any:
    return SimpleUploadedFile("autre.pdf", pdf(str(uuid4())))


def _jouer(client: Client, methode: str, adresse: str, corps: dict[str, Any]) -> HttpResponse:
    """Play the request, then undo what it wrote."""
    with transaction.atomic():
        reponse = client.get(adresse) if methode == "GET" else client.post(adresse, corps)
        for fermer in reponse._resource_closers:  # close() would also close the connection of the test
            fermer()
        transaction.set_rollback(True)
    return reponse


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nom", "methode", "etat", "attendus"), LIGNES, ids=[f"{n}-{m}-{e}" for n, m, e, _ in LIGNES]
)
def test_matrice(
    nom: str, methode: str, etat: str, attendus: dict[str, str], monde: Monde, clients: dict[str, Client]
) -> None:
    if nom.startswith("dossiers:") and etat == Etat.BROUILLON:
        monde.completer()
    monde.amener(etat)
    obtenus = {}
    for colonne, client in clients.items():
        reponse = _jouer(client, methode, _adresse(nom, monde), _corps(nom, monde))
        redirige = reponse.status_code == 302 and reponse["Location"].startswith("/compte/connexion/")
        vers_connexion = redirige or reponse.status_code == 401  # signs in with what was typed
        obtenus[colonne] = "→" if vers_connexion else str(reponse.status_code)
    assert obtenus == attendus
