"""Legal entities: from the temporary table to the register, set by set."""

# ruff: noqa: S608 – these statements are put together from constants of this module, never from input

from datetime import date

from django.db import connection

from .rapport import Comptes

_COMPARES = (
    "nom, nom_long, siren, statut_juridique, code_postal, commune, departement, region, cree_le, ferme_le"
)
_L = ", ".join(f"l.{colonne}" for colonne in _COMPARES.split(", "))
_E = ", ".join(f"e.{colonne}" for colonne in _COMPARES.split(", "))
_RECHERCHE = "' ' || finess_normaliser(concat_ws(' ', l.finess_ej, l.nom, l.nom_long, l.commune, l.siren))"

_OTER_LES_ANCIENNES = """
DELETE FROM lu_ej l USING grappes_entitejuridique e
WHERE e.finess_ej = l.finess_ej AND e.vu_le > %(jour)s
"""
_COMPARER = f"""
CREATE TEMPORARY TABLE ecart_ej ON COMMIT DROP AS
SELECT l.finess_ej, e.finess_ej IS NULL AS nouvelle,
       e.finess_ej IS NOT NULL AND (l.nom, l.nom_long) IS DISTINCT FROM (e.nom, e.nom_long) AS renommee,
       e.finess_ej IS NOT NULL AND e.ferme_le IS NULL AND l.ferme_le IS NOT NULL AS fermee,
       e.ferme_le IS NOT NULL AND l.ferme_le IS NULL AS rouverte
FROM lu_ej l LEFT JOIN grappes_entitejuridique e USING (finess_ej)
WHERE e.finess_ej IS NULL OR ({_L}) IS DISTINCT FROM ({_E})
"""
_COMPTER = """
SELECT count(*) FILTER (WHERE nouvelle), count(*) FILTER (WHERE NOT nouvelle AND NOT fermee AND NOT rouverte),
       count(*) FILTER (WHERE fermee), count(*) FILTER (WHERE rouverte), count(*)
FROM ecart_ej
"""
_AJOUTER = f"""
INSERT INTO grappes_entitejuridique (finess_ej, {_COMPARES}, vu_le, recherche)
SELECT l.finess_ej, {_L}, %(jour)s, {_RECHERCHE}
FROM lu_ej l JOIN ecart_ej USING (finess_ej) WHERE nouvelle
"""
_MODIFIER = f"""
UPDATE grappes_entitejuridique e SET ({_COMPARES}, vu_le, recherche) = ROW ({_L}, %(jour)s, {_RECHERCHE})
FROM lu_ej l JOIN ecart_ej USING (finess_ej) WHERE e.finess_ej = l.finess_ej AND NOT nouvelle
"""
_DATER = """
UPDATE grappes_entitejuridique e SET vu_le = %(jour)s FROM lu_ej l
WHERE e.finess_ej = l.finess_ej AND (e.vu_le IS NULL OR e.vu_le < %(jour)s)
"""
_EBAUCHER = """
INSERT INTO grappes_entitejuridique (finess_ej, nom, nom_long, siren, statut_juridique, code_postal, commune,
                                     departement, region, recherche)
SELECT DISTINCT ON (l.finess_ej) l.finess_ej, '', '', '', '', '', '', l.departement_ej, l.region_ej,
       ' ' || finess_normaliser(l.finess_ej)
FROM lu_et l
WHERE NOT EXISTS (SELECT FROM grappes_entitejuridique e WHERE e.finess_ej = l.finess_ej)
ORDER BY l.finess_ej
"""


def integrer(jour: date, comptes: Comptes) -> None:
    """Create and change the entities of the file; leave those known from a more recent one."""
    with connection.cursor() as curseur:
        curseur.execute(_OTER_LES_ANCIENNES, {"jour": jour})
        comptes.plus_recents = curseur.rowcount
        curseur.execute(_COMPARER)
        curseur.execute(_COMPTER)
        comptes.crees, comptes.modifies, comptes.fermes, comptes.rouverts, ecarts = curseur.fetchone()
        curseur.execute("SELECT count(*) FROM lu_ej")
        comptes.inchanges = curseur.fetchone()[0] - ecarts
        for etape in (_AJOUTER, _MODIFIER, _DATER):
            curseur.execute(etape, {"jour": jour})


def ebaucher() -> int:
    """Create, by number alone, the entities that only lines of establishments name; how many."""
    with connection.cursor() as curseur:
        curseur.execute(_EBAUCHER)
        return int(curseur.rowcount)
