"""Answering a request for complements: only what was asked, before its deadline, then sealed and sent."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle import canonique
from instruction import etats
from instruction.actions.avertir import avertir_ars
from instruction.actions.complements import finir
from instruction.actions.garde import (
    GesteRefuse,
    VersionDepassee,
    consigner,
    exiger,
    rejoue,
    verrouiller,
)
from instruction.actions.piece import joindre, retirer
from instruction.models import (
    Complement,
    DemandeDeComplements,
    Dossier,
    ElementDemande,
    Issue,
    Objet,
    Piece,
    ReponseElement,
)
from instruction.presentation.echeances import limite
from instruction.regles.complements import elements_sans_reponse
from instruction.requetes_complements import demande_ouverte, est_repondu, reponse_de
from instruction.requetes_corrections import ExamenDeComplement, corrections_scellees


@transaction.atomic
def ecrire_reponses(*, dossier: Dossier, saisies: Mapping[int, tuple[str, int]], par: Utilisateur) -> None:
    """Save answers: element → (text, version it was typed over). All or none; the same text changes nothing.

    Raises GesteRefuse for an element that was not asked for and after the deadline, VersionDepassee when
    somebody saved the same answer meanwhile.
    """
    actuel = verrouiller(dossier)
    exiger(etats.COMPLETER, actuel, par)
    demande = demande_a_temps(actuel)
    elements = {element.pk: element for element in demande.elements.select_related("reponse")}
    if inconnus := saisies.keys() - elements.keys():
        raise GesteRefuse(f"Éléments non demandés\u00a0: {len(inconnus)}. Seul ce qui est demandé s’ajoute.")
    ecrites = {}
    for cle, (texte, version) in saisies.items():
        reponse = reponse_de(elements[cle]) or ReponseElement(element=elements[cle])
        if reponse.texte == texte:
            continue
        if reponse.version != version:
            raise VersionDepassee
        reponse.texte, reponse.version = texte, version + 1
        reponse.le, reponse.par = timezone.now(), par
        reponse.save()
        ecrites[elements[cle].ordre] = reponse.version
    if ecrites:
        consigner(actuel, "ecrire_reponses", par, demande=demande.rang, elements=ecrites)


def joindre_complement(
    *, element: ElementDemande, nom: str, fichier: BinaryIO, par: Utilisateur, source: str = ""
) -> Piece:
    """Join a file to an element that asks for a piece, beside the filing, never in place of a filed one.

    Raises FichierRefuse; GesteRefuse after the deadline, when the element asks for no file or is not of the
    open request, and for a file already in the dossier. `source`: digest of what the portal wrote it from;
    it then takes the place of the one that it wrote before for that element. The bytes are read before the
    dossier is locked; the deadline counts at the instant of the lock.
    """

    def rattacher(actuel: Dossier, piece: Piece) -> None:
        _rattacher(actuel, piece, element)

    return joindre(
        dossier=element.demande.depot.dossier,
        code=element.cle,
        nom=nom,
        fichier=fichier,
        par=par,
        source=source,
        element=element,
        geste=etats.COMPLETER,
        avec=rattacher,
    )


def _rattacher(actuel: Dossier, piece: Piece, element: ElementDemande) -> None:
    """Under the lock: the file answers that element, of the request that is open. Raises GesteRefuse."""
    demande = demande_a_temps(actuel)
    if element.demande_id != demande.pk or element.objet != Objet.PIECE:
        raise GesteRefuse("Cet élément ne demande pas de fichier\u00a0: seul ce qui est demandé s’ajoute.")
    if piece.element_id != element.pk:
        raise GesteRefuse("Ce fichier est déjà dans votre dossier\u00a0: joignez celui qui est demandé.")


@transaction.atomic
def retirer_complement(*, piece: Piece, par: Utilisateur) -> Piece:
    """Withdraw a file joined to the open request; what was filed, or already sent, stays."""
    actuel = verrouiller(piece.dossier)
    exiger(etats.COMPLETER, actuel, par)
    demande = demande_a_temps(actuel)
    if piece.element is None or piece.element.demande_id != demande.pk:
        raise GesteRefuse("Ce fichier est déjà déposé\u00a0: il ne se retire plus.")
    return retirer(piece=piece, par=par, geste=etats.COMPLETER)


@transaction.atomic
def repondre_complements(*, dossier: Dossier, par: Utilisateur) -> Complement:
    """Send the answer: sealed beside the filing, journaled, and the dossier goes back to the instructor.

    Raises GesteRefuse with every element that has no answer, and after the deadline.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.REPONDRE_COMPLEMENTS, actuel, par):
        return Complement.objects.get(demande=actuel.depot.demandes.latest("rang"))
    exiger(etats.REPONDRE_COMPLEMENTS, actuel, par)
    demande = demande_a_temps(actuel)
    elements = list(demande.elements.select_related("reponse"))
    examen = ExamenDeComplement.de(actuel, demande)
    manques = (
        *elements_sans_reponse(
            [(e.libelle, e.objet, est_repondu(e) or _est_corrige(e, examen)) for e in elements]
        ),
        *_produits_perimes(examen),
    )
    if manques:
        raise GesteRefuse(*manques)
    instant = timezone.now()
    contenu = (
        _contenu(actuel, demande, elements)
        | corrections_scellees(examen)
        | {
            "repondu_le": instant.isoformat(timespec="microseconds"),
            "repondu_par": {"nom": par.nom, "courriel": par.courriel},
        }
    )
    complement = Complement.objects.create(
        demande=demande,
        scelle=canonique.octets(contenu).decode("utf8"),
        empreinte=canonique.empreinte(contenu),
        le=instant,
        par=par,
    )
    finir(demande=demande, issue=Issue.REPONDUE, par=par)
    actuel.complements_avant = None
    actuel.repondre_complements()
    actuel.save()
    consigner(
        actuel, etats.REPONDRE_COMPLEMENTS.nom, par, demande=demande.rang, empreinte=complement.empreinte
    )
    avertir_ars(
        actuel,
        "complements_envoyes",
        par,
        occurrence=str(demande.pk),
        lien=reverse("dossiers:complements", args=[actuel.pk]),
    )
    return complement


