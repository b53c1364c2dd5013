"""Erasing the drafts that were never filed, a year after their campagne, once their porteur was warned.

Rows and files go; the journal stays, with the instant and the number of files. What was filed is never erased
(`instruction.regles.conservation`): the database refuses it too.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from esms.comptes.models import Utilisateur
from esms.courriels.actions.oubli import oublier
from esms.journal.models import Entree
from esms.socle.dates import jour
from esms.socle.rangement import effacer
from grappes.models import Campagne
from instruction.actions.avertir import avertir_porteur
from instruction.actions.garde import consigner
from instruction.etats import Etat
from instruction.models import (
    Certification,
    Dossier,
    LectureDeMessage,
    Message,
    Piece,
    PieceDeMessage,
    Section,
    VersionDeSection,
)
from instruction.regles.conservation import annonce_due, effacement_annonce

ANNONCE, EFFACEMENT = "annoncer_l_effacement", "effacer_le_brouillon"


def brouillons_perimes(instant: datetime) -> list[UUID]:
    """Drafts never filed, of the campagnes whose drafts are to be warned of or erased."""
    demain = instant.date() + timedelta(days=1)  # no ARS is further ahead of UTC
    campagnes = [c.pk for c in Campagne.objects.order_by("pk") if annonce_due(c.fermeture, demain)]
    brouillons = Dossier.objects.filter(campagne__in=campagnes, etat=Etat.BROUILLON, numero=None)
    return list(brouillons.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def avancer_l_effacement(*, dossier: UUID, instant: datetime, par: Utilisateur | None) -> str:
    """Warn the porteur, or erase the draft, whichever is due: the name of what was done, or nothing.

    Played again, nobody is warned twice, and a draft already erased is left alone.
    """
    requete = Dossier.objects.select_for_update(of=("self",)).select_related("campagne")
    actuel = requete.filter(pk=dossier, etat=Etat.BROUILLON, numero=None).first()
    if actuel is None:
        return ""
    fermeture, ce_jour = actuel.campagne.fermeture, _jour(instant, actuel)
    annonce = Entree.objects.filter(chaine=actuel.chaine, geste=ANNONCE).order_by("rang").first()
    if annonce is None:
        return _annoncer(actuel, ce_jour, par) if annonce_due(fermeture, ce_jour) else ""
    if ce_jour < effacement_annonce(fermeture, _jour(annonce.le, actuel)):
        return ""
    return _effacer(actuel, par)


def _jour(instant: datetime, dossier: Dossier) -> date:
    return instant.astimezone(ZoneInfo(dossier.campagne.fuseau)).date()


def _annoncer(dossier: Dossier, ce_jour: date, par: Utilisateur | None) -> str:
    le = effacement_annonce(dossier.campagne.fermeture, ce_jour)
    avertir_porteur(dossier, "brouillon_a_effacer", par, effacement=jour(le))
    consigner(dossier, ANNONCE, par, effacement=le.isoformat())
    return ANNONCE


def _effacer(dossier: Dossier, par: Utilisateur | None) -> str:
    pieces = Piece.objects.filter(dossier=dossier).order_by("pk")
    jointes = PieceDeMessage.objects.filter(message__dossier=dossier).order_by("pk")
    fichiers = [nom for lignes in (pieces, jointes) for nom in lignes.values_list("fichier", flat=True)]
    consigner(dossier, EFFACEMENT, par, fichiers=len(fichiers))
    with connection.cursor() as curseur:  # the guards of the database let this one go, and no other
        curseur.execute("SELECT set_config('esms.brouillon_a_effacer', %s::text, true)", [str(dossier.pk)])
    LectureDeMessage.objects.filter(message__dossier=dossier).delete()
    jointes.delete()
    Message.objects.filter(dossier=dossier).delete()
    VersionDeSection.objects.filter(section__dossier=dossier).delete()
    Section.objects.filter(dossier=dossier).delete()
    Certification.objects.filter(dossier=dossier).delete()
    pieces.delete()
    oublier(chaine=dossier.chaine, par=par)
    grappe = dossier.grappe
    dossier.delete()
    grappe.delete()
    transaction.on_commit(lambda: _effacer_les_fichiers(fichiers))
    return EFFACEMENT


def _effacer_les_fichiers(noms: Iterable[str]) -> None:
    for nom in noms:
        effacer(nom)
