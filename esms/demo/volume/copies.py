"""Copies of filed dossiers, in bulk. Not a gesture of the portal: nobody filed them, they are for measures.

What the database guards is kept (states one step at a time, chained journal, unique seals), so that the pages
read them as they would real ones. The files of the pieces are those of the dossier copied.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, models, transaction

from esms.comptes.models import Utilisateur
from esms.demo.volume import alentours
from esms.journal.chaine import sceller
from esms.journal.models import Entree
from esms.socle import canonique
from grappes.models import Campagne, EssmsDeGrappe, Grappe
from grappes.requetes_campagnes import edition_de
from instruction.etats import Etat
from instruction.models import (
    AccuseDeReception,
    Decision,
    Depot,
    Dossier,
    Nature,
    Note,
    Piece,
    Section,
    Sens,
)
from instruction.regles.decision import RECOURS

M = TypeVar("M", bound=models.Model)

LOT = 250
JOURS = 30
PART_DE_L_INSTRUCTEUR = 20
# Where twenty copies in a row stop, in the shares of a campagne under examination, spread so that every page
# of a list holds all of them.
REPARTITION = (
    *(Etat.DEPOSE, Etat.EN_INSTRUCTION, Etat.RECEVABLE, Etat.RECEVABILITE, Etat.INSTRUIT),
    *(Etat.BROUILLON, Etat.EN_INSTRUCTION, Etat.IRRECEVABLE, Etat.DEPOSE, Etat.COMPLEMENTS_DEMANDES),
    *(Etat.BROUILLON, Etat.DEPOSE, Etat.EN_INSTRUCTION, Etat.INELIGIBLE, Etat.INSTRUIT),
    *(Etat.BROUILLON, Etat.EN_INSTRUCTION, Etat.RECEVABLE, Etat.EN_INSTRUCTION, Etat.DEPOSE),
)
CHEMIN = (Etat.RECEVABLE, Etat.EN_INSTRUCTION, Etat.INSTRUIT)
ECARTES = {Etat.IRRECEVABLE: Sens.IRRECEVABLE, Etat.INELIGIBLE: Sens.INELIGIBLE}
SANS_DECISION = {Etat.DEPOSE, Etat.RECEVABILITE, Etat.COMPLEMENTS_DEMANDES}
OUVERTS = (*CHEMIN, *ECARTES, Etat.RECEVABILITE, Etat.COMPLEMENTS_DEMANDES)
_DEPOSER = """
UPDATE instruction_dossier
SET etat = 'depose', numero = %s, depose_le = %s, depose_par_id = %s, instructeur_id = %s,
    depot_courant_id = %s
