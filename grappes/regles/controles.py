"""All the checks of a project against an edition, in the order of the rules."""

from itertools import chain

from esms.aap import Edition

from . import domicile, etablissements, grappe, logiciel
from .calendrier import controler_la_fenetre
from .controle import Controle, ordonner
from .guichet import Guichet, controler_le_guichet, guichet
from .projet import Projet

_CONTROLES = (
    controler_la_fenetre,
    etablissements.controler_les_categories,
    etablissements.controler_les_publics,
    grappe.controler_le_minimum,
    grappe.controler_la_derogation,
    grappe.controler_l_unicite,
    grappe.controler_la_typologie,
    etablissements.controler_les_autres_aides,
    etablissements.controler_le_meme_logiciel,
    etablissements.controler_les_deux_logiciels,
    etablissements.controler_le_sons,
    grappe.controler_l_entite_nationale,
    logiciel.controler_le_logiciel_unique,
    logiciel.controler_le_referencement,
    logiciel.controler_l_exception_pjm,
    logiciel.controler_l_exception_ahi,
    logiciel.controler_l_exception_ght,
    logiciel.controler_le_recours_au_sad,
    domicile.controler_l_activite_mixte,
    grappe.controler_l_autodiagnostic,
    grappe.controler_le_regroupement,
    grappe.controler_la_fiche,
)


def controler(projet: Projet, edition: Edition, trouve: Guichet | None = None) -> tuple[Controle, ...]:
    """Every check that the edition knows, sorted. `trouve` saves computing the place of filing twice."""
    trouve = trouve or guichet(projet, edition)
    return ordonner(
        chain(
            chain.from_iterable(controle(projet, edition) for controle in _CONTROLES),
            controler_le_guichet(projet, edition, trouve),
        )
    )


def controler_la_convention(projet: Projet, edition: Edition) -> tuple[Controle, ...]:
    """What is demanded when the convention is prepared, and only alerts when the project is selected."""
    return ordonner(logiciel.exiger_l_exception_ahi(projet, edition))
