"""What a grappe still lacks, beyond what the engine says of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from esms.aap import Edition
from esms.comptes.acces import Lieux, TypeUtilisateur
from financement.composition.entree import Entree, modifier_projet, nette
from financement.composition.justifications import essms_a_justifier, organismes_a_justifier
from grappes.models import EtatParticipation, Grappe, Participation
from grappes.regles import Projet
from grappes.regles.solution import domaines_concernes, entree_de_la_solution
from grappes.requetes import ReferentielFiness
from grappes.requetes_campagnes import edition_de
from grappes.requetes_grappes import entree_de, parts_de_la_grappe, solution_connue
from instruction.models import Dossier

PARTAGES_MAX = 50


def manques_de_la_grappe(grappe: Grappe, projet: Projet, edition: Edition) -> tuple[str, ...]:
    """Sentences: answers to justify, a software that the catalogue says otherwise, confirmations to come.

    The register is only read for what was corrected; one query for the confirmations, two for the software.
    """
    return (
        *_a_justifier(grappe),
        *_solution(grappe, projet),
        *(
            confirmations_attendues(grappe)
            if edition.eligibilite.regroupement.confirmations == "bloquant"
            else ()
        ),
    )


def confirmations_attendues(grappe: Grappe) -> tuple[str, ...]:
    """One sentence per organism of the grappe, but the porteur's, that has not confirmed its ESSMS (E20)."""
    parts = parts_de_la_grappe(grappe)
    parts.pop(grappe.porteur_ej, None)
    if not parts:
        return ()
    etats = dict(grappe.participations.order_by().values_list("finess_ej", "etat"))
    suites = {
        None: "n’est pas encore invité à confirmer",
        EtatParticipation.INVITE.value: "n’a pas encore confirmé",
        EtatParticipation.A_REVOIR.value: "doit confirmer de nouveau, après un changement,",
    }
    return tuple(
        f"L’organisme {ej} {suites[etats.get(ej)]} ses {len(part.essms)} ESSMS (règle E20)."
        for ej, part in parts.items()
        if etats.get(ej) != EtatParticipation.CONFIRME
    )


def grappe_scellee(grappe: Grappe) -> dict[str, Any]:
    """What a sealed filing keeps of the grappe besides the contract: reasons, software, who confirmed."""
    choisie = grappe.solution_choisie
    return {
        "justifications": grappe.justifications,
        "solution": {"code": choisie.code if choisie else None, "declaration": grappe.declaration},
        "confirmations": [
            {
                "finess_ej": un.finess_ej,
                "etat": un.etat,
                "le": un.confirmee_le.isoformat() if un.confirmee_le else None,
                "empreinte": un.empreinte,
            }
            for un in grappe.participations.order_by("finess_ej")
        ],
    }


def dossiers_partages(utilisateur: TypeUtilisateur, lieux: Lieux) -> list[Dossier]:
    """Dossiers of others where an organism of this person was invited, the latest first, fifty at most."""
    siens = lieux.organismes | lieux.organismes_membres | {organisme for organisme, _ in lieux.limites}
    if not siens:
        return []
    invites = Participation.objects.filter(grappe=OuterRef("grappe"), finess_ej__in=siens)
    partages = Dossier.objects.partages_avec(utilisateur).filter(Exists(invites)).select_related("campagne")
    return list(partages.order_by("-cree_le", "pk")[:PARTAGES_MAX])


def _a_justifier(grappe: Grappe) -> Iterator[str]:
    entree, dites = entree_de(grappe), grappe.justifications
    corriges = [e["finess_et"] for e in entree["essms"] if e.get("public") or e.get("categorie")]
    if corriges:
        fiches = ReferentielFiness().etablissements(corriges)
        for numero, ecarts in essms_a_justifier(entree, fiches).items():
            if numero not in dites:
                yield (
                    f"ESSMS {numero}\u00a0: {' et '.join(ecarts)} autres que ceux de FINESS, sans "
                    "justification (règle E2)."
                )
    comptes = [o["finess_ej"] for o in entree["organismes"] if o.get("essms_geres") is not None]
    if comptes:
        for numero in organismes_a_justifier(entree, ReferentielFiness().essms_geres(comptes)):
            if numero not in dites:
                yield (
                    f"Organisme {numero}\u00a0: nombre d’ESSMS gérés autre que celui de FINESS, sans "
                    "justification (règle F4)."
                )


def _solution(grappe: Grappe, projet: Projet) -> Iterator[str]:
    connue = solution_connue(grappe)
    if connue is None:
        return
    if avec_la_solution(entree_de(grappe), grappe, projet).get("solution") != grappe.solution:
        yield (
            "Le catalogue des solutions a changé depuis votre choix\u00a0: enregistrez de nouveau la page "
            "«\u00a0Solution DUI\u00a0» (règle E13)."
        )
    ght = grappe.declaration.get("ght")
    if ght is not None and not (ght.get("etude") and ght.get("sans_autre_aide")):
        yield (
            "DPI de GHT\u00a0: l’étude de couverture des besoins et l’absence d’autre aide européenne ou "
            "HOP’EN sont à déclarer (règle E16)."
        )


def avec_la_solution(entree: Mapping[str, Any], grappe: Grappe, projet: Projet) -> Entree:
    """The entry, its software said as the catalogue or the declaration says it; quotes stay.

    What is listed depends on the publics of the ESSMS: it is derived again each time they change.
    """
    connue = solution_connue(grappe)
    if connue is None:
        return nette(entree)
    dispenses = edition_de(grappe.campagne).eligibilite.referencement.publics_dispenses
    domaines = domaines_concernes(tuple(projet.publics), dispenses, dpi_ght=connue.dpi_ght)
    return modifier_projet(entree, {"solution": entree_de_la_solution(connue, domaines)})
