"""Changes that may lift a blocking check. They only propose: the engine, played again, says if it works."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from esms.aap import Edition
from esms.aap.calendrier import Fenetre
from esms.socle.dates import derniere_seconde
from financement.bareme.rangs import ranger
from grappes.regles import PROJET, Controle, Projet
from grappes.regles.phrases import citer, compte, essms, jour
from grappes.regles.territoires import nom_region

from .hypotheses import ajouter, passer_a, retirer


@dataclass(frozen=True, slots=True)
class Geste:
    """One change: what to do, in French, what it costs in ESSMS touched, and the project once it is done."""

    regle: str
    action: str
    touches: int
    projet: Projet


Proposeur = Callable[[Projet, Edition, Sequence[Controle]], Iterator[Geste]]


def proposer(regle: str, projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    """Changes worth trying against the blocking checks of one rule, the mildest first."""
    yield from _PROPOSEURS[regle](projet, edition, bloquants)


def _deposer_a_temps(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    calendrier = edition.calendrier
    multi = len(projet.regions) > 1 and calendrier.depot_multiregional is not None
    fenetre = calendrier.depot_multiregional if multi else calendrier.depot
    if fenetre is not None:
        yield _deposer_dans(fenetre, projet, edition, bloquants[0].regle)
    if multi:
        yield from _se_limiter_a_la_region(projet, edition, bloquants)


def _deposer_dans(fenetre: Fenetre, projet: Projet, edition: Edition, regle: str) -> Geste:
    ouverture, fermeture = fenetre.bornes(edition.zone)
    if projet.depose_le is not None and projet.depose_le < ouverture:
        return Geste(
            regle, f"Déposez à partir du {jour(fenetre.ouvre)}", 0, replace(projet, depose_le=ouverture)
        )
    dernier = fermeture - timedelta(seconds=1)
    return Geste(
        regle,
        f"Déposez au plus tard le {derniere_seconde(fenetre.ferme, edition.zone.key)}",
        0,
        replace(projet, depose_le=dernier),
    )


def _se_limiter_a_la_region(
    projet: Projet, edition: Edition, bloquants: Sequence[Controle]
) -> Iterator[Geste]:
    ailleurs = [ligne.finess_et for ligne in projet.essms if ligne.region != edition.region]
    if 0 < len(ailleurs) < len(projet.essms):
        yield Geste(
            bloquants[0].regle,
            f"Retirez les {essms(len(ailleurs))} hors de la région {nom_region(edition.region)}",
            len(ailleurs),
            retirer(projet, ailleurs),
        )


def _retirer_les_bloques(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    numeros = _vises(bloquants)
    if len(numeros) < len(projet.essms):
        yield Geste(
            bloquants[0].regle,
            f"Retirez {citer(numeros)} ({_RAISONS[bloquants[0].regle]})",
            len(numeros),
            retirer(projet, numeros),
        )


def _passer_en_conformite(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    numeros = _vises(bloquants)
    yield Geste(
        bloquants[0].regle,
        f"Passez {citer(numeros)} en mise en conformité",
        len(numeros),
        passer_a(projet, numeros, "mise_en_conformite"),
    )
    yield from _retirer_les_bloques(projet, edition, bloquants)


def _atteindre_le_minimum(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    manque = edition.eligibilite.minimum.minimum - len(projet.essms)
    yield Geste(bloquants[0].regle, f"Ajoutez {essms(manque)}", manque, ajouter(projet, manque, edition))


def _prendre_les_engagements(
    projet: Projet, edition: Edition, bloquants: Sequence[Controle]
) -> Iterator[Geste]:
    if projet.rejoint is not None:
        convention = projet.rejoint.convention or "à citer"
        rejoint = replace(projet.rejoint, convention=convention, conforme_marche=True, sans_risque=True)
        action = "Prenez les engagements de la dérogation et citez la convention rejointe"
        yield Geste(bloquants[0].regle, action, 0, replace(projet, rejoint=rejoint))


def _une_seule_operation(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    acquisitions = [ligne.finess_et for ligne in projet.essms if ligne.operation == "acquisition"]
    conformites = [ligne.finess_et for ligne in projet.essms if ligne.operation != "acquisition"]
    minorite = min(acquisitions, conformites, key=len)
    vers_conformite = minorite is acquisitions
    operation = "mise en conformité" if vers_conformite else "acquisition"
    yield Geste(
        bloquants[0].regle,
        f"Passez {citer(minorite)} en {operation}",
        len(minorite),
        passer_a(projet, minorite, "mise_en_conformite" if vers_conformite else "acquisition"),
    )
    yield Geste(bloquants[0].regle, f"Retirez {citer(minorite)}", len(minorite), retirer(projet, minorite))


def _solution_referencee(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    solution = replace(projet.solution, referencee_segur=True)
    yield Geste(
        bloquants[0].regle, "Choisissez une solution référencée Ségur", 0, replace(projet, solution=solution)
    )


def _solution_du_medico_social(
    projet: Projet, edition: Edition, bloquants: Sequence[Controle]
) -> Iterator[Geste]:
    solution = replace(projet.solution, dpi_ght=False, referencee_segur=True)
    action = "Choisissez un DUI référencé Ségur au lieu du DPI du GHT"
    yield Geste(bloquants[0].regle, action, 0, replace(projet, solution=solution))


def _solution_au_sad(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    solution = replace(projet.solution, au_sad=True)
    yield Geste(bloquants[0].regle, "Choisissez une solution du SAD", 0, replace(projet, solution=solution))


def _guichet_regional(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    limite = edition.guichet.regional.moins_de
    if len(projet.essms) < limite:
        action = "Renoncez à la portée nationale"
        yield Geste(bloquants[0].regle, action, 0, replace(projet, portee_nationale=False))
        return
    en_trop = len(projet.essms) - limite + 1
    derniers = [place.essms.finess_et for place in ranger(projet, edition)[-en_trop:]]
    yield Geste(bloquants[0].regle, f"Retirez {essms(en_trop)}", en_trop, retirer(projet, derniers))
    yield from _se_limiter_a_la_region(projet, edition, bloquants)


def _devenir_pivot(projet: Projet, edition: Edition, bloquants: Sequence[Controle]) -> Iterator[Geste]:
    """The choice when there is a tie; else fewer ESSMS in the regions ahead, or more in the edition's."""
    regle, ici = bloquants[0].regle, projet.regions.get(edition.region, 0)
    autres = {region: nombre for region, nombre in projet.regions.items() if region != edition.region}
    premier = max(autres.values(), default=0)
    if ici == premier:
        action = f"Choisissez {nom_region(edition.region)} comme région pivot"
        yield Geste(regle, action, 0, replace(projet, region_pivot=edition.region))
    en_trop = [
        numero
        for region, nombre in autres.items()
        for numero in _derniers_de(projet, edition, region, nombre - ici + 1)
    ]
    if ici and en_trop:
        action = (
            f"Retirez {essms(len(en_trop))} des autres régions ({citer([nom_region(r) for r in autres])})"
        )
        yield Geste(regle, action, len(en_trop), retirer(projet, en_trop))
    manque = premier - ici + 1
    action = f"Ajoutez {essms(manque)} de la région {nom_region(edition.region)}"
    yield Geste(regle, action, manque, ajouter(projet, manque, edition, region=edition.region))


