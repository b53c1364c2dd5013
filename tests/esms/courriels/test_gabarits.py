"""Every template of an e-mail, filled: one line of subject, a text, French spacing, and nothing sensitive."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from esms.courriels.models import LONGUEUR_OBJET
from esms.courriels.redaction import LIGNES_MAX, Valeur, corps, rediger

DOSSIER = Path(settings.BASE_DIR) / "templates" / "courriels"
GABARITS = sorted(f.stem for f in DOSSIER.glob("*.txt") if not f.stem.startswith("_"))

FIN = "mercredi 30\u00a0septembre 2026 à 23\u00a0h\u00a059\u00a0min\u00a059\u00a0s (heure de la Guadeloupe)"

# What a gesture puts in each variable, as long as it may be.
EXEMPLES: dict[str, Valeur] = {
    "numero": "OCC-2025-0001",
    "dossier": "OCC-2025-0001",
    "organisme": "ASSOCIATION départementale des amis et parents de personnes handicapées",
    "porteur": "Association départementale des amis et parents de personnes handicapées",
    "lieu": "Association départementale des amis et parents de personnes handicapées",
    "campagne": "Appel à projets ESMS numérique 2025, ARS Occitanie",
    "appel": "Appel à projets ESMS numérique 2025, ARS Occitanie",
    "code": "P11",
    "par": "Marie-Françoise de La Rochefoucauld",
    "personne": "Marie-Françoise de La Rochefoucauld",
    "auteur": "Agence régionale de santé",
    "role": "Représentant légal",
    "jours": 7,
    "certifie": 1,
    "nombre": 12,
    "manques": ["Contacts\u00a0: 3\u00a0points", "Pièce P1 – Lettre d’engagement"],
    "delai": "30\u00a0jours",
    "fin": FIN,
    "limite": FIN,
    "effacement": "1er\u00a0octobre 2027",
    "fermeture": FIN,
    "fermeture_multiregionale": FIN,
}
FAUTES = {
    "espace ordinaire avant une ponctuation double": re.compile(r" [:;!?»](?=\s|$)", re.MULTILINE),
    "espace ordinaire après «": re.compile("« "),
    "apostrophe droite": re.compile(r"\w'\w"),
    "trois points": re.compile(r"\.\.\."),
    "montant": re.compile(r"€|\beuros?\b"),
    "élision manquante": re.compile(r"\bde [AEIOUÉ]"),  # « de ASSOCIATION »: names stand alone
    "appel à projets doublé": re.compile(r"appel à projets «\u00a0Appel à projets", re.IGNORECASE),
    "clôture sans son instant": re.compile(r"minuit|jusqu’au \d|avant le \d"),
    "espace ordinaire entre le nombre et son mot": re.compile(r"\d (jours?|points?|h|min|s)\b"),
    "lien": re.compile(r"https?://"),  # it is added around the text, from the setting
    "motif ou note": re.compile(r"\bpoints? sur\b|\bnote\b", re.IGNORECASE),
}


def contexte_de(gabarit: str) -> dict[str, Valeur]:
    lu = (DOSSIER / f"{gabarit}.txt").read_text(encoding="utf8")
    variables = set(re.findall(r"\{\{\s*(\w+)", lu)) | set(re.findall(r"\{% (?:el)?if (\w+)", lu))
    return {nom: EXEMPLES[nom] for nom in variables - set(re.findall(r"\{% for (\w+) in", lu))}


@pytest.mark.parametrize("gabarit", GABARITS)
def test_gabarit_donne_un_objet_court_et_un_texte_sans_rien_de_sensible(gabarit: str) -> None:
    redige = rediger(gabarit, contexte_de(gabarit))
    assert 10 < len(redige.objet) <= LONGUEUR_OBJET
    assert len(redige.texte) > 40
    assert [f for f, motif in FAUTES.items() if motif.search(f"{redige.objet}\n{redige.texte}")] == []


@pytest.mark.parametrize("gabarit", GABARITS)
def test_gabarit_refuse_un_contexte_incomplet(gabarit: str) -> None:
    contexte = contexte_de(gabarit)
    if contexte:
        contexte.pop(sorted(contexte)[0])
        with pytest.raises(ValueError, match="il manque"):
            rediger(gabarit, contexte)


@pytest.mark.parametrize("notifie", [True, False])
def test_courriel_entier_porte_le_lien_du_reglage(settings: Any, notifie: bool) -> None:
    settings.ESMS_ADRESSE = "https://portail.example"
    entier = corps("Texte.", "/dossiers/1/", notifie=notifie)
    assert entier.startswith("Bonjour,\n\nTexte.\n\n")
    assert "\nhttps://portail.example/dossiers/1/\n" in entier
    assert ("c’est cette copie qui fait foi" in entier) is notifie
    assert [f for f in ("montant",) if FAUTES[f].search(entier)] == []


def test_texte_d_une_personne_n_est_pas_un_gabarit() -> None:
    redige = rediger("message_recu", {**contexte_de("message_recu"), "organisme": "{{ numero }} <b>&</b>"})
    assert "{{ numero }} <b>&</b> – dossier OCC-2025-0001\n" in redige.texte


@pytest.mark.parametrize("liste", [["a\nb"], ["x"] * (LIGNES_MAX + 1), ["x" * 251], [["x"]]])
def test_liste_qui_n_est_pas_de_lignes_courtes_est_refusee(liste: Any) -> None:
    with pytest.raises(ValueError, match="manques"):
        rediger("rappel_de_depot", {**contexte_de("rappel_de_depot"), "manques": liste})
