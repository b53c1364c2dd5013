"""The least that each structured section must say before filing, for the project at hand."""

from typing import Any

from instruction.regles.candidature.engagements import demandes
from instruction.regles.candidature.equipement import COMPTES, demandeurs
from instruction.regles.candidature.planning import jalons
from instruction.regles.candidature.usages import comptes
from instruction.requetes import Examen

JOURS = ("2026-01-05", "2026-06-01", "2026-09-01", "2027-01-31")
LOIN = "2099-12-31"


def remplies(examen: Examen) -> dict[str, dict[str, Any]]:
    """Section → content, for those that the edition asks for."""
    edition, projet = examen.edition, examen.contexte.projet
    indicateurs = edition.cibles.indicateurs
    contenus: dict[str, dict[str, Any]] = {
        "usages": {
            "comptes": {compte.cle: 10 for compte in comptes(indicateurs)},
            "cibles": {i.regle: {"le": LOIN, "comment": "Référents."} for i in indicateurs if i.cible},
            "cas_d_usage": [{"titre": "Retour", "documents": "Synthèse", "mise_en_oeuvre": "Dépôt au DMP."}],
        },
        "risques": {
            "risques": [
                {
                    "risque": "Départ du chef de projet",
                    "famille": "ressources",
                    "gravite": 3,
                    "vraisemblance": 2,
                    "mesure": "Binôme",
                    "responsable": "Direction",
                }
            ]
        },
        "planning": {
            "jalons": {jalon.cle: jour for jalon, jour in zip(jalons(edition), JOURS, strict=True)},
            "etapes": [],
        },
        "budget": {
            "ressources": {"subvention": "100.00", "autofinancement": "20.00"},
            "depenses": [{"nature": "rh", "libelle": "", "ht": "120.00", "ttc": "120.00"}],
            "aides": [],
            "recurrents": [],
        },
        "equipement": {
            "parcs": {
                e.finess_et: {"nom": e.nom, **dict.fromkeys(COMPTES, 0), "wifi": "non"}
                for e in demandeurs(examen.contexte)
            },
            "besoins": [
                {
                    "essms": "tous",
                    "nature": "tablette",
                    "quantite": 1,
                    "ht": "10.00",
                    "ttc": "12.00",
                    "motif": "Soins",
                }
            ],
        },
        "si": {
            "organismes": {
                og.finess_ej: {"nom": "Association", "etat": "fait", "outil": "Autre outil", "le": JOURS[0]}
                for og in projet.gestionnaires
            },
            "mesures": {},
        },
        "engagements": {"declares": {demande.cle: True for demande in demandes(edition, projet)}},
    }
    return {cle: contenu for cle, contenu in contenus.items() if edition.candidature.section(cle)}