def _derniers_de(projet: Projet, edition: Edition, region: str, nombre: int) -> list[str]:
    """The last-ranked ESSMS of a region: those that bring least."""
    if nombre <= 0:
        return []
    numeros = [place.essms.finess_et for place in ranger(projet, edition) if place.essms.region == region]
    return numeros[-nombre:]


def _vises(bloquants: Sequence[Controle]) -> list[str]:
    return sorted({controle.portee for controle in bloquants if controle.portee != PROJET})


_RAISONS = {
    "E1": "fermeture, ou catégorie hors de l’article L.312-1",
    "E2": "public non admis",
    "E7": "autre aide européenne déclarée",
    "E8": "logiciel déjà financé",
    "E9": "autre logiciel déjà financé",
    "E10": "commande ou prestation SONS",
}

_PROPOSEURS: dict[str, Proposeur] = {
    "C1": _deposer_a_temps,
    "C2": _deposer_a_temps,
    "C3": _deposer_a_temps,
    "E1": _retirer_les_bloques,
    "E2": _retirer_les_bloques,
    "E3": _atteindre_le_minimum,
    "E4": _prendre_les_engagements,
    "E6": _une_seule_operation,
    "E7": _retirer_les_bloques,
    "E8": _retirer_les_bloques,
    "E9": _retirer_les_bloques,
    "E10": _passer_en_conformite,
    "E13": _solution_referencee,
    "E16": _solution_du_medico_social,
    "E17": _solution_au_sad,
    "G2": _guichet_regional,
    "G3": _devenir_pivot,
}


def nombre_de_changements(nombre: int) -> str:
    """« ce changement », « ces 3 changements »."""
    return "ce changement" if nombre == 1 else f"ces {compte(nombre, 'changement', 'changements')}"
