"""Filing: one short transaction that seals, numbers, receipts and journals, or changes nothing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle import canonique
from grappes.models import Campagne, ImportFiness
from instruction import etats
from instruction.actions.avertir import avertir_du_depot
from instruction.actions.certification import (
    MANQUE,
    PERIMEE,
    certification_en_vigueur,
    est_representant,
    sceller_la_certification,
)
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.models import AccuseDeReception, Certification, Depot, Dossier
from instruction.requetes import Examen
from instruction.requetes_grappe import grappe_scellee
from instruction.taches import produire_accuse


@transaction.atomic
def deposer(
    *, dossier: Dossier, par: Utilisateur, certifie: bool = False, recu_le: datetime | None = None
) -> Depot:
    """File the dossier. A double click or a replay by the same person gives the same receipt.

    The représentant légal has certified exactly this content, or does it now with `certifie`. `recu_le` is
    the instant when the portal received the request: waiting for others on the last evening costs nobody
    the deadline.

    Raises GesteRefuse with every missing thing in a sentence (window, counter, blocking checks, texts,
    pieces, certification): the draft is kept as it is. Raises EtatDepasse when it was already filed by
    someone else, PermissionDenied without the role.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.DEPOSER, actuel, par):
        return actuel.depot
    exiger(etats.DEPOSER, actuel, par)
    examen = Examen(actuel, recu_le or timezone.now())
    if examen.manques:
        raise GesteRefuse(*(manque.phrase for manque in examen.manques))
    certification = _certification(examen, par, certifie=certifie)
    finess_le = _date_du_finess()
    contenu = contenu_scelle(examen, par, certification, finess_le)
    # Other filings wait for this row: everything long is done before.
    actuel.numero = actuel.numero or _numero_suivant(actuel.campagne)
    actuel.depose_le, actuel.depose_par = examen.instant, par
    actuel.montant = examen.resultat.financement.total
    actuel.nombre_essms = len(examen.resultat.projet.essms)
    depot = _sceller(examen, {**contenu, "numero": actuel.numero}, finess_le)
    actuel.depot_courant = depot
    actuel.deposer()
    actuel.save()
    _accuser(depot, examen.instant)
    consigner(
        actuel,
        etats.DEPOSER.nom,
        par,
        empreinte=depot.empreinte,
        rang=depot.rang,
        version_regles=depot.version_regles,
    )
    avertir_du_depot(actuel, par, rang=depot.rang)
    return depot


def _certification(examen: Examen, par: Utilisateur, *, certifie: bool) -> Certification:
    """The one in force, or the one that `par` gives while filing. Raises GesteRefuse without any."""
    if certifie and est_representant(examen.dossier, par):
        return sceller_la_certification(examen, par)[0]
    en_vigueur = certification_en_vigueur(examen)
    if en_vigueur is None:
        raise GesteRefuse(PERIMEE if examen.dossier.certifications.exists() else MANQUE)
    return en_vigueur


def _accuser(depot: Depot, instant: datetime) -> None:
    """The receipt, written with the filing; its PDF comes from a task deposited with it."""
    dossier, campagne = depot.dossier, depot.dossier.campagne
    accuse = AccuseDeReception.objects.create(
        depot=depot,
        numero=dossier.numero or "",
        emis_le=instant,
        service=campagne.service,
        courriel=campagne.courriel,
    )
    produire_accuse.defer(accuse=accuse.pk)


def _numero_suivant(campagne: Campagne) -> str:
    """Next number of the campagne, without hole nor double: its row is locked until the end of the filing."""
    verrouillee = Campagne.objects.select_for_update().get(pk=campagne.pk)
    verrouillee.dernier_numero += 1
    verrouillee.save(update_fields=["dernier_numero"])
    return f"{verrouillee.sigle}-{verrouillee.dernier_numero:04d}"


def _sceller(examen: Examen, contenu: dict[str, Any], finess_le: date | None) -> Depot:
    return Depot.objects.create(
        dossier=examen.dossier,
        rang=examen.dossier.depots.count() + 1,
        scelle=canonique.octets(contenu).decode("utf8"),
        empreinte=canonique.empreinte(contenu),
        version_regles=examen.edition.version,
        finess_le=finess_le,
    )


def contenu_scelle(
    examen: Examen, par: Utilisateur, certification: Certification, finess_le: date | None
) -> dict[str, Any]:
    """Everything the decision will rest on, in JSON: no other place needs to be read to replay it.

    All but the number, which is given last.
    """
    dossier = examen.dossier
    return {
        "campagne": dossier.campagne.valeurs(),
        "depose_le": _iso(examen.instant),
        "depose_par": {"nom": par.nom, "courriel": par.courriel},
        "certification": {
            "nom": certification.par.nom,
            "qualite": certification.qualite,
            "le": _iso(certification.le),
            "empreinte": certification.empreinte,
        },
        "porteur": {"finess_ej": dossier.organisme, "nom": dossier.nom_porteur},
        "grappe": grappe_scellee(dossier.grappe),
        "candidature": examen.candidature(),
        "pieces": [
            {"code": p.code, "nom": p.nom, "taille": p.taille, "sha256": p.sha256} for p in examen.pieces
        ],
        "pieces_demandees": [
            {
                "code": etat.demandee.piece.regle,
                "libelle": etat.demandee.piece.libelle,
                "obligatoire": etat.demandee.obligatoire,
                "explication": etat.demandee.explication,
                "nombre": etat.nombre,
            }
            for etat in examen.etats_des_pieces
        ],
        "entree": examen.entree,
        "entree_complete": examen.resultat.entree_complete(),
        "registre": examen.resultat.registre(),
        "essms": [
            {"finess_et": e.finess_et, "nom": e.nom, "finess_ej": e.finess_ej, "region": e.region}
            for e in examen.resultat.projet.essms
        ],
        "resultat": examen.resultat.en_json(),
        "finess_le": finess_le.isoformat() if finess_le else None,
    }


def _date_du_finess() -> date | None:
    dernier = ImportFiness.objects.order_by("-date_fichier").values_list("date_fichier", flat=True)
    return dernier.first()


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds")
