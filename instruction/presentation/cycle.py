"""The life cycle as a page of the documentation: its diagram, its gestures, its words for each public."""

from instruction.etats import GESTES, LIBELLES_PORTEUR, Etat


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
