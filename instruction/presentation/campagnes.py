"""A campagne in words: where its window is, when it ends to the second, what has moved and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from esms.aap.calendrier import debut_du_jour
from esms.journal.models import Entree
from esms.socle.dates import derniere_seconde, jour
from grappes.models import Campagne

NOMS_DES_DATES: Mapping[str, str] = {
    "ouverture": "Ouverture du dépôt",
    "fermeture": "Clôture",
    "fermeture_multiregionale": "Clôture des projets multirégionaux",
    "recevabilite": "Fin de la recevabilité",
}
GESTES_DE_DATES = ("ouvrir", "changer_dates", "prolonger")


@dataclass(frozen=True, slots=True)
class Fenetre:
    """Where the window of a campagne is at an instant."""

    campagne: Campagne
    statut: str
    libelle: str
    badge: str
    fin: str
    fin_multiregionale: str

    @property
    def ouverte(self) -> bool:
        """A dossier may be filed now (a multiregional one, until its own end)."""
        return self.statut == "ouverte"


@dataclass(frozen=True, slots=True)
class Changement:
    """One move of the dates: who, when, why, and each date before and after."""

    le: datetime
    par: str
    quoi: str
    motif: str
    dates: tuple[tuple[str, str, str], ...]


def fenetre(campagne: Campagne, instant: datetime) -> Fenetre:
    """The window at `instant`, to the second, in the legal time of the ARS (C1, C2)."""
    fuseau = ZoneInfo(campagne.fuseau)
    if instant < debut_du_jour(campagne.ouverture, fuseau):
        statut, libelle, badge = "a_venir", "À venir", "info"
    elif instant < debut_du_jour(campagne.fermeture + timedelta(days=1), fuseau):
        statut, libelle, badge = "ouverte", "Ouvert", "success"
    else:
        statut, libelle, badge = "close", "Clos", ""
    multi = campagne.fermeture_multiregionale
    return Fenetre(
        campagne,
        statut,
        libelle,
        badge,
        derniere_seconde(campagne.fermeture, campagne.fuseau),
        derniere_seconde(multi, campagne.fuseau) if multi and multi != campagne.fermeture else "",
    )


def changements(entrees: Iterable[Entree]) -> list[Changement]:
    """The moves of the dates that the journal holds, in the order given."""
    return [_changement(entree) for entree in entrees if entree.geste in GESTES_DE_DATES]


def _changement(entree: Entree) -> Changement:
    avant = entree.contenu.get("avant", {})
    dates = tuple(
        (nom, _date(avant.get(cle)), _date(entree.contenu.get(cle)))
        for cle, nom in NOMS_DES_DATES.items()
        if entree.contenu.get(cle) != avant.get(cle)
    )
    quoi = {"ouvrir": "Ouverture de la campagne", "prolonger": "Prolongation pour incident"}
    return Changement(
        entree.le,
        entree.par.nom if entree.par else "Le portail",
        quoi.get(entree.geste, "Changement de dates"),
        entree.contenu.get("motif", ""),
        dates,
    )


def _date(texte: str | None) -> str:
    return jour(date.fromisoformat(texte)) if texte else ""