def demande_a_temps(dossier: Dossier) -> DemandeDeComplements:
    """The open request, while an answer still counts: refused at the very instant of the deadline (C5)."""
    demande = demande_ouverte(dossier)
    if timezone.now() >= demande.echeance:
        raise GesteRefuse(
            f"L’échéance est passée depuis le {limite(demande.echeance, dossier.campagne.fuseau)}\u00a0: "
            "rien ne s’ajoute plus. L’ARS décidera de la suite."
        )
    return demande


def _est_corrige(element: ElementDemande, examen: ExamenDeComplement) -> bool:
    """A section asked for is answered by typing it again, as well as by a text."""
    return element.objet == Objet.SECTION and element.cle in examen.corrections


def _produits_perimes(examen: ExamenDeComplement) -> tuple[str, ...]:
    """Sentences on the documents written before the last correction: what is sealed says one thing only."""
    return tuple(
        f"«\u00a0{piece.nom}\u00a0»\u00a0: ce qu’il dit a été corrigé depuis, produisez-le de nouveau ou "
        "retirez-le."
        for piece in examen.pieces
        if examen.perimee(piece)
    )


def _contenu(
    dossier: Dossier, demande: DemandeDeComplements, elements: list[ElementDemande]
) -> dict[str, Any]:
    return {
        "numero": dossier.numero,
        "depot": dossier.depot.empreinte,
        "demande": demande.rang,
        "elements": [
            {
                "ordre": element.ordre,
                "objet": element.objet,
                "cle": element.cle,
                "libelle": element.libelle,
                "raison": element.raison,
                "texte": getattr(reponse_de(element), "texte", ""),
                "pieces": [
                    {"nom": p.nom, "taille": p.taille, "sha256": p.sha256, "source": p.source}
                    for p in element.pieces.filter(retiree_le__isnull=True)
                ],
            }
            for element in elements
        ],
    }
