"""Import of a FINESS file into the register: all of it or nothing, journaled, one import at a time."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from grappes.actions.referentiel import disparitions, entites, etablissements
from grappes.actions.referentiel.rapport import Rapport
from grappes.actions.referentiel.tampon import Tampon
from grappes.finess.lecture import lire_fichier
from grappes.finess.modele import FichierRefuse
from grappes.models import ImportFiness

CHAINE = "referentiel:finess"
_VERROU = "importer_finess"
_PAS = 2_000  # lines between two signs of progress
# New words join the search indexes in one sorted pass at the end, and not every four megabytes.
_REMETTRE_L_INDEX = "SET LOCAL gin_pending_list_limit = '128MB'; SET LOCAL maintenance_work_mem = '128MB'"
_INDEXER = """
SELECT gin_clean_pending_list('entite_recherche_trgm'), gin_clean_pending_list('etablissement_recherche_trgm')
"""

Suivi = Callable[[str, float | None], None]


class ImportEnCours(Exception):
    """Another import holds the register."""


def importer_finess(
    *,
    fichier: Path,
    par: Utilisateur | None,
    essai: bool = False,
    partiel: bool = False,
    motif_forcage: str = "",
    date_fichier: date | None = None,
    suivi: Suivi = lambda etape, part: None,
) -> Rapport:
    """Bring the register to what `fichier` says, and tell what changed.

    `essai` does all the work and writes nothing. `partiel` closes nothing by absence. `motif_forcage` passes
    over the refusal of a file that would make more than 2 % vanish, and is journaled. `date_fichier` serves a
    file that does not say its date. `par` is None from the command line. `suivi(step, share read or None)` is
    called now and then.

    Raises FichierRefuse (nothing is written) and ImportEnCours.
    """
    with transaction.atomic():
        _verrouiller()
        rapport = Rapport(fichier=_nom(fichier), essai=essai)
        jour = _lire(fichier, rapport, date_fichier, suivi)
        _integrer(jour, rapport, partiel=partiel, force=bool(motif_forcage), suivi=suivi)
        if essai:
            transaction.set_rollback(True)
        else:
            _consigner(fichier, jour, rapport, par=par, motif_forcage=motif_forcage)
    return rapport


def _nom(fichier: Path) -> str:
    """Name of the file as it can be stored: bytes that are not UTF-8 replaced."""
    return fichier.name.encode("utf-8", "replace").decode("utf-8")[:255]


def _verrouiller() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_VERROU])
        if not curseur.fetchone()[0]:
            raise ImportEnCours("Un autre import du référentiel FINESS est en cours\u00a0: attendez sa fin.")


def _lire(fichier: Path, rapport: Rapport, date_fichier: date | None, suivi: Suivi) -> date:
    """Hold the file in temporary tables; return the day it is of."""
    tampon = Tampon(rapport)
    with lire_fichier(fichier) as lecteur:
        rapport.format = lecteur.format
        for rang, lu in enumerate(lecteur.lignes()):
            tampon.ajouter(lu)
            if rang % _PAS == 0:
                suivi("Lecture du fichier", lecteur.part_lue)
        annoncee = lecteur.date
    suivi("Contrôle des doublons", None)
    tampon.finir()
    if annoncee and date_fichier and annoncee != date_fichier:
        raise FichierRefuse(
            f"Le fichier se dit du {annoncee:%d/%m/%Y}, et non du {date_fichier:%d/%m/%Y} comme demandé."
        )
    jour = annoncee or date_fichier or tampon.date_la_plus_recente()
    if jour is None:
        raise FichierRefuse("Le fichier ne dit pas de quand il date\u00a0: ajoutez --date AAAA-MM-JJ.")
    if jour > timezone.localdate():
        rapport.avertissements.append(f"le fichier se dit du {jour:%d/%m/%Y}, qui n’est pas encore venu.")
    rapport.date_fichier = jour
    return jour


def _integrer(jour: date, rapport: Rapport, *, partiel: bool, force: bool, suivi: Suivi) -> None:
    suivi("Comparaison avec le référentiel", None)
    etablissements.comparer(jour, rapport.etablissements)
    with connection.cursor() as curseur:
        curseur.execute(_REMETTRE_L_INDEX)
    flux = rapport.format == "json"
    perimetre = None if partiel else disparitions.mesurer(jour, flux=flux)
    if perimetre is not None:
        if not force:
            disparitions.refuser_au_dela_du_seuil(perimetre)
        if not flux:
            rapport.fermes_par_absence = disparitions.fermer()
            rapport.perimetre = perimetre.phrase()
    suivi("Entités juridiques", None)
    entites.integrer(jour, rapport.entites)
    rapport.ebauches = entites.ebaucher()
    suivi("Établissements et historique", None)
    etablissements.integrer(jour, rapport.etablissements)
    with connection.cursor() as curseur:
        curseur.execute(_INDEXER)


def _consigner(
    fichier: Path, jour: date, rapport: Rapport, *, par: Utilisateur | None, motif_forcage: str
) -> None:
    with fichier.open("rb") as flux:
        empreinte = hashlib.file_digest(flux, "sha256").hexdigest()
    contenu = rapport.en_json()
    ImportFiness.objects.create(
        fichier=rapport.fichier,
        empreinte=empreinte,
        format=rapport.format,
        date_fichier=jour,
        importe_le=timezone.now(),
        par=par,
        motif_forcage=motif_forcage,
        rapport=contenu,
    )
    inscrire(
        chaine=CHAINE,
        geste="importer",
        par=par,
        contenu={
            "fichier": rapport.fichier,
            "empreinte": empreinte,
            "date": contenu["date_fichier"],
            "etablissements": contenu["etablissements"],
            "entites": contenu["entites"],
            "rejets": rapport.nombre_rejets,
            "motif_forcage": motif_forcage,
        },
    )
