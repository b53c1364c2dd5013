"""Documents that repeat what is typed: the portal writes them and joins them, nothing is asked again."""

import io

from django.utils import timezone

from esms.comptes.models import Utilisateur
from instruction import etats
from instruction.actions.garde import GesteRefuse, exiger
from instruction.actions.piece import joindre
from instruction.documents.modeles import PRODUIT_PAR_PIECE
from instruction.models import Dossier, Piece
from instruction.requetes import Examen
from instruction.requetes_produits import produits_de


def produire(*, dossier: Dossier, code: str, par: Utilisateur) -> Piece:
    """Write the document `code` from what is typed now and join it; the one it replaces is kept, withdrawn.

    The same answers twice give the file already there. Answers saved meanwhile make it out of date at once:
    it does not count, and the page says so. Raises KeyError for a document that the portal does not write or
    that this project need not bring, GesteRefuse with what must be typed first.
    """
    exiger(etats.MODIFIER, dossier, par)
    return _joindre(Examen(dossier, timezone.now()), code, par)


def tout_produire(*, dossier: Dossier, par: Utilisateur) -> list[Piece]:
    """The same for each document that is missing and can be written; empty when there is none."""
    exiger(etats.MODIFIER, dossier, par)
    examen = Examen(dossier, timezone.now())
    attendus = [p.code for p in produits_de(examen).values() if p.joignable and p.manque]
    return [_joindre(examen, code, par) for code in attendus]


def _joindre(examen: Examen, code: str, par: Utilisateur) -> Piece:
    produit, modele = produits_de(examen)[code], PRODUIT_PAR_PIECE[code]
    if produit.a_completer:
        raise GesteRefuse(*(phrase for cle in produit.a_completer for phrase in examen.manques_de(cle)))
    if produit.hors_saisie:
        raise GesteRefuse(
            "Le portail ne demande pas tout ce que ce document doit dire\u00a0: joignez un fichier."
        )
    empreinte = examen.empreinte_de(code)
    presente = next((p for p in examen.pieces if (p.code, p.source) == (code, empreinte)), None)
    if presente is not None:  # nothing has changed: no need to print it again
        return presente
    return joindre(
        dossier=examen.dossier,
        code=code,
        nom=modele.nom,
        fichier=io.BytesIO(modele.ecrire(examen)),
        par=par,
        source=empreinte,
    )