WHERE id = %s
"""


@dataclass(frozen=True)
class Patron:
    """A filed dossier, read once, with every row that a copy needs."""

    dossier: Dossier
    essms: Sequence[EssmsDeGrappe]
    sections: Sequence[Section]
    pieces: Sequence[Piece]
    contenu: dict[str, Any]
    entrees: Sequence[Entree]


@dataclass(frozen=True)
class Copie:
    """A copy to be written: its dossier is a draft until `etat` is reached step by step."""

    patron: Patron
    dossier: Dossier
    etat: Etat
    numero: str
    le: datetime


def lire(dossier: Dossier) -> Patron:
    """Read a filed dossier in full."""
    return Patron(
        dossier=dossier,
        essms=list(dossier.grappe.essms.all()),
        sections=list(dossier.sections.all()),
        pieces=list(dossier.pieces.all()),
        contenu=dossier.depot.contenu,
        entrees=list(Entree.objects.filter(chaine=dossier.chaine).order_by("rang")),
    )


@transaction.atomic
def copier(
    patrons: Sequence[Patron],
    *,
    nombre: int,
    au: datetime,
    par: Utilisateur,
    repartition: Sequence[Etat] = REPARTITION,
) -> None:
    """Write `nombre` copies, dated over the thirty days before `au`; one in twenty is `par`'s.

    They stop at the states of `repartition`, in turn.
    """
    campagne = Campagne.objects.select_for_update().get(pk=patrons[0].dossier.campagne_id)
    premier = campagne.dernier_numero + 1
    for debut in range(0, nombre, LOT):
        rangs = range(debut, min(debut + LOT, nombre))
        copies = _brouillons(patrons, rangs, campagne, premier, au, repartition)
        _ecrire_contenus(copies)
        _faire_avancer([c for c in copies if c.etat != Etat.BROUILLON], campagne, par)
    campagne.dernier_numero += nombre
    campagne.save(update_fields=["dernier_numero"])


def _brouillons(
    patrons: Sequence[Patron],
    rangs: range,
    campagne: Campagne,
    premier: int,
    au: datetime,
    repartition: Sequence[Etat],
) -> list[Copie]:
    choisis = [patrons[rang % len(patrons)] for rang in rangs]
    grappes = Grappe.objects.bulk_create(_sans_pk(patron.dossier.grappe) for patron in choisis)
    copies = []
    for rang, patron, grappe in zip(rangs, choisis, grappes, strict=True):
        le = au - timedelta(days=rang % JOURS, minutes=rang)
        dossier = Dossier(
            pk=uuid.uuid4(),
            campagne=campagne,
            grappe=grappe,
            simulation_id=patron.dossier.simulation_id,
            organisme=patron.dossier.organisme,
            nom_porteur=patron.dossier.nom_porteur,
            nombre_essms=patron.dossier.nombre_essms,
            montant=patron.dossier.montant,
            cree_le=le,
            cree_par_id=patron.dossier.cree_par_id,
        )
        numero = f"{campagne.sigle}-{premier + rang:04d}"
        copies.append(Copie(patron, dossier, repartition[rang % len(repartition)], numero, le))
    Dossier.objects.bulk_create(copie.dossier for copie in copies)
    return copies


def _ecrire_contenus(copies: Sequence[Copie]) -> None:
    EssmsDeGrappe.objects.bulk_create(
        _sans_pk(essms, grappe_id=copie.dossier.grappe_id) for copie in copies for essms in copie.patron.essms
    )
    Section.objects.bulk_create(
        _sans_pk(section, dossier_id=copie.dossier.pk)
        for copie in copies
        for section in copie.patron.sections
    )
    Piece.objects.bulk_create(
        _sans_pk(piece, pk=uuid.uuid4(), dossier_id=copie.dossier.pk)
        for copie in copies
        for piece in copie.patron.pieces
    )
    Entree.objects.bulk_create(entree for copie in copies for entree in _chaine(copie))


def _faire_avancer(copies: Sequence[Copie], campagne: Campagne, par: Utilisateur) -> None:
    """File them, then move each to its state, one step at a time as the database demands."""
    depots = Depot.objects.bulk_create(_depot(copie) for copie in copies)
    with connection.cursor() as curseur:
        curseur.executemany(
            _DEPOSER,
            [
                (
                    c.numero,
                    c.le,
                    c.dossier.cree_par_id,
                    None if rang % PART_DE_L_INSTRUCTEUR else par.pk,
                    depot.pk,
                    c.dossier.pk,
                )
                for rang, (c, depot) in enumerate(zip(copies, depots, strict=True))
            ],
        )
    AccuseDeReception.objects.bulk_create(
        AccuseDeReception(
            depot=depot, numero=c.numero, emis_le=c.le, service=campagne.service, courriel=campagne.courriel
        )
        for c, depot in zip(copies, depots, strict=True)
    )
    _atteindre([c for c in copies if c.etat in OUVERTS], Etat.RECEVABILITE)
    for refus in ECARTES:
        _atteindre([c for c in copies if c.etat == refus], refus)
    poses = [
        alentours.Pose(c.dossier, depot, c.numero, c.le) for c, depot in zip(copies, depots, strict=True)
    ]
    demandes = [p for c, p in zip(copies, poses, strict=True) if c.etat == Etat.COMPLEMENTS_DEMANDES]
    alentours.demander_des_complements(demandes, par)
    for etape in CHEMIN:
        _atteindre([c for c in copies if c.etat in CHEMIN[CHEMIN.index(etape) :]], etape)
    Decision.objects.bulk_create(_decision(c, par) for c in copies if c.etat not in SANS_DECISION)
    alentours.ecrire_les_courriels(poses, campagne, par)
    alentours.ecrire_des_messages(poses)
    criteres = [critere.cle for critere in edition_de(campagne).grille.criteres]
    Note.objects.bulk_create(
        Note(dossier=c.dossier, critere=cle, points=1, justification="Mesures.", version=1, le=c.le, par=par)
        for c in copies
        if c.etat in {Etat.EN_INSTRUCTION, Etat.INSTRUIT}
        for cle in criteres
    )


def _atteindre(copies: Sequence[Copie], etat: Etat) -> None:
    Dossier.objects.filter(pk__in=[c.dossier.pk for c in copies]).update(etat=etat.value)


def _depot(copie: Copie) -> Depot:
    contenu = {**copie.patron.contenu, "numero": copie.numero, "depose_le": copie.le.isoformat()}
    return Depot(
        dossier=copie.dossier,
        scelle=canonique.octets(contenu).decode("utf8"),
        empreinte=canonique.empreinte(contenu),
        version_regles=copie.patron.dossier.depot.version_regles,
        finess_le=copie.patron.dossier.depot.finess_le,
    )


def _decision(copie: Copie, par: Utilisateur) -> Decision:
    refus = ECARTES.get(copie.etat)
    return Decision(
        dossier=copie.dossier,
        nature=Nature.RECEVABILITE,
        sens=refus or Sens.RECEVABLE,
        motif="Dossier incomplet." if refus else "",
        recours=RECOURS if refus else "",
        le=copie.le,
        par=par,
    )


def _chaine(copie: Copie) -> Iterator[Entree]:
    """The journal of the dossier copied, sealed again under its own name."""
    precedente = ""
    for modele in copie.patron.entrees:
        entree = _sans_pk(modele, chaine=copie.dossier.chaine, precedente=precedente, le=copie.le)
        precedente = entree.empreinte = sceller(entree)
        yield entree


def _sans_pk(modele: M, **champs: Any) -> M:
    """The same row, not written yet, with these columns changed."""
    valeurs = {
        champ.attname: getattr(modele, champ.attname)
        for champ in modele._meta.concrete_fields
        if not champ.primary_key
    }
    return type(modele)(**{**valeurs, **champs})
