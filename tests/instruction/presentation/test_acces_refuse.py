"""403: each refusal says which right is missing and who gives it."""

import ast
from pathlib import Path

import pytest
from django.test import Client

from instruction.presentation.acces_refuse import GENERALE, RAISONS
from tests.fabriques import Monde

RACINE = Path(__file__).parents[3]
APPLICATIONS = ("esms", "grappes", "financement", "instruction")


def _mots() -> set[str]:
    """The words that the code gives PermissionDenied, where they are written out."""
    fichiers = [
        f for app in ("esms", "grappes", "financement", "instruction") for f in (RACINE / app).rglob("*.py")
    ]
    appels = [
        noeud
        for fichier in fichiers
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf8")))
        if isinstance(noeud, ast.Call) and getattr(noeud.func, "id", "") == "PermissionDenied" and noeud.args
    ]
    return {a.args[0].value for a in appels if isinstance(a.args[0], ast.Constant)}


def test_chaque_refus_du_code_a_sa_phrase() -> None:
    assert _mots() - RAISONS.keys() == set()


@pytest.mark.parametrize(
    ("mot", "manque", "donne_par"),
    [
        (
            "recevoir",
            (
                "«\u00a0Prononcer recevable\u00a0» demande ce rôle, que vous n’avez pas ici\u00a0: "
                "«\u00a0Instructeur ARS\u00a0»."
            ),
            "Un rôle de l’ARS est donné par son administrateur, dans «\u00a0Rôles et accès\u00a0».",
        ),
        (
            "deposer",
            (
                "«\u00a0Déposer le dossier\u00a0» demande l’un de ces rôles, que vous n’avez pas ici\u00a0: "
                "«\u00a0Porteur titulaire\u00a0», «\u00a0Représentant légal\u00a0»."
            ),
            "Ce rôle est donné par le porteur titulaire de l’organisme, dans «\u00a0Gérer l’équipe\u00a0».",
        ),
        (
            "essms",
            "Vous ne répondez que pour les ESSMS de votre organisme\u00a0: ceux-ci n’en sont pas.",
            "",
        ),
    ],
)
def test_refus_dit_le_role_et_qui_le_donne(mot: str, manque: str, donne_par: str) -> None:
    assert (RAISONS[mot].manque, RAISONS[mot].donne_par) == (manque, donne_par)


@pytest.mark.django_db
def test_page_de_refus_montre_la_raison_et_ce_qui_etait_saisi() -> None:
    monde, client = Monde(), Client()
    monde.deposer()
    client.force_login(monde.porteur)
    adresse = f"/dossiers/{monde.dossier.pk}/recevoir/"
    reponse = client.post(adresse, {"motif": "Un motif qui a pris une heure."})
    assert (reponse.status_code, reponse.context["raison"]) == (403, RAISONS["recevoir"])
    page = reponse.content.decode()
    assert "Un motif qui a pris une heure." in page
    assert 'href="/droits/"' in page
    assert GENERALE.manque not in page
