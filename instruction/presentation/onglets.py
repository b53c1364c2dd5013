"""The tabs of a dossier, the same on every page: for its porteur; for the agents, once it is filed."""

from dataclasses import dataclass

from django.urls import reverse

from esms.comptes.models import Role
from esms.habilitations.acces import Lieu
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


def onglets_du_porteur(dossier: Dossier, droits: Droits) -> tuple[Onglet, ...]:
    """Tabs of who acts for the organism that carries it; who gives the roles there is told so."""
    tache = "Liste des tâches" if dossier.etat == Etat.BROUILLON else "Suivi"
    equipe = "Gérer l’équipe" if droits.detient(Role.PORTEUR, dossier) else "Équipe"
    lieu = Lieu(organisme=dossier.organisme)
    return (
        Onglet("dossier", tache, "", dossier.get_absolute_url()),
        Onglet(
            "messages",
            "Messages avec l’ARS",
            _nombre(non_lus(dossier, pour_porteur=True)),
            reverse("dossiers:messages", args=[dossier.pk]),
        ),
        Onglet("historique", "Historique", "", reverse("dossiers:historique", args=[dossier.pk])),
        Onglet("equipe", equipe, "", reverse("droits:equipe", args=[lieu.cle])),
    )


def _nombre(non_lus: int) -> str:
    return f"{non_lus} non lu{'s' if non_lus > 1 else ''}" if non_lus else ""


def _messages(dossier: Dossier, droits: Droits) -> tuple[Onglet, ...]:
    """The thread with the porteur, for the ARS of the dossier and the auditeurs; what it has not read."""
    if not droits.examine(dossier):
        return ()
    statut = _nombre(non_lus(dossier, pour_porteur=False))
    return (Onglet("messages", "Messages", statut, reverse("dossiers:messages", args=[dossier.pk])),)
