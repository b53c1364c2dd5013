"""The life cycle of a dossier: its states and every gesture, in the order of a dossier's life.

The model, the database trigger, the access rules, the buttons and docs/cycle-de-vie.md are all read from
`GESTES`. The gestures are written phase by phase in `instruction.cycle`.
"""

from instruction.cycle.depot import CERTIFIER, DEPOSER, MODIFIER, RETIRER_DEPOT, SE_DESISTER
from instruction.cycle.etat import LIBELLES_PORTEUR, Etat, Geste
from instruction.cycle.recevabilite import (
    ATTRIBUER,
    CLORE_COMPLEMENTS,
    COMPLETER,
    DEMANDER_COMPLEMENTS,
    ECARTER_INELIGIBLE,
    ECARTER_IRRECEVABLE,
    OUVRIR_RECEVABILITE,
    RECEVOIR,
    REORIENTER,
    REPONDRE_COMPLEMENTS,
    VERIFIER,
)
from instruction.cycle.selection import (
    CLORE_INSTRUCTION,
    INSCRIRE_LISTE_COMPLEMENTAIRE,
    NE_PAS_RETENIR,
    NOTER,
    OUVRIR_INSTRUCTION,
    RETENIR,
)
from instruction.cycle.suite import (
    CLORE,
    CONSTATER_SIGNATURE,
    DEMANDER_SOLDE,
    PREPARER_CONVENTION,
    REJETER_SOLDE,
    SOLDER,
    VERSER,
)

__all__ = [
    "ATTRIBUER",
    "CERTIFIER",
    "CLORE",
    "CLORE_COMPLEMENTS",
    "CLORE_INSTRUCTION",
    "COMPLETER",
    "CONSTATER_SIGNATURE",
    "DEMANDER_COMPLEMENTS",
    "DEMANDER_SOLDE",
    "DEPOSER",
    "ECARTER_INELIGIBLE",
    "ECARTER_IRRECEVABLE",
    "ETATS_DEPOSES",
    "GESTES",
    "INSCRIRE_LISTE_COMPLEMENTAIRE",
    "LIBELLES_PORTEUR",
    "MODIFIER",
    "NE_PAS_RETENIR",
    "NOTER",
    "OUVRIR_INSTRUCTION",
    "OUVRIR_RECEVABILITE",
    "PAIRES",
    "PREPARER_CONVENTION",
    "RECEVOIR",
    "REJETER_SOLDE",
    "REORIENTER",
    "REPONDRE_COMPLEMENTS",
    "RETENIR",
    "RETIRER_DEPOT",
    "SE_DESISTER",
    "SOLDER",
    "VERIFIER",
    "VERSER",
    "Etat",
    "Geste",
    "diagramme",
    "document",
    "libelle",
]

GESTES: tuple[Geste, ...] = (
    MODIFIER,
    CERTIFIER,
    DEPOSER,
    RETIRER_DEPOT,
    ATTRIBUER,
    OUVRIR_RECEVABILITE,
    VERIFIER,
    DEMANDER_COMPLEMENTS,
    COMPLETER,
    REPONDRE_COMPLEMENTS,
    CLORE_COMPLEMENTS,
    RECEVOIR,
    ECARTER_IRRECEVABLE,
    ECARTER_INELIGIBLE,
    REORIENTER,
    OUVRIR_INSTRUCTION,
    NOTER,
    CLORE_INSTRUCTION,
    RETENIR,
    INSCRIRE_LISTE_COMPLEMENTAIRE,
    NE_PAS_RETENIR,
    SE_DESISTER,
    PREPARER_CONVENTION,
    CONSTATER_SIGNATURE,
    VERSER,
    DEMANDER_SOLDE,
    REJETER_SOLDE,
    SOLDER,
    CLORE,
)

# Once filed, the ARS sees it; and the pairs that the database lets through.
ETATS_DEPOSES: tuple[Etat, ...] = tuple(etat for etat in Etat if etat != Etat.BROUILLON)
PAIRES: frozenset[tuple[str, str]] = frozenset(
    (source.value, geste.cible.value)
    for geste in GESTES
    if geste.cible is not None
    for source in geste.sources
)


def libelle(etat: str, *, pour_porteur: bool) -> str:
    """How that public calls the state."""
    return LIBELLES_PORTEUR[etat] if pour_porteur else str(Etat(etat).label)


def diagramme() -> str:
    """The life cycle as a Mermaid diagram, for docs/cycle-de-vie.md."""
    lignes = ["stateDiagram-v2", f"    [*] --> {Etat.BROUILLON.value}"]
    lignes += [f'    state "{etat.label}" as {etat.value}' for etat in Etat]
    for geste in GESTES:
        if geste.cible is not None:
            lignes += [
                f"    {source.value} --> {geste.cible.value} : {geste.libelle} ({geste.mains})"
                for source in geste.sources
            ]
    return "\n".join([*lignes, f"    {Etat.CLOS.value} --> [*]"])


def document() -> str:
    """The whole of docs/cycle-de-vie.md: `manage.py cycle_de_vie` writes it, a test compares it."""
    lignes = [
        "# Cycle de vie d’un dossier",
        "",
        "Engendré par `manage.py cycle_de_vie` depuis `instruction/etats.py`. Ne se modifie pas à la main.",
        "",
        "```mermaid",
        diagramme(),
        "```",
        "",
        "| Geste | Rôle | Depuis | Vers | Conditions |",
        "|---|---|---|---|---|",
    ]
    for geste in GESTES:
        depuis = ", ".join(str(source.label) for source in geste.sources)
        vers = str(geste.cible.label) if geste.cible else "(inchangé)"
        conditions = " ".join(geste.conditions) or "–"
        lignes.append(f"| {geste.libelle} | {geste.mains} | {depuis} | {vers} | {conditions} |")
    lignes += ["", "| État pour l’ARS | Pour le porteur |", "|---|---|"]
    lignes += [f"| {etat.label} | {LIBELLES_PORTEUR[etat]} |" for etat in Etat]
    return "\n".join(lignes) + "\n"
