"""The balance: asked for with measures and proofs, rejected with a motive, or paid (F8, OCC §4.5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle.rangement import rangement
from financement.actions.versement import enregistrer_solde
from financement.bareme.cibles import Mesure
from financement.models import Versement
from instruction import etats
from instruction.actions.avertir import avertir_ars, avertir_porteur
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.actions.piece import decrire, ecrire
from instruction.models import DemandeDeSolde, Dossier, IssueSolde, MesureDeSolde, Piece
from instruction.regles.solde import Comptage, evaluer
from instruction.requetes_solde import indicateurs_de

# Codes under which the files of a request are kept, apart from the catalogue of the filing (P1 to P11).
CODE_RECAPITULATIF = "SOLDE"


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file sent, and what it was called."""

    nom: str
    contenu: BinaryIO


def demander_solde(
    *,
    dossier: Dossier,
    mesuree_le: date,
    comptages: Mapping[str, Comptage],
    preuves: Mapping[str, Fichier],
    recapitulatif: Fichier | None,
    par: Utilisateur,
) -> DemandeDeSolde:
    """Ask for the balance: what was counted for each target that opens it, its proof, the expenses.

    The targets are those of the frozen plan. Raises GesteRefuse with a sentence for each measure missing or
    under its target, each proof missing, the statement missing, a date in the future; FichierRefuse.
    Files are read and stored before the dossier is locked; those of a refused request do not stay.
    """
    envoyes = {**preuves, **({CODE_RECAPITULATIF: recapitulatif} if recapitulatif else {})}
    pieces = {
        code: decrire(dossier=dossier, code=code, nom=envoye.nom, fichier=envoye.contenu, par=par)
        for code, envoye in envoyes.items()
    }
    with rangement() as etagere:
        for code, piece in pieces.items():
            etagere.ranger(piece.fichier, piece.nom, envoyes[code].contenu)
        return _demander(dossier, mesuree_le, comptages, pieces, par)


@transaction.atomic
def _demander(
    dossier: Dossier,
    mesuree_le: date,
    comptages: Mapping[str, Comptage],
    pieces: Mapping[str, Piece],
    par: Utilisateur,
) -> DemandeDeSolde:
    """Under the lock: refuse with everything wrong at once, or write it all. `pieces` are stored already."""
    actuel = verrouiller(dossier)
    if rejoue(etats.DEMANDER_SOLDE, actuel, par):
        return actuel.demandes_de_solde.get(issue="")
    exiger(etats.DEMANDER_SOLDE, actuel, par)
    indicateurs = indicateurs_de(actuel)
    mesures, objections = evaluer(indicateurs, comptages)
    phrases = [
        *objections,
        *(f"{i.libelle} ({i.regle})\u00a0: joignez la preuve." for i in indicateurs if i.regle not in pieces),
    ]
    if mesuree_le > timezone.localdate(timezone=ZoneInfo(actuel.campagne.fuseau)):
        phrases.append("La date de la mesure est dans le futur.")
    if CODE_RECAPITULATIF not in pieces:
        phrases.append("Joignez l’état récapitulatif des dépenses, visé (règle F8).")
    if phrases:
        raise GesteRefuse(*phrases)
    demande = DemandeDeSolde.objects.create(
        dossier=actuel,
        rang=actuel.demandes_de_solde.count() + 1,
        mesuree_le=mesuree_le,
        etat_recapitulatif=_joindre(actuel, pieces[CODE_RECAPITULATIF], par),
        le=timezone.now(),
        par=par,
    )
    _ecrire_les_mesures(demande, mesures, comptages, pieces, par)
    actuel.demander_solde()
    actuel.save()
    consigner(
        actuel,
        etats.DEMANDER_SOLDE.nom,
        par,
        demande=demande.rang,
        mesuree_le=mesuree_le.isoformat(),
        mesures={mesure.regle: mesure.explication for mesure in mesures},
        recapitulatif=demande.etat_recapitulatif.sha256,
    )
    avertir_ars(actuel, "solde_demande", par, occurrence=str(demande.pk), lien=_page(actuel))
    return demande


@transaction.atomic
def rejeter_solde(*, dossier: Dossier, motif: str, par: Utilisateur) -> DemandeDeSolde:
    """Reject the request, with a motive (GesteRefuse without one): the porteur may ask again."""
    actuel = verrouiller(dossier)
    if rejoue(etats.REJETER_SOLDE, actuel, par):
        return actuel.demandes_de_solde.latest("rang")
    exiger(etats.REJETER_SOLDE, actuel, par)
    if not motif.strip():
        raise GesteRefuse("Un rejet est motivé\u00a0: écrivez le motif que lira le porteur.")
    demande = actuel.demandes_de_solde.get(issue="")
    _finir(demande, IssueSolde.REJETE, par, motif.strip())
    actuel.rejeter_solde()
    actuel.save()
    consigner(actuel, etats.REJETER_SOLDE.nom, par, demande=demande.rang, motif=demande.motif)
    avertir_porteur(actuel, "solde_rejete", par, occurrence=str(demande.pk), lien=_page(actuel))
    return demande


@transaction.atomic
def solder(*, dossier: Dossier, le: date, reference: str, par: Utilisateur) -> Versement:
    """Record the balance paid on `le` under `reference`; its amount is what the plan leaves (F8).

    Raises GesteRefuse for a date before the request or in the future, an empty reference, and beyond the
    grant, which the database refuses as well.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.SOLDER, actuel, par):
        return actuel.grappe.convention.versements.latest("rang")
    exiger(etats.SOLDER, actuel, par)
    demande = actuel.demandes_de_solde.get(issue="")
    versement = enregistrer_solde(
        convention=actuel.grappe.convention,
        le=le,
        reference=reference,
        demande_le=timezone.localdate(demande.le, ZoneInfo(actuel.campagne.fuseau)),
        par=par,
    )
    _finir(demande, IssueSolde.VERSE, par)
    actuel.solder()
    actuel.save()
    consigner(
        actuel,
        etats.SOLDER.nom,
        par,
        demande=demande.rang,
        montant=str(versement.montant),
        reference=versement.reference,
    )
    avertir_porteur(actuel, "versement", par, occurrence=f"{versement.pk}", lien=_page(actuel))
    return versement


def _page(dossier: Dossier) -> str:
    return reverse("dossiers:solde", args=[dossier.pk])


def _joindre(dossier: Dossier, piece: Piece, par: Utilisateur) -> Piece:
    piece.dossier = dossier
    return ecrire(piece=piece, par=par)


def _ecrire_les_mesures(
    demande: DemandeDeSolde,
    mesures: tuple[Mesure, ...],
    comptages: Mapping[str, Comptage],
    pieces: Mapping[str, Piece],
    par: Utilisateur,
) -> None:
    MesureDeSolde.objects.bulk_create(
        MesureDeSolde(
            demande=demande,
            regle=mesure.regle,
            numerateur=comptages[mesure.regle].numerateur or 0,
            denominateur=comptages[mesure.regle].denominateur or 0,
            retranches=comptages[mesure.regle].retranches,
            atteinte=mesure.atteinte,
            explication=mesure.explication,
            preuve=_joindre(demande.dossier, pieces[mesure.regle], par),
        )
        for mesure in mesures
    )


def _finir(demande: DemandeDeSolde, issue: IssueSolde, par: Utilisateur, motif: str = "") -> None:
    demande.issue, demande.motif = issue, motif
    demande.finie_le, demande.finie_par = timezone.now(), par
    demande.save(update_fields=["issue", "motif", "finie_le", "finie_par"])
