"""P1, P2 and P3, written whole from what is typed: the candidature, its planning, its plan de financement."""

from dataclasses import dataclass
from typing import Any

from esms.aap.domaines import DOMAINES, STATUTS
from grappes.regles.projet import Essms
from grappes.requetes_grappes import solution_connue
from instruction.documents.parties import OPERATIONS, Parties
from instruction.documents.rendu import rendre_modele
from instruction.regles import produits
from instruction.requetes import Examen

SONS = {"commande": "commande SONS", "prestation_recue": "prestation Ségur reçue"}


@dataclass(frozen=True, slots=True)
class Reponse:
    """A criterion of the grid and what the porteur answers to it; the text is empty while it is not typed."""

    domaine: str
    critere: str
    article: str
    texte: str


def candidature_pdf(examen: Examen) -> bytes:
    """P1: every section that has no document of its own, in the order of the edition."""
    parties, contenus = Parties(examen), examen.candidature()
    contexte = {
        "parties": parties,
        "entite": examen.porteur,
        "siege": dict(contenus.get("porteur", {})),
        "projet": examen.resultat.projet,
        "solution": _solution(examen),
        "groupes": [
            (nom, [(e, _particularites(e)) for e in essms]) for nom, essms in parties.essms_par_organisme
        ],
        "reponses": _reponses(examen),
        "sections": _sections(examen),
        "ailleurs": _ailleurs(examen),
        "candidature": contenus,
        "operations": OPERATIONS,
    }
    return _rendre("P1", examen, "Document de candidature", contexte)


def planning_pdf(examen: Examen) -> bytes:
    """P2: the milestones, the steps, and their drawing."""
    return _rendre("P2", examen, "Planning du projet", {"candidature": examen.candidature()})


def financement_pdf(examen: Examen) -> bytes:
    """P3: expenses by nature, human resources among them, resources, costs of the years after."""
    return _rendre("P3", examen, "Plan de financement", {"candidature": examen.candidature()})


GABARITS = {"P1": "candidature", "P2": "planning", "P3": "financement"}


def _rendre(code: str, examen: Examen, titre: str, contexte: dict[str, Any]) -> bytes:
    empreinte = examen.empreinte_de(code)
    commun = {
        "piece": examen.edition.piece(code),
        "titre": titre,
        "entree": examen.entree,
        "empreinte": empreinte,
    }
    return rendre_modele(
        f"pdf/{GABARITS[code]}.html",
        examen,
        titre=titre,
        contexte={**commun, **contexte},
        trace=empreinte,
        code=code,
    )


def _sections(examen: Examen) -> list[str]:
    """Those of P1; one that the edition only advises is left out while nothing is typed in it."""
    demandees = examen.edition.candidature
    return [
        cle
        for cle in produits.sections_de("P1", examen.edition)
        if cle in examen.sections or ((d := demandees.section(cle)) is not None and d.obligatoire)
    ]


def _reponses(examen: Examen) -> list[Reponse]:
    """One per criterion of the grid, in its order."""
    textes = examen.section("projet").contenu
    return [
        Reponse(domaine.libelle, critere.libelle, critere.article, str(textes.get(critere.cle) or "").strip())
        for domaine in examen.edition.grille.domaines
        for critere in domaine.criteres
    ]


def _solution(examen: Examen) -> list[tuple[str, str]]:
    """What is known of the software, label and words; only what is said."""
    solution, connue = examen.resultat.projet.solution, solution_connue(examen.dossier.grappe)
    statuts = connue.referencements if connue else {}
    lignes = [
        (f"Référencement Ségur, {DOMAINES[domaine].lower()}", STATUTS[statuts[domaine]])
        for domaine in DOMAINES
        if statuts.get(domaine) in STATUTS
    ]
    if not lignes:
        segur = "référencée" if solution.referencee_segur else "non référencée"
        lignes = [
            ("Référencement Ségur", "candidate au référencement" if solution.candidate_segur else segur)
        ]
    lignes += [
        ("Catalogue du système d’acquisition dynamique (SAD)", "oui" if solution.au_sad else "non"),
        ("Dossier patient informatisé d’un GHT", "oui" if solution.dpi_ght else "non"),
    ]
    nom = (solution.nom or "").strip()
    return [("Logiciel", nom), *lignes] if nom else []


def _particularites(essms: Essms) -> str:
    """What is declared of one ESSMS beyond its operation, in words."""
    dites = [
        ("aide à domicile", bool(essms.saad)),
        ("matériel demandé", essms.materiel is not None),
        (SONS.get(essms.sons, ""), essms.sons in SONS),
        ("autre aide européenne", essms.autre_aide_europeenne),
    ]
    if essms.dui_finance is not None:
        dites.append((f"DUI déjà financé\u00a0: {essms.dui_finance.nom}", True))
    texte = ", ".join(mot for mot, vrai in dites if vrai)
    return texte[:1].upper() + texte[1:]


def _ailleurs(examen: Examen) -> list[tuple[str, str]]:
    """Documents that say the rest: code and label, those that this project brings."""
    voulus = {code for cle in produits.DETAILLEES for code in produits.documents_de(cle, examen.edition)}
    return [
        (etat.demandee.piece.regle, etat.demandee.piece.libelle)
        for etat in examen.etats_des_pieces
        if etat.demandee.piece.regle in voulus
    ]
