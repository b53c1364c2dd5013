"""Rules about files that no linter knows: their length, what they must not say, where amounts live."""

import re

import pytest

from tests.architecture.arbre import fichiers, lire, nom

LIGNES_MAXIMUM = 350
SANS_LIMITE = re.compile(
    r"^(requirements.*\.txt|LICENSE|fixtures/.*|tests/aap/.*|docs/tracabilite\.md|.*/migrations/.*|static/.*)$"
)

# Written in two parts, so that this very file does not contain what it looks for.
INTERDITS = {
    "hôte d'un registre de paquets": re.compile(
        "|".join(
            [
                "pypi" + r"\.org",
                "python" + r"hosted\.org",
                "npmjs" + r"\.(org|com)",
                "deb\\." + r"debian\.org",
            ]
        )
    ),
    "chemin d'une machine": re.compile(
        r"(?<![\w.])/(?:" + "|".join(["ho" + "me", "ro" + "ot", "wo" + "rk", "Us" + "ers"]) + r")/\w"
    ),
    "dossier de session": re.compile(r"/tmp" + r"/w\b"),
    "clé privée": re.compile("BEGIN [A-Z ]*PRIVATE " + "KEY"),
    "jeton": re.compile(
        r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}|glpat-[\w-]{20,}|xox[bp]-[\w-]{10,})"
    ),
    "mot de passe dans une URL": re.compile(r"\b[a-z][a-z+]*://[^\s/:@\"'<>{}]+:[^\s/@\"'<>{}…]+@"),
}


@pytest.mark.parametrize("cause", INTERDITS)
def test_fichier_ne_dit_rien_de_la_machine(cause: str) -> None:
    trouves = [
        f"{nom(fichier)}:{rang}: {ligne.strip()[:100]}"
        for fichier in fichiers()
        for rang, ligne in enumerate(lire(fichier).splitlines(), start=1)
        if INTERDITS[cause].search(ligne)
    ]
    assert trouves == []


def test_fichier_reste_court() -> None:
    longs = [
        f"{nom(fichier)} : {longueur} lignes"
        for fichier in fichiers()
        if not SANS_LIMITE.match(nom(fichier))
        and (longueur := len(lire(fichier).splitlines())) > LIGNES_MAXIMUM
    ]
    assert longs == []


def test_transition_nomme_ses_etats_de_depart() -> None:
    etoile = re.compile(r"""\bsource\s*=\s*\[?\s*["'][*+]["']""")
    assert [nom(fichier) for fichier in fichiers("*.py") if etoile.search(lire(fichier))] == []


@pytest.mark.parametrize(
    "motif",
    [
        r"<style\b",
        r"\sstyle\s*=\s*[\"']",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"<script(?![^>]*\bsrc=)(?![^>]*json)",
    ],
)
def test_gabarit_sans_style_ni_script_en_ligne(motif: str) -> None:
    cherche = re.compile(motif, re.IGNORECASE)
    pages = [
        fichier for fichier in fichiers("templates/*.html") if not nom(fichier).startswith("templates/pdf/")
    ]
    assert pages != []
    assert [nom(page) for page in pages if cherche.search(lire(page))] == []


def test_chaque_envoi_de_fichier_dit_qu_aucune_donnee_d_usager_n_entre() -> None:
    """Right above the field, in every form that takes a file but the catalogue of software, an agent's."""
    envoi = re.compile(r'<input\b[^>]*\btype="file"')
    dit = re.compile(r'{% include "composants/sans_usager\.html" %}\s*<div class="fr-upload-group')
    pages = {nom(page): lire(page) for page in fichiers("templates/*.html")}
    muettes = [page for page, texte in pages.items() if len(envoi.findall(texte)) != len(dit.findall(texte))]
    assert muettes == ["templates/grappes/solutions_import.html"]
