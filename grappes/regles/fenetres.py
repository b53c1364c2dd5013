"""The dates of a campagne: what may still move, and where an incident moves them. Pure: no clock."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from .jours_ouvres import jour_ouvre_suivant
from .phrases import compte, jour

RATTRAPAGE = timedelta(days=7)  # an incident may be found out after the closing, not long after


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a campagne, whole days at the legal time of its ARS."""

    ouverture: date
    fermeture: date
    fermeture_multiregionale: date | None = None
    recevabilite: date | None = None

    @property
    def version(self) -> str:
        """Short text that says these very dates: a form carries the one it was read with."""
        jours = (self.ouverture, self.fermeture, self.fermeture_multiregionale, self.recevabilite)
        return "|".join(jour.isoformat() if jour else "" for jour in jours)


@dataclass(frozen=True, slots=True)
class Situation:
    """What hangs on the dates today: drafts under way, days of the first and the last filing."""

    aujourd_hui: date
    brouillons: int = 0
    deposes: int = 0
    premier_depot: date | None = None
    dernier_depot: date | None = None


def refus_des_dates(avant: Dates, apres: Dates, situation: Situation) -> list[str]:
    """Every reason why the dates may not move so; empty when they may.

    A window that is open only closes earlier while nobody counts on it, and never in the past; a filing that
    was received in time stays in time.
    """
    if apres == avant:
        return ["Aucune date ne change."]
    return [
        *_dans_l_ordre(apres),
        *_ouverture(avant, apres, situation),
        *_fermeture("La fermeture", avant.fermeture, apres.fermeture, avant, situation),
        *_fermeture(
            "La fermeture multirégionale",
            avant.fermeture_multiregionale,
            apres.fermeture_multiregionale,
            avant,
            situation,
        ),
        *_recevabilite(avant, apres, situation),
    ]


def _dans_l_ordre(dates: Dates) -> list[str]:
    refus = []
    if dates.fermeture < dates.ouverture:
        refus.append("La fermeture ne précède pas l’ouverture.")
    multi = dates.fermeture_multiregionale
    if multi is not None and not dates.ouverture <= multi <= dates.fermeture:
        refus.append("L’échéance multirégionale se place dans la fenêtre de dépôt.")
    if dates.recevabilite is not None and dates.recevabilite < dates.fermeture:
        refus.append("La recevabilité ne s’achève pas avant la fermeture.")
    return refus


def _ouverture(avant: Dates, apres: Dates, situation: Situation) -> list[str]:
    if apres.ouverture <= avant.ouverture:
        return []
    if situation.premier_depot is not None and apres.ouverture > situation.premier_depot:
        recu = jour(situation.premier_depot)
        return [f"Un dossier a été déposé le {recu}\u00a0: l’ouverture ne se place pas après lui."]
    if avant.ouverture <= situation.aujourd_hui and situation.brouillons:
        return [
            "La fenêtre est déjà ouverte et des candidatures sont en cours\u00a0: elle ne se recule plus."
        ]
    return []


def _fermeture(
    quoi: str, avant: date | None, apres: date | None, dates: Dates, situation: Situation
) -> list[str]:
    if avant is None or apres is None or apres >= avant:
        return []
    if apres < situation.aujourd_hui:
        return [f"{quoi} ne s’avance pas dans le passé\u00a0: au plus tôt le {jour(situation.aujourd_hui)}."]
    if situation.dernier_depot is not None and apres < situation.dernier_depot:
        return [f"{quoi} ne précède pas le dernier dépôt reçu, du {jour(situation.dernier_depot)}."]
    engages = situation.brouillons + situation.deposes
    if dates.ouverture <= situation.aujourd_hui and engages:
        dossiers = compte(engages, "candidature compte", "candidatures comptent")
        return [
            (
                f"{quoi} ne s’avance plus\u00a0: la fenêtre est ouverte et {dossiers} sur la date publiée, "
                f"le {jour(avant)}."
            )
        ]
    return []


def _recevabilite(avant: Dates, apres: Dates, situation: Situation) -> list[str]:
    if avant.recevabilite is None or apres.recevabilite is None or apres.recevabilite >= avant.recevabilite:
        return []
    if apres.recevabilite < situation.aujourd_hui:
        return [
            (
                f"La fin de la recevabilité ne s’avance pas dans le passé\u00a0: au plus tôt le "
                f"{jour(situation.aujourd_hui)}."
            )
        ]
    return []


def peut_prolonger(dates: Dates, aujourd_hui: date) -> bool:
    """Whether an incident may still move the closing: from the opening to a week after the closing."""
    return dates.ouverture <= aujourd_hui <= dates.fermeture + RATTRAPAGE


def prolonger_jusqu_au_jour_ouvre(dates: Dates, aujourd_hui: date, region: str = "") -> Dates:
    """The dates after a technical failure: the next closing moves to the end of the next working day.

    The next closing is the first, general or multiregional, that has not passed or passed yesterday. One that
    passed moves to today at least: the next working day after yesterday. What must come after moves with it.
    """
    veille = aujourd_hui - timedelta(days=1)
    multi = dates.fermeture_multiregionale
    if multi is not None and veille <= multi < dates.fermeture:
        return _etirer(replace(dates, fermeture_multiregionale=_suivant(multi, aujourd_hui, region)))
    reportee = _suivant(dates.fermeture, aujourd_hui, region)
    ensemble = reportee if multi == dates.fermeture else multi
    return _etirer(replace(dates, fermeture=reportee, fermeture_multiregionale=ensemble))


def _suivant(echeance: date, aujourd_hui: date, region: str) -> date:
    return jour_ouvre_suivant(max(echeance, aujourd_hui - timedelta(days=1)), region)


def _etirer(dates: Dates) -> Dates:
    fermeture = max(dates.fermeture, dates.fermeture_multiregionale or dates.fermeture)
    recevabilite = max(dates.recevabilite, fermeture) if dates.recevabilite else None
    return replace(dates, fermeture=fermeture, recevabilite=recevabilite)
