"""Reading what opens the balance of a dossier."""

from esms.aap.cibles import Indicateur
from instruction.models import Dossier
from instruction.regles.solde import indicateurs_du_solde


def indicateurs_de(dossier: Dossier) -> tuple[Indicateur, ...]:
    """Targets of the frozen plan that open the balance of this project; none before the convention."""
    convention = getattr(dossier.grappe, "convention", None)
    if convention is None:
        return ()
    return indicateurs_du_solde(convention.plan.conditions["cibles"], publics_de(dossier))


def publics_de(dossier: Dossier) -> set[str]:
    """Publics of the sealed project; a public that nobody knows (empty) excuses from nothing."""
    return {essms.get("public") or "" for essms in dossier.depot.contenu["entree_complete"]["essms"]}
