"""Establishments: from the temporary table to the register and its history, set by set."""

# ruff: noqa: S608 – these statements are put together from constants of this module, never from input

from datetime import date

from django.db import connection

from .rapport import Comptes

_COMPARES = (
    "finess_ej, nom, nom_long, code_postal, commune, departement, region, categorie, siret, ouvert_le, "
    "ferme_le"
)
_ETAT = "finess_ej, nom, commune, region, categorie, ferme_le"


def _prefixer(prefixe: str, colonnes: str) -> str:
    return ", ".join(f"{prefixe}.{colonne}" for colonne in colonnes.split(", "))


_L, _E = _prefixer("l", _COMPARES), _prefixer("e", _COMPARES)
_RECHERCHE = """
' ' || finess_normaliser(concat_ws(' ', {0}.finess_et, {0}.nom, {0}.nom_long, {0}.commune, {0}.code_postal,
                                   {0}.finess_ej, ej.nom, ej.nom_long))
"""

_OTER_LES_ANCIENS = """
DELETE FROM lu_et l USING grappes_etablissement e
WHERE e.finess_et = l.finess_et AND e.vu_le > %(jour)s
"""
_COMPARER = f"""
CREATE TEMPORARY TABLE ecart_et ON COMMIT DROP AS
SELECT l.finess_et, e.finess_et IS NULL AS nouveau, false AS absent,
       e.finess_et IS NOT NULL AND e.ferme_le IS NULL AND l.ferme_le IS NOT NULL AS ferme,
       e.ferme_le IS NOT NULL AND l.ferme_le IS NULL AS rouvert,
       ({_prefixer("l", _ETAT)}) IS DISTINCT FROM ({_prefixer("e", _ETAT)}) AS autre_etat
FROM lu_et l LEFT JOIN grappes_etablissement e USING (finess_et)
WHERE e.finess_et IS NULL OR ({_L}) IS DISTINCT FROM ({_E})
"""
_COMPTER = """
SELECT count(*) FILTER (WHERE nouveau), count(*) FILTER (WHERE NOT nouveau AND NOT ferme AND NOT rouvert),
       count(*) FILTER (WHERE ferme), count(*) FILTER (WHERE rouvert), count(*) FILTER (WHERE NOT absent)
FROM ecart_et
"""
_AJOUTER = f"""
INSERT INTO grappes_etablissement (finess_et, {_COMPARES}, vu_le, recherche)
SELECT l.finess_et, {_L}, %(jour)s, {_RECHERCHE.format("l")}
FROM lu_et l JOIN ecart_et USING (finess_et) JOIN grappes_entitejuridique ej ON ej.finess_ej = l.finess_ej
WHERE nouveau ORDER BY l.finess_et
"""
_MODIFIER = f"""
UPDATE grappes_etablissement e
SET ({_COMPARES}, vu_le, recherche) = ROW ({_L}, %(jour)s, {_RECHERCHE.format("l")})
FROM lu_et l JOIN ecart_et USING (finess_et) JOIN grappes_entitejuridique ej ON ej.finess_ej = l.finess_ej
WHERE e.finess_et = l.finess_et AND NOT nouveau
"""
_DATER = """
UPDATE grappes_etablissement e SET vu_le = %(jour)s FROM lu_et l
WHERE e.finess_et = l.finess_et AND e.vu_le < %(jour)s
"""
_FERMER = """
UPDATE grappes_etablissement e SET ferme_le = %(jour)s, vu_le = %(jour)s
FROM ecart_et x WHERE x.finess_et = e.finess_et AND x.absent
"""
_RENOMMER = f"""
UPDATE grappes_etablissement e SET recherche = {_RECHERCHE.format("e")}
FROM grappes_entitejuridique ej JOIN ecart_ej x ON x.finess_ej = ej.finess_ej
WHERE x.renommee AND ej.finess_ej = e.finess_ej
"""

# History. A second file of the same day corrects the state of that day; a later one opens the next.
_CORRIGER_L_ETAT = f"""
UPDATE grappes_etatetablissement t SET ({_ETAT}) = ROW ({_prefixer("e", _ETAT)})
FROM grappes_etablissement e JOIN ecart_et x ON x.finess_et = e.finess_et
WHERE t.finess_et = e.finess_et AND t.du = %(jour)s AND x.autre_etat AND NOT x.nouveau
"""
_OUVRIR_L_ETAT = f"""
INSERT INTO grappes_etatetablissement (finess_et, {_ETAT}, du)
SELECT e.finess_et, {_prefixer("e", _ETAT)}, %(jour)s
FROM grappes_etablissement e JOIN ecart_et x ON x.finess_et = e.finess_et
WHERE x.autre_etat
  AND NOT EXISTS (SELECT FROM grappes_etatetablissement t WHERE t.finess_et = e.finess_et AND t.du = %(jour)s)
ORDER BY e.finess_et
"""


def comparer(jour: date, comptes: Comptes) -> None:
    """Set aside the lines older than what the register knows, and list what the others change."""
    with connection.cursor() as curseur:
        curseur.execute(_OTER_LES_ANCIENS, {"jour": jour})
        comptes.plus_recents = curseur.rowcount
        curseur.execute(_COMPARER)


def integrer(jour: date, comptes: Comptes) -> None:
    """Write the differences, the closings by absence included, and their history; count them."""
    with connection.cursor() as curseur:
        curseur.execute(_COMPTER)
        comptes.crees, comptes.modifies, comptes.fermes, comptes.rouverts, ecarts = curseur.fetchone()
        curseur.execute("SELECT count(*) FROM lu_et")
        comptes.inchanges = curseur.fetchone()[0] - ecarts
        curseur.execute("ANALYZE ecart_et")
        for etape in (
            _AJOUTER,
            _MODIFIER,
            _FERMER,
            _DATER,
            _RENOMMER,
            _CORRIGER_L_ETAT,
            _OUVRIR_L_ETAT,
        ):
            curseur.execute(etape, {"jour": jour})
            if etape is _AJOUTER and comptes.crees:  # the statements that follow join what it has added
                curseur.execute("ANALYZE grappes_etablissement")
        if ecarts:  # without fresh statistics, the next comparison of a whole file would take minutes
            curseur.execute(
                "ANALYZE grappes_etablissement; ANALYZE grappes_etatetablissement; "
                "ANALYZE grappes_entitejuridique"
            )
