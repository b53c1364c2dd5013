"""What each line of the matrix sends: the arguments of an address, the body of a form.

An address takes by default what its namespace says below; the body of a form is empty unless told. After
an @, what it is about: `og` or `ars`, the organism that carries the dossier or the ARS that examines it.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from esms.comptes.models import Rattachement, Role
from esms.courriels.models import Courriel, Etat
from esms.habilitations.models import DemandeDeRattachement, Invitation
from financement.views.simulation.lecture import etude_ou_404
from grappes.models import Solution
from grappes.regles import PROJET
from grappes.requetes_grappes import parts_de_la_grappe
from instruction.models import ElementDemande, PieceDeMessage
from tests.fabriques import Monde, finess, pdf, simulation

LIEUX = ("og", "ars")
SUR_UN_DROIT = ("role", "retirer", "fixer_fin", "confier")
SUR_UNE_INVITATION = ("accepter", "renvoyer", "revoquer")
SUR_UNE_DEMANDE = ("demande", "accepter_demande", "refuser_demande", "retirer_demande")


def adresse(nom: str, monde: Monde) -> str:
    """The address of that name, about the dossier of this world."""
    connus = (ARGUMENTS.get(nom), ARGUMENTS.get(f"{nom}@og"), PAR_ESPACE.get(nom.partition(":")[0]))
    arguments = next((connu for connu in connus if connu is not None), _rien)
    return reverse(nom.partition("@")[0], args=arguments(monde)) + SUITES.get(nom, _sans_suite)(monde)


def corps(nom: str, monde: Monde) -> dict[str, Any]:
    """What the form of that address sends."""
    return CORPS.get(nom, _vide)(monde)


def _rien(monde: Monde) -> list[Any]:
    return []


def _vide(monde: Monde) -> dict[str, Any]:
    return {}


def _sans_suite(monde: Monde) -> str:
    return ""


def _piece(monde: Monde) -> list[Any]:
    piece = monde.dossier.pieces.first()
    return [monde.dossier.pk, piece.pk if piece else uuid4()]


def _element(monde: Monde) -> list[Any]:
    element = ElementDemande.objects.filter(demande__depot__dossier=monde.dossier).first()
    return [monde.dossier.pk, element.pk if element else 0]


def _convention(monde: Monde) -> list[Any]:
    convention = getattr(monde.dossier.grappe, "convention", None)
    return [convention.numero if convention else "AUCUNE-2025-0001"]


def _fichier(monde: Monde) -> dict[str, Any]:
    return {"fichier": SimpleUploadedFile("autre.pdf", pdf(str(uuid4())))}


def _droit(lieu: str) -> Callable[[Monde], list[Any]]:
    """A right held there by a colleague: a rédacteur, an instructeur."""
    role = Role.REDACTEUR if lieu == "og" else Role.INSTRUCTEUR
    return lambda monde: [Rattachement.objects.filter(role=role, **_la(lieu, monde)).order_by("-pk")[0].pk]


def _invitation(lieu: str) -> Callable[[Monde], list[Any]]:
    """An invitation sent from there, that waits."""
    return lambda monde: [Invitation.objects.en_attente().get(**_la(lieu, monde)).pk]


def _lien(monde: Monde) -> list[Any]:
    """The secret of the link of an invitation."""
    return [Courriel.objects.get(gabarit="invitation", ars="").lien.split("/")[3]]


def _equipe(lieu: str) -> Callable[[Monde], list[Any]]:
    return lambda monde: [f"ars-{monde.campagne.ars}" if lieu == "ars" else f"og-{monde.entite.finess_ej}"]


def _demande(monde: Monde) -> list[Any]:
    """A claim for the organism that carries the dossier, which has a titulaire."""
    return [DemandeDeRattachement.objects.get().pk]


def _la(lieu: str, monde: Monde) -> dict[str, str]:
    return {"ars": monde.campagne.ars} if lieu == "ars" else {"organisme": monde.entite.finess_ej}


def _essms_du_partenaire(monde: Monde) -> list[Any]:
    partenaire = monde.dossier.grappe.participations.get().finess_ej
    return [monde.dossier.pk, monde.dossier.grappe.essms.get(finess_ej=partenaire).finess_et]


def _part(monde: Monde) -> dict[str, Any]:
    finess_ej = monde.dossier.grappe.participations.get().finess_ej
    return {
        "organisme": finess_ej,
        "empreinte": parts_de_la_grappe(monde.relire().grappe)[finess_ej].empreinte,
    }


def _session_du_porteur(monde: Monde) -> list[Any]:
    return [UserSession.objects.get(user=monde.porteur).pk]


def _cle_du_porteur(monde: Monde) -> list[Any]:
    return [Authenticator.objects.get(user=monde.porteur).pk]


def _notification_du_porteur(monde: Monde) -> list[Any]:
    return [monde.porteur.notifications.order_by("pk")[0].pk]


def _contact(monde: Monde) -> list[Any]:
    return [monde.campagne.pk, monde.campagne.contacts.order_by("pk")[0].pk]


def _essms(monde: Monde) -> list[Any]:
    return [monde.simulation.cle, monde.simulation.entree["essms"][0]["finess_et"]]


def _controle(monde: Monde) -> list[Any]:
    """What a rule says of an ESSMS that the register does not know."""
    inconnu = {"finess_et": finess(999_999), "operation": "acquisition"}
    essms = [*monde.simulation.entree["essms"], inconnu]
    cle = simulation({**monde.simulation.entree, "essms": essms}).cle
    dits = [c for c in etude_ou_404(cle).resultat.controles if c.portee != PROJET]
    return [cle, dits[0].regle, dits[0].verdict.value]


PAR_ESPACE: Mapping[str, Callable[[Monde], list[Any]]] = {
    "dossiers": lambda monde: [monde.dossier.pk],
    "conventions": _convention,
    "simulation": lambda monde: [monde.simulation.cle],
    "campagnes": lambda monde: [monde.campagne.pk],
    "appels": lambda monde: [monde.campagne.sigle],
}
ARGUMENTS: Mapping[str, Callable[[Monde], list[Any]]] = {
    "droits:mes_droits": _rien,
    "droits:demander": _rien,
    "droits:invitation": _lien,
    **{f"droits:{nom}@{lieu}": _equipe(lieu) for nom in ("equipe", "inviter") for lieu in LIEUX},
    **{f"droits:{nom}@{lieu}": _droit(lieu) for nom in SUR_UN_DROIT for lieu in LIEUX},
    **{f"droits:{nom}@{lieu}": _invitation(lieu) for nom in SUR_UNE_INVITATION for lieu in LIEUX},
    **{f"droits:{nom}": _demande for nom in SUR_UNE_DEMANDE},
    "dossiers:liste": _rien,
    "dossiers:creer": _rien,
    "dossiers:section": lambda monde: [monde.dossier.pk, "contacts"],
    "dossiers:versions": lambda monde: [monde.dossier.pk, "contacts"],
    "dossiers:reprendre": lambda monde: [monde.dossier.pk, "contacts", 1],
    "dossiers:joindre": lambda monde: [monde.dossier.pk, "P1"],
    "dossiers:produire": lambda monde: [monde.dossier.pk, "P2"],
    "dossiers:modele": lambda monde: [monde.dossier.pk, "P4.pdf"],
    "dossiers:grappe_fiche": _essms_du_partenaire,
    "dossiers:grappe_membre_fiche": _essms_du_partenaire,
    "catalogue:modifier": lambda monde: [Solution.objects.get().pk],
    "dossiers:telecharger": _piece,
    "dossiers:retirer": _piece,
    "dossiers:joindre_complement": _element,
    "dossiers:corriger_complement": lambda monde: [monde.dossier.pk, "contacts"],
    "dossiers:modele_complement": lambda monde: [*_element(monde), "P1.pdf"],
    "dossiers:produire_complement": _element,
    "dossiers:certifier_heures_complement": _element,
    "dossiers:accuse_d_un_depot": lambda monde: [monde.dossier.pk, 1],
    "dossiers:pdf_d_un_depot": lambda monde: [monde.dossier.pk, 1],
    "dossiers:retirer_complement": _piece,
    "conventions:liste": _rien,
    "dossiers:fils": _rien,
    "dossiers:piece_de_message": lambda monde: [monde.dossier.pk, PieceDeMessage.objects.get().pk],
    "courriels:renvoyer": lambda monde: [Courriel.objects.filter(etat=Etat.ABANDONNE)[0].pk],
    "comptes:fermer": _session_du_porteur,
    "comptes:delier_proconnect": lambda monde: [monde.porteur.identites_proconnect.get().pk],
    "mfa_edit_webauthn": _cle_du_porteur,
    "mfa_remove_webauthn": _cle_du_porteur,
    "notifications:ouvrir": _notification_du_porteur,
    "notifications:lire": _notification_du_porteur,
    "simulation:modele": lambda monde: ["xlsx"],
    "simulation:controles": _controle,
    "simulation:fiche": _essms,
    "simulation:nouvelle": _rien,
    "campagnes:liste": _rien,
    "campagnes:ouvrir": lambda monde: ["occitanie-2025"],
    "campagnes:contact": _contact,
    "campagnes:retirer_contact": _contact,
    "campagnes:retirer_document": lambda monde: [monde.campagne.pk, monde.campagne.documents.get().pk],
    "appels:liste": _rien,
    "appels:document": lambda monde: [monde.campagne.sigle, monde.campagne.documents.get().pk],
}
SUITES: Mapping[str, Callable[[Monde], str]] = {
    "dossiers:creer": lambda monde: f"?simulation={monde.simulation.cle}",
}
CORPS: Mapping[str, Callable[[Monde], dict[str, Any]]] = {
    "dossiers:creer": lambda monde: {"simulation": monde.simulation.cle},
    "dossiers:grappe_membre_confirmer": _part,
    "dossiers:grappe_membre_mesures": lambda monde: {**_part(monde), "version": "0", "m1": "en_place"},
    "dossiers:joindre": _fichier,
    "dossiers:envoyer_message": lambda monde: {"cle": str(uuid4()), "texte": "Une question."},
    "droits:refuser_demande": lambda monde: {"motif": "Inconnue de l’organisme."},
    "dossiers:ecarter_irrecevable": lambda monde: {"motif": "Pièces illisibles."},
    "dossiers:reorienter": lambda monde: {"guichet": "75", "motif": "Autre région pivot."},
    "dossiers:joindre_complement": _fichier,
    "dossiers:retirer_depot": lambda monde: {"rang": "1"},
    "dossiers:desister": lambda monde: {"motif": "Projet abandonné.", "confirme": "on"},
    "dossiers:inscrire_liste": lambda monde: {"liste-rang": "1"},
    "dossiers:rejeter_solde": lambda monde: {"rejet-motif": "Preuve illisible."},
    "dossiers:solder": lambda monde: {
        "versement-le": monde.jour().isoformat(),
        "versement-reference": "MANDAT-2",
    },
    "dossiers:clore_complements": lambda monde: {"motif": "Demande sans objet."},
    "dossiers:demander_complements": lambda monde: {
        "piece-P1": "on",
        "piece-P1-raison": "Illisible.",
        "jours": "15",
    },
    "dossiers:ecarter_ineligible": lambda monde: {"motif": "Hors champ."},
}
