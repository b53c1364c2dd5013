"""Filing: one short transaction that seals, numbers, receipts and journals, or changes nothing."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire_a_la_suite, tenir_la_fin
from esms.socle import canonique
from grappes.models import Campagne, ImportFiness
from instruction import etats
from instruction.actions.certification import (
    MANQUE,
    PERIMEE,
    certification_en_vigueur,
    est_representant,
    sceller_la_certification,
    trace_de,
)
from instruction.actions.garde import GesteRefuse, exiger, rejoue, verrouiller
from instruction.models import AccuseDeReception, Certification, Depot, Dossier
from instruction.requetes import Examen
from instruction.requetes_grappe import grappe_scellee
from instruction.taches import annoncer_depot, produire_accuse

# What a filing changes in the row of its dossier.
CHANGES = ("etat", "numero", "depose_le", "depose_par", "montant", "nombre_essms", "depot_courant")


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
    _planifier_une_fois()
    actuel = verrouiller(dossier)
    if rejoue(etats.DEPOSER, actuel, par):
        return actuel.depot
    exiger(etats.DEPOSER, actuel, par)
    prefetch_related_objects([actuel.grappe], "essms")
    examen = Examen(actuel, recu_le or timezone.now())
    if examen.manques:
        raise GesteRefuse(*(manque.phrase for manque in examen.manques))
    certification, nouvelle = _certification(examen, par, certifie=certifie)
    traces = [(etats.CERTIFIER.nom, {**actuel.valeurs(), **trace_de(certification)})] if nouvelle else []
    finess_le, rang = _date_du_finess(), _rang(actuel)
    contenu = contenu_scelle(examen, par, certification, finess_le)
    fin = tenir_la_fin(actuel.chaine)
    # Other filings of the campagne wait from here on: what is read or computed was, only rows are written.
    actuel.numero = actuel.numero or _numero_suivant(actuel.campagne)
    depot = _sceller(examen, {**contenu, "numero": actuel.numero}, finess_le, rang)
    _faire_avancer(actuel, depot, examen, par)
    _accuser(depot, examen.instant)
    trace = {"empreinte": depot.empreinte, "rang": rang, "version_regles": depot.version_regles}
    traces.append((etats.DEPOSER.nom, {**actuel.valeurs(), **trace}))
    inscrire_a_la_suite(fin, traces, par=par)
    return depot


def _certification(examen: Examen, par: Utilisateur, *, certifie: bool) -> tuple[Certification, bool]:
    """The one in force, or the one that `par` gives while filing (True). Raises GesteRefuse without any."""
    if certifie and est_representant(examen.dossier, par):
        return sceller_la_certification(examen=examen, par=par)
    en_vigueur = certification_en_vigueur(examen)
    if en_vigueur is None:
        raise GesteRefuse(PERIMEE if examen.dossier.certifications.exists() else MANQUE)
    return en_vigueur, False


def _planifier_une_fois() -> None:
    """Until the end of the transaction, statements keep their plan: each goes by a key, whatever the key."""
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL plan_cache_mode = auto")


def _rang(dossier: Dossier) -> int:
    """Of the filing to come; a dossier that was never given a number was never filed."""
    return dossier.depots.count() + 1 if dossier.numero else 1


def _faire_avancer(dossier: Dossier, depot: Depot, examen: Examen, par: Utilisateur) -> None:
    """The dossier is filed, with what its list shows of it."""
    dossier.depose_le, dossier.depose_par = examen.instant, par
    dossier.montant = examen.resultat.financement.total
    dossier.nombre_essms = len(examen.resultat.projet.essms)
    dossier.depot_courant = depot
    dossier.deposer()
    dossier.save(update_fields=CHANGES)


def _accuser(depot: Depot, instant: datetime) -> None:
    """The receipt, written with the filing; its PDF and the letters come from tasks deposited with it."""
    dossier, campagne = depot.dossier, depot.dossier.campagne
    accuse = AccuseDeReception.objects.create(
        depot=depot,
        numero=dossier.numero or "",
        emis_le=instant,
        service=campagne.service,
        courriel=campagne.courriel,
    )
    produire_accuse.defer(accuse=accuse.pk)
    annoncer_depot.defer(depot=depot.pk)


def _numero_suivant(campagne: Campagne) -> str:
    """Next number of the campagne, without hole nor double: its row is locked until the end of the filing."""
    with connection.cursor() as curseur:
        curseur.execute(
            "UPDATE grappes_campagne SET dernier_numero = dernier_numero + 1 WHERE id = %s"
            " RETURNING dernier_numero",
            [campagne.pk],
        )
        (dernier,) = curseur.fetchone()
    return f"{campagne.sigle}-{dernier:04d}"


def _sceller(examen: Examen, contenu: dict[str, Any], finess_le: date | None, rang: int) -> Depot:
    scelle = canonique.octets(contenu)
    return Depot.objects.create(
        dossier=examen.dossier,
        rang=rang,
        scelle=scelle.decode("utf8"),
        empreinte=sha256(scelle).hexdigest(),
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
