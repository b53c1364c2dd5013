"""What the porteurs of the demonstration answer in the structured sections: fictional, dated from today."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from esms.socle.montants import arrondi
from instruction.regles.candidature import engagements, equipement, planning, si, usages
from instruction.requetes import Examen

EFFECTIFS = {"U1": 130, "U2": 210, "U3": 640, "U4": 410, "U5": 355, "U6": 0, "U7": 12}
PERSONNES = {"U1": 820, "U3": 910}
MOYENS = (
    "Comptes ouverts pour chaque unité, formation d’une demi-journée, relance mensuelle par le référent.",
    "Dépôt automatique de la synthèse annuelle et de la lettre de liaison depuis le dossier informatisé.",
    "Reprise des dossiers papier par vagues, un établissement par mois.",
    "Modèle commun de projet personnalisé, revu avec les familles.",
    "Agenda partagé obligatoire dès la mise en service.",
)
RISQUES = (
    (
        "Départ du chef de projet",
        "ressources",
        4,
        2,
        "Binôme formé et documentation partagée",
        "Directrice de projet",
    ),
    (
        "Reprise de données incomplète",
        "editeur",
        3,
        3,
        "Reprise à blanc sur un site pilote",
        "Responsable SI",
    ),
    ("Retard de livraison de l’éditeur", "editeur", 3, 2, "Pénalités au marché, jalons suivis", "Acheteuse"),
    (
        "Adhésion inégale des équipes",
        "gouvernance",
        2,
        3,
        "Référents par site, comité mensuel",
        "Directions de site",
    ),
    ("Dépassement du budget de formation", "financement", 2, 2, "Formateurs internes", "Directeur financier"),
)
ETAPES = (
    ("Paramétrage et site pilote", 30, 150),
    ("Formation des référents", 120, 210),
    ("Déploiement", 180, 400),
)
JALONS = (30, 180, 270, 480)  # days from today
PARTS = (
    ("licences", "Abonnement au dossier informatisé, deux ans", 34),
    ("editeur", "Paramétrage et mise en service", 20),
    ("integration", "Reprise des dossiers existants", 10),
    ("formation", "Formation des équipes et des référents", 12),
    ("materiel", "Postes et tablettes", 9),
    ("rh", "Direction de projet et temps des référents", 15),
)
"""Nature, label, share in percent of a plan that the porteur completes by a tenth."""

PARC = (24, 6, 4, 3, 1, 0, 5, 20)
CLES_DE_BESOIN = ("essms", "nature", "quantite", "ht", "ttc", "motif")
BESOINS = (
    ("tablette", 4, "380.00", "456.00", "Saisie du dossier au plus près de la personne"),
    ("wifi", 2, "250.00", "300.00", "Couvrir les étages d’hébergement"),
)


def contenus(examen: Examen) -> dict[str, dict[str, Any]]:
    """Section → content, for those that the edition asks for."""
    faits = {
        "usages": _usages(examen),
        "risques": {"risques": [_risque(ligne) for ligne in RISQUES]},
        "planning": _planning(examen),
        "budget": _budget(examen),
        "equipement": _equipement(examen),
        "si": _si(examen),
        "engagements": {
            "declares": {e.cle: True for e in engagements.demandes(examen.edition, examen.contexte.projet)}
        },
    }
    return {cle: contenu for cle, contenu in faits.items() if examen.edition.candidature.section(cle)}


def _dans(jours: int) -> str:
    return _jour(timezone.localdate(), jours).isoformat()


def _jour(depart: date, jours: int) -> date:
    return depart + timedelta(days=jours)


def _usages(examen: Examen) -> dict[str, Any]:
    indicateurs = examen.edition.cibles.indicateurs
    nombres = {compte.cle: _nombre(compte) for compte in usages.comptes(indicateurs)}
    cibles = [i.regle for i in indicateurs if i.cible is not None]
    moyens = zip(cibles, MOYENS, strict=False)
    cas = {
        "titre": "Retour d’hospitalisation",
        "documents": "Lettre de liaison, traitement en cours",
        "mise_en_oeuvre": "La lettre arrive par messagerie, la synthèse part dans Mon espace santé.",
    }
    return {
        "comptes": nombres,
        "cibles": {regle: {"le": _dans(JALONS[-1]), "comment": moyen} for regle, moyen in moyens},
        "cas_d_usage": [cas],
    }


def _nombre(compte: usages.Compte) -> int:
    regle, cote = compte.cle.split("_")
    return (EFFECTIFS if cote == "n" else PERSONNES).get(regle, 0)


def _risque(ligne: tuple[str, str, int, int, str, str]) -> dict[str, Any]:
    cles = ("risque", "famille", "gravite", "vraisemblance", "mesure", "responsable")
    return dict(zip(cles, ligne, strict=True))


def _planning(examen: Examen) -> dict[str, Any]:
    jours = zip(planning.jalons(examen.edition), JALONS, strict=False)
    etapes = [{"libelle": nom, "debut": _dans(debut), "fin": _dans(fin)} for nom, debut, fin in ETAPES]
    return {"jalons": {jalon.cle: _dans(jours_) for jalon, jours_ in jours}, "etapes": etapes}


def _budget(examen: Examen) -> dict[str, Any]:
    subvention = examen.resultat.financement.total
    total = arrondi(subvention * 110 / 100)
    montants = [arrondi(total * part / 100) for _, _, part in PARTS]
    montants[-1] += total - sum(montants, Decimal(0))
    depenses = [
        {"nature": nature, "libelle": libelle, "ht": _texte(_ht(nature, ttc)), "ttc": _texte(ttc)}
        for (nature, libelle, _), ttc in zip(PARTS, montants, strict=True)
    ]
    entretien = _texte(arrondi(total / 20))
    return {
        "depenses": depenses,
        "ressources": {"subvention": _texte(subvention), "autofinancement": _texte(total - subvention)},
        "aides": [],
        "recurrents": [
            {"libelle": "Abonnement et maintenance", **{f"annee{rang}": entretien for rang in range(1, 4)}}
        ],
    }


def _ht(nature: str, ttc: Decimal) -> Decimal:
    """Salaries bear no VAT."""
    return ttc if nature == "rh" else arrondi(ttc / Decimal("1.2"))


def _texte(montant: Decimal) -> str:
    return f"{montant:.2f}"


def _si(examen: Examen) -> dict[str, Any]:
    noms = {o.finess_ej: examen.contexte.noms[o.finess_ej] for o in examen.contexte.projet.gestionnaires}
    outil = next(iter(examen.edition.sections.si.outils), "Autre outil")
    etats = ("en_place", "en_place", "en_cours", "en_place", "prevue")
    return {
        "organismes": {
            numero: {"nom": nom, "etat": "fait", "outil": outil, "le": _dans(-60)}
            for numero, nom in noms.items()
        },
        "mesures": {
            cle: {"etat": etats[rang % len(etats)], "commentaire": ""} for rang, cle in enumerate(si.MESURES)
        }
        if examen.edition.sections.si.article_cyber
        else {},
        **({"propres": _a_part(noms)} if examen.edition.sections.si.article_cyber and len(noms) > 1 else {}),
    }


def _a_part(noms: Mapping[str, str]) -> list[dict[str, str]]:
    """One organism of the grappe is not as far as the others on two measures."""
    numero = max(noms)
    return [
        {
            "qui": numero,
            "nom": noms[numero],
            si.colonne("2"): "en_cours",
            si.colonne("13"): "non",
            "commentaire": "Sauvegarde hors ligne prévue avec le déménagement du serveur.",
        }
    ]


def _equipement(examen: Examen) -> dict[str, Any]:
    """An ageing equipment, and two items for each ESSMS that asks for some; nothing for the others."""
    concernes = equipement.demandeurs(examen.contexte)
    return {
        "parcs": {
            essms.finess_et: {
                "nom": essms.nom,
                **dict(zip(equipement.COMPTES, PARC, strict=True)),
                "wifi": "partiel",
                "observations": "Un seul poste par unité, partagé entre les équipes.",
            }
            for essms in concernes
        },
        "besoins": [
            dict(zip(CLES_DE_BESOIN, (equipement.TOUS, *besoin), strict=True))
            for besoin in BESOINS
            if concernes
        ],
    }
