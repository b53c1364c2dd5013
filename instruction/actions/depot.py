"""Filing: one short transaction that seals, numbers, receipts and journals, or changes nothing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle import canonique
from grappes.models import Campagne, ImportFiness
from instruction import etats
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.models import AccuseDeReception, Depot, Dossier
from instruction.requetes import Examen


@transaction.atomic
def deposer(*, dossier: Dossier, par: Utilisateur) -> Depot:
    """File the dossier now. A double click or a replay by the same person gives the same receipt.

    Raises GesteRefuse with every missing thing in a sentence (window, counter, blocking checks, texts,
    pieces): the draft is
    kept as it is. Raises EtatDepasse when it was already filed by someone else, PermissionDenied without
    the role.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.DEPOSER, actuel, par):
        return actuel.depot
    exiger(etats.DEPOSER, actuel, par)
    instant = timezone.now()
    examen = Examen(actuel, instant)
    if examen.manques:
        raise GesteRefuse(*(manque.phrase for manque in examen.manques))
    finess_le = _date_du_finess()
    contenu = contenu_scelle(examen, par, finess_le)
    # Other filings wait for this row: everything long is done before.
    actuel.numero = actuel.numero or _numero_suivant(actuel.campagne)
    actuel.depose_le, actuel.depose_par = instant, par
    actuel.montant = examen.resultat.financement.total
    actuel.nombre_essms = len(examen.resultat.projet.essms)
    depot = _sceller(examen, {**contenu, "numero": actuel.numero}, finess_le)
    actuel.depot_courant = depot
    actuel.deposer()
    actuel.save()
    campagne = actuel.campagne
    AccuseDeReception.objects.create(
        depot=depot,
        numero=actuel.numero,
        emis_le=instant,
        service=campagne.service,
        courriel=campagne.courriel,
    )
    consigner(
        actuel,
        etats.DEPOSER.nom,
        par,
        empreinte=depot.empreinte,
        rang=depot.rang,
        version_regles=depot.version_regles,
    )
    return depot


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


def contenu_scelle(examen: Examen, par: Utilisateur, finess_le: date | None) -> dict[str, Any]:
    """Everything the decision will rest on, in JSON: no other place needs to be read to replay it.

    All but the number, which is given last.
    """
    dossier = examen.dossier
    return {
        "campagne": dossier.campagne.valeurs(),
        "depose_le": _iso(examen.instant),
        "depose_par": {"nom": par.nom, "courriel": par.courriel},
        "porteur": {"finess_ej": dossier.organisme, "nom": dossier.nom_porteur},
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
