"""Reading a grappe back as the entry of the simulation contract."""

from typing import Any

from grappes.models import Grappe


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
