"""The tabs of a filed dossier for the agents, each with its status, the same on every page."""

from dataclasses import dataclass

from django.urls import reverse

from instruction.acces import Droits
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.requetes_messages import non_lus


@dataclass(frozen=True, slots=True)
class Onglet:
    """A tab: its key, its title, its status, its address (empty: there is nothing to read yet)."""

    cle: str
    titre: str
    statut: str
    adresse: str


E = Etat
_AVANT, _SANS = "À venir", "Sans suite"
# State → status of: éligibilité, recevabilité, grille, sélection, convention.
_STATUTS: dict[str, tuple[str, str, str, str, str]] = {
    E.DEPOSE: (_AVANT, _AVANT, _AVANT, _AVANT, _AVANT),
    E.RECEVABILITE: ("À juger", "À juger", _AVANT, _AVANT, _AVANT),
    E.COMPLEMENTS_DEMANDES: ("À juger", "En attente du porteur", _AVANT, _AVANT, _AVANT),
    E.REORIENTE: ("Examinée", "Réorienté", _SANS, _SANS, _SANS),
    E.IRRECEVABLE: ("Examinée", "Irrecevable", _SANS, _SANS, _SANS),
    E.INELIGIBLE: ("Inéligible", "Examinée", _SANS, _SANS, _SANS),
    E.RECEVABLE: ("Éligible", "Recevable", _AVANT, _AVANT, _AVANT),
    E.EN_INSTRUCTION: ("Éligible", "Recevable", "À remplir", _AVANT, _AVANT),
    E.INSTRUIT: ("Éligible", "Recevable", "Close", "À décider", _AVANT),
    E.NON_RETENU: ("Éligible", "Recevable", "Close", "Non retenu", _SANS),
    E.LISTE_COMPLEMENTAIRE: ("Éligible", "Recevable", "Close", "Liste complémentaire", _AVANT),
    E.RETENU: ("Éligible", "Recevable", "Close", "Retenu", "À préparer"),
    E.CONVENTION_A_SIGNER: ("Éligible", "Recevable", "Close", "Retenu", "À signer"),
    E.CONVENTIONNE: ("Éligible", "Recevable", "Close", "Retenu", "Signée"),
    E.EN_DEPLOIEMENT: ("Éligible", "Recevable", "Close", "Retenu", "Signée"),
    E.SOLDE_DEMANDE: ("Éligible", "Recevable", "Close", "Retenu", "Solde demandé"),
    E.SOLDE: ("Éligible", "Recevable", "Close", "Retenu", "Soldée"),
}
_AVEC_SOLDE = frozenset({E.EN_DEPLOIEMENT, E.SOLDE_DEMANDE, E.SOLDE})
_EXAMEN = (
    ("eligibilite", "Éligibilité"),
    ("recevabilite", "Recevabilité"),
    ("grille", "Grille"),
    ("selection", "Sélection"),
)


def onglets(dossier: Dossier, droits: Droits) -> tuple[Onglet, ...]:
    """Tabs that this reader may open.

    An ARS only concerned (G3) reads the filing and the journal, not the examination; an observer, the filing.
    """
    statuts: tuple[str, ...] = _STATUTS[dossier.arret or dossier.etat]
    if dossier.arret:
        statuts = tuple(_SANS if s == _AVANT else s for s in statuts)

    def onglet(cle: str, titre: str, statut: str = "") -> Onglet:
        return Onglet(cle, titre, statut, reverse(f"dossiers:{cle}", args=[dossier.pk]))

    debut = (onglet("dossier", "Synthèse"), onglet("depose", "Ce qui a été déposé", "Scellé"))
    examen: tuple[Onglet, ...] = ()
    if droits.examine(dossier):
        convention = getattr(dossier.grappe, "convention", None)
        adresse = convention.get_absolute_url() if convention else ""
        examen = (
            *(onglet(*page, statut) for page, statut in zip(_EXAMEN, statuts[:4], strict=True)),
            Onglet("convention", "Convention", statuts[4], adresse),
        )
        if (dossier.arret or dossier.etat) in _AVEC_SOLDE:
            examen = (*examen, onglet("solde", "Solde"))
    suivi = (
        (onglet("complements", "Compléments"), onglet("historique", "Historique"))
        if droits.suit(dossier)
        else ()
    )
    return (*debut, *examen, *suivi, *_messages(dossier, droits))


def _messages(dossier: Dossier, droits: Droits) -> tuple[Onglet, ...]:
    """The thread with the porteur, for the ARS of the dossier and the auditeurs; what it has not read."""
    if not droits.examine(dossier):
        return ()
    nombre = non_lus(dossier, pour_porteur=False)
    statut = f"{nombre} non lu{'s' if nombre > 1 else ''}" if nombre else ""
    return (Onglet("messages", "Messages", statut, reverse("dossiers:messages", args=[dossier.pk])),)
