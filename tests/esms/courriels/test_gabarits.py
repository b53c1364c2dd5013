"""Every template of an e-mail, filled: one line of subject, a text, French spacing, and nothing sensitive."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from esms.courriels.models import LONGUEUR_OBJET
from esms.courriels.redaction import corps, rediger

DOSSIER = Path(settings.BASE_DIR) / "templates" / "courriels"
GABARITS = sorted(f.stem for f in DOSSIER.glob("*.txt") if not f.stem.startswith("_"))

# What a gesture puts in each variable, as long as it may be.
EXEMPLES: dict[str, str | int] = {
    "numero": "OCC-2025-0001",
    "dossier": "OCC-2025-0001",
    "organisme": "Association départementale des amis et parents de personnes handicapées",
    "porteur": "Association départementale des amis et parents de personnes handicapées",
    "lieu": "Association départementale des amis et parents de personnes handicapées",
    "campagne": "Programme ESMS numérique – Occitanie 2025",
    "code": "P11",
    "par": "Marie-Françoise de La Rochefoucauld",
    "personne": "Marie-Françoise de La Rochefoucauld",
    "auteur": "Agence régionale de santé",
    "role": "Représentant légal",
    "jours": 7,
    "nombre": 12,
    "manques": 12,
    "delai": "30 jours",
    "fin": "30 septembre 2026",
    "fuseau": "heure de Pointe-à-Pitre",
    "echeance": "30 septembre 2026",
}
FAUTES = {
    "espace ordinaire avant une ponctuation double": re.compile(r" [:;!?»](?=\s|$)", re.MULTILINE),
    "espace ordinaire après «": re.compile("« "),
    "apostrophe droite": re.compile(r"\w'\w"),
    "trois points": re.compile(r"\.\.\."),
    "montant": re.compile(r"€|\beuros?\b"),
    "lien": re.compile(r"https?://"),  # it is added around the text, from the setting
    "motif ou note": re.compile(r"\bpoints? sur\b|\bnote\b", re.IGNORECASE),
}


def contexte_de(gabarit: str) -> dict[str, str | int]:
    lu = (DOSSIER / f"{gabarit}.txt").read_text(encoding="utf8")
    variables = set(re.findall(r"\{\{\s*(\w+)", lu)) | set(re.findall(r"\{% (?:el)?if (\w+)", lu))
    return {nom: EXEMPLES.get(nom, "Un mot") for nom in variables}


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
    assert "dossier OCC-2025-0001 de {{ numero }} <b>&</b>, pour" in redige.texte
