"""P5 on the portal: the declaration of hours that the porteur certifies instead of signing it on paper."""

import io

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from esms.comptes.models import Utilisateur
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import GesteRefuse, exiger
from instruction.actions.piece import joindre
from instruction.documents.heures import Certification, declaration_pdf
from instruction.models import Dossier, Piece
from instruction.requetes import Examen

CODE = "P5"
NOM = "P5-declaration-des-heures.pdf"


def peut_certifier_les_heures(dossier: Dossier, par: Utilisateur) -> bool:
    """Who may file may certify: the others have the declaration signed, then join it."""
    return droits_de(par).permet(etats.DEPOSER, dossier)


def certifier_les_heures(*, dossier: Dossier, par: Utilisateur) -> Piece:
    """Write the declaration from the hours typed, certified by `par` now, and join it as P5.

    The one it replaces is withdrawn and kept. Twice for the same hours gives the one already there; hours
    that change afterwards make it out of date: it no longer counts. Raises GesteRefuse with what is missing,
    PermissionDenied for who may not file.
    """
    exiger(etats.MODIFIER, dossier, par)
    if not peut_certifier_les_heures(dossier, par):
        raise PermissionDenied(CODE)
    le = timezone.now()
    examen = Examen(dossier, le)
    declarees = examen.heures_declarees
    if not declarees.completes:
        raise GesteRefuse(
            *(declarees.manques or ("Aucun service d’aide à domicile ne figure dans le projet.",))
        )
    octets = declaration_pdf(examen, Certification(par, le))
    return joindre(
        dossier=dossier, code=CODE, nom=NOM, fichier=io.BytesIO(octets), par=par, source=declarees.empreinte
    )
