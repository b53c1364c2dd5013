"""The life cycle of a dossier, on one screen: its states, how each public calls them, every gesture.

The model, the database trigger, the access rules, the buttons and docs/cycle-de-vie.md are all read from
these two tables.
"""

from dataclasses import dataclass

from django.db import models

from esms.comptes.models import ROLES_PORTEUR, Role


class Etat(models.TextChoices):
    """States, as the ARS calls them."""

    BROUILLON = "brouillon", "Brouillon"
    DEPOSE = "depose", "Déposé"
    RECEVABLE = "recevable", "Recevable"
    IRRECEVABLE = "irrecevable", "Irrecevable"
    INELIGIBLE = "ineligible", "Inéligible"
    EN_INSTRUCTION = "en_instruction", "En instruction"
    INSTRUIT = "instruit", "Instruit"
    RETENU = "retenu", "Retenu"
    NON_RETENU = "non_retenu", "Non retenu"
    CONVENTION_A_SIGNER = "convention_a_signer", "Convention à signer"
    CONVENTIONNE = "conventionne", "Conventionné"
    EN_DEPLOIEMENT = "en_deploiement", "En déploiement"


# The porteur learns a decision when it is pronounced, and reads one word for the steps that are the ARS's
# own.
LIBELLES_PORTEUR: dict[str, str] = {
    Etat.BROUILLON: "Brouillon – non déposé",
    Etat.DEPOSE: "Déposé, recevabilité à l’étude",
    Etat.RECEVABLE: "Recevable, instruction à venir",
    Etat.IRRECEVABLE: "Irrecevable",
    Etat.INELIGIBLE: "Inéligible",
    Etat.EN_INSTRUCTION: "En cours d’instruction",
    Etat.INSTRUIT: "En cours d’instruction",
    Etat.RETENU: "Retenu",
    Etat.NON_RETENU: "Non retenu",
    Etat.CONVENTION_A_SIGNER: "Retenu, convention à signer",
    Etat.CONVENTIONNE: "Conventionné",
    Etat.EN_DEPLOIEMENT: "En déploiement",
}


@dataclass(frozen=True, slots=True)
class Geste:
    """A gesture: from which states, to which one (None: it stays), in whose hands, its button's label."""

    nom: str
    libelle: str
    sources: tuple[Etat, ...]
    cible: Etat | None
    roles: tuple[Role, ...]

    @property
    def mains(self) -> str:
        """Whose hands, in words."""
        return ", ".join(str(role.label) for role in self.roles)


E, R = Etat, Role
DEPOSANTS = (R.PORTEUR, R.REPRESENTANT)
MODIFIER = Geste("modifier", "Modifier le dossier", (E.BROUILLON,), None, ROLES_PORTEUR)
DEPOSER = Geste("deposer", "Déposer le dossier", (E.BROUILLON,), E.DEPOSE, DEPOSANTS)
ATTRIBUER = Geste(
    "attribuer", "Prendre en charge", (E.DEPOSE, E.RECEVABLE, E.EN_INSTRUCTION), None, (R.INSTRUCTEUR,)
)
VERIFIER = Geste("verifier", "Vérifier éligibilité et recevabilité", (E.DEPOSE,), None, (R.INSTRUCTEUR,))
RECEVOIR = Geste("recevoir", "Prononcer recevable", (E.DEPOSE,), E.RECEVABLE, (R.INSTRUCTEUR,))
ECARTER_IRRECEVABLE = Geste(
    "ecarter_irrecevable", "Prononcer irrecevable", (E.DEPOSE,), E.IRRECEVABLE, (R.INSTRUCTEUR,)
)
ECARTER_INELIGIBLE = Geste(
    "ecarter_ineligible", "Prononcer inéligible", (E.DEPOSE,), E.INELIGIBLE, (R.INSTRUCTEUR,)
)
OUVRIR_INSTRUCTION = Geste(
    "ouvrir_instruction", "Ouvrir l’instruction", (E.RECEVABLE,), E.EN_INSTRUCTION, (R.INSTRUCTEUR,)
)
NOTER = Geste("noter", "Remplir la grille", (E.EN_INSTRUCTION,), None, (R.INSTRUCTEUR,))
CLORE_INSTRUCTION = Geste(
    "clore_instruction", "Clore l’instruction", (E.EN_INSTRUCTION,), E.INSTRUIT, (R.INSTRUCTEUR,)
)
RETENIR = Geste("retenir", "Retenir le projet", (E.INSTRUIT,), E.RETENU, (R.VALIDEUR,))
NE_PAS_RETENIR = Geste(
    "ne_pas_retenir", "Ne pas retenir le projet", (E.INSTRUIT,), E.NON_RETENU, (R.VALIDEUR,)
)
PREPARER_CONVENTION = Geste(
    "preparer_convention", "Préparer la convention", (E.RETENU,), E.CONVENTION_A_SIGNER, (R.VALIDEUR,)
)
CONSTATER_SIGNATURE = Geste(
    "constater_signature",
    "Marquer la convention signée",
    (E.CONVENTION_A_SIGNER,),
    E.CONVENTIONNE,
    (R.SIGNATAIRE, R.ADMINISTRATEUR),
)
VERSER = Geste(
    "verser",
    "Enregistrer le premier versement",
    (E.CONVENTIONNE,),
    E.EN_DEPLOIEMENT,
    (R.GESTIONNAIRE, R.ADMINISTRATEUR),
)

GESTES: tuple[Geste, ...] = (
    MODIFIER,
    DEPOSER,
    ATTRIBUER,
    VERIFIER,
    RECEVOIR,
    ECARTER_IRRECEVABLE,
    ECARTER_INELIGIBLE,
    OUVRIR_INSTRUCTION,
    NOTER,
    CLORE_INSTRUCTION,
    RETENIR,
    NE_PAS_RETENIR,
    PREPARER_CONVENTION,
    CONSTATER_SIGNATURE,
    VERSER,
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
    return "\n".join(lignes)


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
        "| Geste | Rôle | Depuis | Vers |",
        "|---|---|---|---|",
    ]
    for geste in GESTES:
        depuis = ", ".join(str(source.label) for source in geste.sources)
        vers = str(geste.cible.label) if geste.cible else "(inchangé)"
        lignes.append(f"| {geste.libelle} | {geste.mains} | {depuis} | {vers} |")
    lignes += ["", "| État pour l’ARS | Pour le porteur |", "|---|---|"]
    lignes += [f"| {etat.label} | {LIBELLES_PORTEUR[etat]} |" for etat in Etat]
    return "\n".join(lignes) + "\n"
