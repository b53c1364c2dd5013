"""Answering a request for complements with what the portal writes: typed again, then written and joined.

Nothing of the filing changes: a correction stands beside it, and is sealed with the answer.
"""

import io
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import GesteRefuse, VersionDepassee, consigner, exiger, verrouiller
from instruction.actions.heures import CODE as HEURES
from instruction.actions.heures import NOM as NOM_DES_HEURES
from instruction.actions.reponse import demande_a_temps, joindre_complement
from instruction.documents.heures import Certification, declaration_pdf
from instruction.documents.modeles import PRODUIT_PAR_PIECE
from instruction.models import Correction, Dossier, ElementDemande, Piece
from instruction.requetes_corrections import ExamenDeComplement
from instruction.requetes_produits import produits_de


@transaction.atomic
def corriger(
    *, dossier: Dossier, cle: str, contenu: Mapping[str, Any], version: int, par: Utilisateur
) -> Correction | None:
    """Type again what was filed under `cle`, over `version` of this answer (0: never saved).

    Saving what is already read changes nothing; saving what was filed withdraws the correction. None while
    nothing was ever corrected. Raises GesteRefuse after the deadline and for what the request does not open,
    VersionDepassee when somebody saved meanwhile.
    """
    actuel = verrouiller(dossier)
    exiger(etats.COMPLETER, actuel, par)
    demande = demande_a_temps(actuel)
    examen = ExamenDeComplement.de(actuel, demande)
    if cle not in examen.corrigeables:
        raise GesteRefuse("Cette partie n’est pas demandée\u00a0: seul ce qui est demandé se corrige.")
    correction = demande.corrections.filter(cle=cle).first()
    if dict(contenu) == (correction.contenu if correction else examen.depose(cle)):
        return correction
    correction = correction or Correction(demande=demande, cle=cle)
    if correction.version != version:
        raise VersionDepassee
    correction.contenu, correction.version = dict(contenu), version + 1
    correction.le, correction.par = timezone.now(), par
    correction.save()
    consigner(actuel, "corriger_pour_complement", par, demande=demande.rang, section=cle, version=version + 1)
    return correction


def produire_complement(*, element: ElementDemande, par: Utilisateur) -> Piece:
    """Write the document that `element` asks for from the filing and its corrections, and join it.

    The one written before for this element is withdrawn and kept; the same corrections twice give the one
    already there. Raises KeyError for a document that the portal does not write or that this project need
    not bring, GesteRefuse with what must be typed first and after the deadline.
    """
    examen = _examen(element, par)
    produit, modele = produits_de(examen)[element.cle], PRODUIT_PAR_PIECE[element.cle]
    if produit.a_completer:
        raise GesteRefuse(*(phrase for cle in produit.a_completer for phrase in examen.manques_de(cle)))
    if produit.hors_saisie:
        raise GesteRefuse(
            "Le portail ne demande pas tout ce que ce document doit dire\u00a0: joignez un fichier."
        )
    return _joindre(examen, element, modele.nom, modele.ecrire, par)


def certifier_heures_complement(*, element: ElementDemande, par: Utilisateur) -> Piece:
    """Write P5 from the hours filed, or corrected, certified by `par` now, and join it to `element`.

    Raises as `certifier_les_heures` does, and GesteRefuse after the deadline.
    """
    examen = _examen(element, par)
    if element.cle != HEURES:
        raise GesteRefuse("Cet élément ne demande pas la déclaration des heures.")
    if not droits_de(par).permet(etats.REPONDRE_COMPLEMENTS, examen.dossier):
        raise PermissionDenied(HEURES)
    if not examen.heures_declarees.completes:
        raise GesteRefuse(
            *(
                examen.heures_declarees.manques
                or ("Aucun service d’aide à domicile ne figure dans le projet.",)
            )
        )
    certification = Certification(par, timezone.now())
    return _joindre(
        examen, element, NOM_DES_HEURES, lambda examen: declaration_pdf(examen, certification), par
    )


def _examen(element: ElementDemande, par: Utilisateur) -> ExamenDeComplement:
    """What the document would be made from, for who may answer. Refused as well under the lock, later."""
    dossier = Dossier.objects.select_related("campagne", "grappe__campagne").get(
        pk=element.demande.depot.dossier_id
    )
    exiger(etats.COMPLETER, dossier, par)
    return ExamenDeComplement.de(dossier, demande_a_temps(dossier))


def _joindre(
    examen: ExamenDeComplement, element: ElementDemande, nom: str, ecrire: Any, par: Utilisateur
) -> Piece:
    empreinte = examen.empreinte_de(element.cle)
    presente = next((p for p in examen.pieces if (p.element_id, p.source) == (element.pk, empreinte)), None)
    if presente is not None:  # nothing has changed: no need to print it again
        return presente
    return joindre_complement(
        element=element, nom=nom, fichier=io.BytesIO(ecrire(examen)), par=par, source=empreinte
    )
