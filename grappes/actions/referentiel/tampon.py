"""Temporary tables that hold the file while it is compared with the register; filled by COPY, in batches."""

from datetime import date
from typing import Any

from django.db import connection

from grappes.finess import champs, nomenclatures
from grappes.finess.modele import EtablissementLu, FichierRefuse, Lu, Rejet

from .rapport import Rapport

_LOT = 5_000
_TABLES = """
DROP TABLE IF EXISTS lu_ej, lu_et, rejet_et, ecart_ej, ecart_et;
CREATE TEMPORARY TABLE lu_ej (
    ligne integer NOT NULL, finess_ej text NOT NULL, nom text NOT NULL, nom_long text NOT NULL,
    siren text NOT NULL, statut_juridique text NOT NULL, code_postal text NOT NULL, commune text NOT NULL,
    departement text NOT NULL, region text NOT NULL, cree_le date, ferme_le date
) ON COMMIT DROP;
CREATE TEMPORARY TABLE lu_et (
    ligne integer NOT NULL, finess_et text NOT NULL, finess_ej text NOT NULL, nom text NOT NULL,
    nom_long text NOT NULL, code_postal text NOT NULL, commune text NOT NULL, departement text NOT NULL,
    region text NOT NULL, categorie text NOT NULL, siret text NOT NULL, ouvert_le date, ferme_le date,
    maj_le date, departement_ej text NOT NULL, region_ej text NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE rejet_et (finess_et text NOT NULL) ON COMMIT DROP;
"""


class Tampon:
    """Fill with `ajouter` line by line, then `finir` once."""

    def __init__(self, rapport: Rapport) -> None:
        self._rapport = rapport
        self._lots: dict[str, list[tuple[Any, ...]]] = {"lu_ej": [], "lu_et": [], "rejet_et": []}
        self._sans_siret = self._siret_faux = 0
        self._categories_inconnues: set[str] = set()
        self._sans_region = 0
        with connection.cursor() as curseur:
            curseur.execute(_TABLES)

    def ajouter(self, lu: Lu) -> None:
        """Keep one line of the file."""
        if isinstance(lu, Rejet):
            self._rapport.rejeter(lu)
            if lu.numero:
                self._deposer("rejet_et", (lu.numero,))
        elif isinstance(lu, EtablissementLu):
            self._rapport.etablissements.lus += 1
            self._remarquer(lu)
            # A file of establishments is silent on the seat of the entity: its number tells the department.
            self._deposer("lu_et", (*lu, *champs.territoire("", "", lu.finess_ej)))
        else:
            self._rapport.entites.lus += 1
            self._deposer("lu_ej", lu)

    def finir(self) -> None:
        """Write what is left, drop the duplicates, report the warnings. Raises FichierRefuse if empty."""
        for table in self._lots:
            self._verser(table)
        if not (self._rapport.etablissements.lus or self._rapport.entites.lus):
            premier = self._rapport.rejets[0] if self._rapport.rejets else None
            detail = f" Première cause, ligne {premier.ligne}\u00a0: {premier.cause}." if premier else ""
            raise FichierRefuse(f"Aucune ligne du fichier n’est utilisable.{detail}")
        self._oter_les_doublons("lu_ej", "finess_ej")
        self._oter_les_doublons("lu_et", "finess_et")
        with connection.cursor() as curseur:
            curseur.execute(
                "CREATE UNIQUE INDEX ON lu_ej (finess_ej); CREATE UNIQUE INDEX ON lu_et (finess_et);"
                "ANALYZE lu_ej; ANALYZE lu_et; ANALYZE rejet_et"
            )
        self._avertir()

    def date_la_plus_recente(self) -> date | None:
        """Last date of change among the lines: the earliest day the file can be of."""
        with connection.cursor() as curseur:
            curseur.execute("SELECT max(maj_le) FROM lu_et")
            (jour,) = curseur.fetchone()
        return jour if isinstance(jour, date) else None

    def _deposer(self, table: str, valeurs: tuple[Any, ...]) -> None:
        lot = self._lots[table]
        lot.append(valeurs)
        if len(lot) >= _LOT:
            self._verser(table)

    def _verser(self, table: str) -> None:
        lot = self._lots[table]
        if lot:
            with connection.cursor() as curseur, curseur.copy(f"COPY {table} FROM STDIN") as copie:
                for valeurs in lot:
                    copie.write_row(valeurs)
            lot.clear()

    def _oter_les_doublons(self, table: str, cle: str) -> None:
        """Keep the first line of each number; the next ones are rejected, and say which line they repeat."""
        with connection.cursor() as curseur:
            curseur.execute(
                f"""
                WITH rangs AS (
                    SELECT ctid AS place, min(ligne) OVER (PARTITION BY {cle}) AS premiere,
                           row_number() OVER (PARTITION BY {cle} ORDER BY ligne) AS rang
                    FROM {table}
                )
                DELETE FROM {table} USING rangs WHERE {table}.ctid = rangs.place AND rangs.rang > 1
                RETURNING {table}.ligne, {table}.{cle}, rangs.premiere
                """  # noqa: S608 – names of this module
            )
            for ligne, numero, premiere in curseur.fetchall():
                self._rapport.rejeter(Rejet(ligne, f"{numero} répète la ligne {premiere}", numero))

    def _remarquer(self, lu: EtablissementLu) -> None:
        if not lu.siret:
            self._sans_siret += 1
        elif not champs.siret_valide(lu.siret):
            self._siret_faux += 1
        if lu.categorie not in nomenclatures.categories():
            self._categories_inconnues.add(lu.categorie)
        if not lu.region:
            self._sans_region += 1

    def _avertir(self) -> None:
        avertissements = self._rapport.avertissements
        if self._sans_siret or self._siret_faux:
            avertissements.append(
                f"établissements sans SIRET {self._sans_siret}, à SIRET faux {self._siret_faux}."
            )
        if self._categories_inconnues:
            codes = ", ".join(sorted(self._categories_inconnues)[:20])
            avertissements.append(f"catégories absentes de la nomenclature\u00a0: {codes}.")
        if self._sans_region:
            avertissements.append(f"établissements de département inconnu, sans région, {self._sans_region}.")
