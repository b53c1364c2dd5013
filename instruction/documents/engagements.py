"""What the porteur commits to, in the portal's words, with the article of this edition that wants it."""

from dataclasses import dataclass

from esms.aap import Edition
from instruction.documents.parties import Parties


@dataclass(frozen=True, slots=True)
class Engagement:
    """One sentence that follows « s’engage à », and where the AAP says it (empty: nowhere, good practice)."""

    texte: str
    article: str = ""


def engagements_du_porteur(edition: Edition, parties: Parties) -> list[Engagement]:
    """Commitments of the letter, in the order in which they come up in a project."""
    return [
        *_de_la_grappe(edition),
        *_du_financement(edition),
        *_du_logiciel(edition, parties),
        *_des_resultats(edition),
        Engagement("ne transmettre à l’ARS aucune donnée sur les personnes accompagnées."),
    ]


def _de_la_grappe(edition: Edition) -> list[Engagement]:
    regroupement = edition.eligibilite.regroupement
    return [
        Engagement(
            "conduire le projet jusqu’à son terme au nom de la grappe, dont la composition figure en annexe, "
            "et en répondre devant l’ARS\u202f;",
            regroupement.article,
        ),
        *(
            Engagement(
                f"tenir cet engagement de la grappe\u00a0: «\u00a0{prevu.libelle}\u00a0»\u202f;",
                regroupement.article,
            )
            for prevu in regroupement.engagements
        ),
    ]


def _du_financement(edition: Edition) -> list[Engagement]:
    regles = edition.regles
    return [
        Engagement(
            "ne solliciter, pour les mêmes ESSMS et la même opération, aucun autre financement "
            "européen\u202f;",
            regles["E7"][0][1],
        ),
        Engagement(
            "ne faire financer ni deux fois le même logiciel, ni deux dossiers de l’usager informatisés "
            "différents pour un même ESSMS\u202f;",
            regles["E9"][0][1],
        ),
        Engagement(
            "employer la subvention aux seules dépenses du projet, la répartir entre les organismes de la "
            "grappe, et faire mention du financement par l’Union européenne (NextGenerationEU)\u202f;"
        ),
    ]


def _du_logiciel(edition: Edition, parties: Parties) -> list[Engagement]:
    nom = f", {parties.solution}," if parties.solution else ""
    return [
        Engagement(
            f"déployer la même solution{nom} dans tous les ESSMS de la grappe\u202f;",
            edition.regles["E12"][0][1],
        )
    ]


def _des_resultats(edition: Edition) -> list[Engagement]:
    indicateurs = [i for i in edition.cibles.indicateurs if i.conditionne_le_solde]
    return [
        Engagement(
            f"atteindre les {len(indicateurs)} cibles d’usage de l’appel à projets, les mesurer et en "
            "conserver les preuves\u202f;",
            indicateurs[0].article,
        ),
        Engagement(
            "justifier de leur atteinte, et des dépenses lorsque l’appel à projets le demande, pour "
            "obtenir le solde\u202f;",
            edition.versements.article,
        ),
        Engagement("signaler sans délai à l’ARS toute entrée, toute sortie d’un ESSMS et tout retard\u202f;"),
    ]
