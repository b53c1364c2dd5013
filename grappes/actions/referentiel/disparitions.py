"""Establishments that the register holds open and that the file no longer names.

What a file leaves out is only a closing when the file was meant to hold it. Reading retained:
- A CSV file is *complete* when it names at least half of the establishments held open: everything else it
  leaves out counts as vanished. Otherwise it is an *extract*, answerable only for the departments and the
  categories it contains.
- Above 2 % of its perimeter (for an extract, also above 2 % of one department, which is how a file cut at the
  end of a line shows), the file is refused as a whole.
- Below, what vanished is closed at the date of the file, except in a department that the file does not
  contain at all: a department does not close.
- The JSON stream says closings in full: absence closes nothing there, but a complete stream that leaves out
  more than 2 % is refused as well.
Lines known from a more recent file, and lines rejected, never count as vanished.
"""

# ruff: noqa: S608 – these statements are put together from constants of this module, never from input

from dataclasses import dataclass
from datetime import date

from django.db import connection

from grappes.finess.modele import FichierRefuse

SEUIL_POUR_CENT = 2

_CONNUS = """
SELECT count(*), count(l.finess_et)
FROM grappes_etablissement e LEFT JOIN lu_et l USING (finess_et)
WHERE e.ferme_le IS NULL AND e.vu_le <= %(jour)s
"""
_PERIMETRE = """
CREATE TEMPORARY TABLE perimetre ON COMMIT DROP AS
SELECT e.finess_et, e.departement, l.finess_et IS NULL AND r.finess_et IS NULL AS disparu,
       d.departement IS NOT NULL AS departement_present
FROM grappes_etablissement e
LEFT JOIN lu_et l ON l.finess_et = e.finess_et
LEFT JOIN (SELECT DISTINCT finess_et FROM rejet_et) r ON r.finess_et = e.finess_et
LEFT JOIN (SELECT DISTINCT departement FROM lu_et) d ON d.departement = e.departement
WHERE e.ferme_le IS NULL AND e.vu_le <= %(jour)s
  AND (%(complet)s OR (d.departement IS NOT NULL AND e.categorie IN (SELECT categorie FROM lu_et)))
"""
_PAR_DEPARTEMENT = f"""
SELECT departement, count(*) FILTER (WHERE disparu), count(*) FROM perimetre GROUP BY departement
HAVING count(*) FILTER (WHERE disparu) > 1
   AND count(*) FILTER (WHERE disparu) * 100 > count(*) * {SEUIL_POUR_CENT}
ORDER BY 2 DESC, 1
"""
_FERMER = """
INSERT INTO ecart_et (finess_et, nouveau, absent, ferme, rouvert, autre_etat)
SELECT finess_et, false, true, true, false, true FROM perimetre WHERE disparu AND departement_present
"""


@dataclass(frozen=True, slots=True)
class Perimetre:
    """What the file answers for, and what it leaves out of it."""

    complet: bool
    attendus: int
    disparus: int
    departements: tuple[tuple[str, int, int], ...]

    def depasse_le_seuil(self) -> bool:
        """More than 2 % would vanish."""
        trop = self.disparus * 100 > self.attendus * SEUIL_POUR_CENT
        return trop or (not self.complet and bool(self.departements))

    def phrase(self) -> str:
        """The perimeter, for the report."""
        if self.complet:
            return "fichier complet"
        return "extrait, jugé sur ses départements et ses catégories"


def mesurer(jour: date, *, flux: bool) -> Perimetre | None:
    """Measure what vanishes.

    None when nothing can: empty register, no establishment in the file, extract of the stream.
    """
    with connection.cursor() as curseur:
        curseur.execute("DROP TABLE IF EXISTS perimetre")
        curseur.execute(_CONNUS, {"jour": jour})
        connus, presents = curseur.fetchone()
        curseur.execute("SELECT EXISTS (SELECT FROM lu_et)")
        complet = presents * 2 >= connus
        if not connus or not curseur.fetchone()[0] or (flux and not complet):
            return None
        curseur.execute(_PERIMETRE, {"jour": jour, "complet": complet})
        curseur.execute("SELECT count(*), count(*) FILTER (WHERE disparu) FROM perimetre")
        attendus, disparus = curseur.fetchone()
        curseur.execute(_PAR_DEPARTEMENT)
        return Perimetre(complet, attendus, disparus, tuple(curseur.fetchall()))


def refuser_au_dela_du_seuil(perimetre: Perimetre) -> None:
    """Raise FichierRefuse, in figures, when too much would vanish."""
    if not perimetre.depasse_le_seuil():
        return
    if perimetre.disparus * 100 > perimetre.attendus * SEUIL_POUR_CENT:
        ou, disparus, attendus = "du référentiel", perimetre.disparus, perimetre.attendus
    else:
        departement, disparus, attendus = perimetre.departements[0]
        ou = f"du département {departement}"
    phrase = (
        f"Import refusé\u00a0: des établissements {ou} disparaîtraient, {disparus} sur {attendus} "
        f"({_pour_cent(disparus, attendus)}), plus de {SEUIL_POUR_CENT}\u00a0%."
    )
    raise FichierRefuse(
        f"{phrase} Rien n’est écrit. Fichier tronqué\u00a0: téléchargez-le de nouveau. Extrait\u00a0: "
        "relancez avec --partiel, rien ne sera fermé par absence. Disparitions réelles\u00a0: relancez avec "
        '--forcer "motif".'
    )


def fermer() -> int:
    """Add the vanished establishments to the differences to write; how many."""
    with connection.cursor() as curseur:
        curseur.execute(_FERMER)
        return int(curseur.rowcount)


def _pour_cent(part: int, tout: int) -> str:
    dixiemes = (part * 1000 + tout // 2) // tout if tout else 0
    return f"{dixiemes // 10},{dixiemes % 10}\u00a0%"
