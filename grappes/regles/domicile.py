"""Home help (E18): one line per service whose hours matter, or one for the project."""

from collections.abc import Iterator

from esms.aap import Edition

from .controle import Controle, Verdict, juger, ou_projet
from .phrases import aucun, citer, heures, heures_medico_sociales
from .projet import Essms, Projet
from .registre import regle

NOMS_DES_HEURES = {"apa": "APA", "pch": "PCH", "dependance_autre": "de dépendance hors APA et PCH"}


@regle("E18")
def controler_l_activite_mixte(projet: Projet, edition: Edition) -> Iterator[Controle]:
    """Home help is funded for its « aide à la vie » part only: the hours say which, or the ARS does."""
    declarer = {"obligatoire": _heures_obligatoires, "faculte": _heures_appreciees}[
        edition.financement.prorata.mode
    ]
    return ou_projet(
        (
            juger(edition.eligibilite.activite_mixte, *declarer(ligne), portee=ligne.finess_et)
            if ligne.saad
            else juger(
                edition.eligibilite.activite_mixte,
                Verdict.A_COMPLETER,
                f"On ignore si {ligne.finess_et} fait de l’aide à domicile\u00a0: à indiquer.",
                portee=ligne.finess_et,
            )
            for ligne in projet.essms
            if ligne.saad is not False
        ),
        juger(
            edition.eligibilite.activite_mixte,
            Verdict.SANS_OBJET,
            f"{aucun(len(projet.essms), 'ne fait', 'd’aide à domicile')}.",
        ),
    )


def _heures_obligatoires(ligne: Essms) -> tuple[Verdict, str]:
    if ligne.heures is None:
        return Verdict.A_COMPLETER, (
            f"{ligne.finess_et} fait de l’aide à domicile et ses heures manquent\u00a0: taux 0, rien "
            "n’est compté pour lui."
        )
    taux = (
        f"{heures_medico_sociales(ligne.heures.medico_sociales)} sur {heures(ligne.heures.total)}, "
        f"taux {ligne.heures.taux}"
    )
    if ligne.heures.manquantes:
        noms = citer([NOMS_DES_HEURES[nom] for nom in ligne.heures.manquantes])
        return Verdict.A_COMPLETER, (
            f"{ligne.finess_et} fait de l’aide à domicile et il manque ses heures {noms}\u00a0: sans elles, "
            f"{taux}."
        )
    return Verdict.CONFORME, f"{ligne.finess_et}\u00a0: {taux}."


def _heures_appreciees(ligne: Essms) -> tuple[Verdict, str]:
    return (
        Verdict.ALERTE,
        f"{ligne.finess_et} fait de l’aide à domicile\u00a0: taux 1, que l’ARS peut moduler.",
    )
