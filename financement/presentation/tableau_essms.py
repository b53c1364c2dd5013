"""The ESSMS of a project, fifty at a time, with what the register says and what each would receive."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page

from financement.etude import Etude
from financement.presentation.pages import paginer
from grappes.regles import Essms, FicheEssms, Verdict
from grappes.requetes_organismes import noms_des_organismes


@dataclass(frozen=True, slots=True)
class LigneEssms:
    """One ESSMS: the project's view of it, the register's, its money, whether something is wrong."""

    essms: Essms
    fiche: FicheEssms | None
    organisme: str  # its name; its number when the register has no name
    montant: Decimal
    bloque: bool
    a_completer: bool


def page_d_essms(etude: Etude, numero: str | None) -> Page | None:
    """A page of ESSMS by number, None for a project without any; names are read for the page only."""
    if etude.vide:
        return None
    return paginer(etude.resultat.projet.essms, numero, lambda page: _lignes(etude, page))


def _lignes(etude: Etude, page: Sequence[Essms]) -> list[LigneEssms]:
    presents = {essms.finess_et for essms in page}
    montants = dict.fromkeys(presents, Decimal(0))
    for ligne in etude.resultat.financement.lignes:
        if ligne.portee in presents:
            montants[ligne.portee] += ligne.montant
    noms = noms_des_organismes({essms.finess_ej for essms in page if essms.finess_ej})
    verdicts = {(c.portee, c.verdict) for c in etude.resultat.controles if c.portee in presents}
    return [
        LigneEssms(
            essms,
            etude.referentiel.fiches.get(essms.finess_et),
            noms.get(essms.finess_ej or "", ""),
            montants[essms.finess_et],
            (essms.finess_et, Verdict.BLOQUANT) in verdicts,
            (essms.finess_et, Verdict.A_COMPLETER) in verdicts,
        )
        for essms in page
    ]
