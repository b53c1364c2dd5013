"""Reading a grappe back: the entry of the simulation contract, the part of each organism, its software."""

from typing import Any

from grappes.models import Grappe, Referencement, Solution
from grappes.regles.participation import Part, parts_de
from grappes.regles.solution import SolutionConnue


def entree_de(grappe: Grappe) -> dict[str, Any]:
    """The contract's entry that these rows hold, ESSMS in order of FINESS ET.

    `depose_le` is the caller's business.
    """
    return {
        "aap": grappe.campagne.edition,
        "porteur": grappe.porteur,
        "organismes": grappe.organismes,
        "essms": [
            {"finess_et": essms.finess_et, "operation": essms.operation, **essms.reponses}
            for essms in grappe.essms.all()
        ],
        **({"solution": grappe.solution} if grappe.solution is not None else {}),
        **({"amoa": grappe.amoa} if grappe.amoa is not None else {}),
        "portee_nationale": grappe.portee_nationale,
        "region_pivot": grappe.region_pivot,
        "rejoint": grappe.rejoint,
    }


def parts_de_la_grappe(grappe: Grappe) -> dict[str, Part]:
    """FINESS EJ → what this organism confirms, the porteur's own included; one query, none if prefetched."""
    gestionnaires = {essms.finess_et: essms.finess_ej for essms in grappe.essms.all()}
    return parts_de(entree_de(grappe), gestionnaires, grappe.justifications)


def solution_connue(grappe: Grappe) -> SolutionConnue | None:
    """What the catalogue or the porteur says of the software; None when neither says anything.

    Two queries when it was chosen in the catalogue.
    """
    declaration, choisie = grappe.declaration, grappe.solution_choisie
    dpi_ght = bool(declaration.get("ght"))
    if choisie is not None:
        referencements = dict(choisie.referencements.order_by("domaine").values_list("domaine", "statut"))
        return SolutionConnue(choisie.nom, choisie.au_sad, referencements, dpi_ght)
    if not declaration:
        return None
    return SolutionConnue(
        declaration.get("nom", ""),
        bool(declaration.get("au_sad")),
        declaration.get("referencements", {}),
        dpi_ght,
    )


def referencements_du_catalogue() -> dict[int, dict[str, Referencement]]:
    """Solution → domain → its listing, for the solutions that may be chosen; one query."""
    trouves: dict[int, dict[str, Referencement]] = {}
    for ligne in Referencement.objects.filter(solution__retiree=False).order_by("solution_id", "domaine"):
        trouves.setdefault(ligne.solution_id, {})[ligne.domaine] = ligne
    return trouves


def solutions_proposees() -> list[Solution]:
    """The solutions that may be chosen, by name; one query."""
    return list(Solution.objects.filter(retiree=False))
