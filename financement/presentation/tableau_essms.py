"""The ESSMS of a project, fifty at a time, with what the register says and what each would receive."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator

from financement.etude import Etude, noms_des_organismes
from grappes.regles import Essms, FicheEssms, Verdict

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class LigneEssms:
    """One ESSMS: the project's view of it, the register's, its money, and whether something is wrong with it."""

    essms: Essms
    fiche: FicheEssms | None
    organisme: str  # its name; its number when the register has no name
    montant: Decimal
    bloque: bool
    a_completer: bool


def page_d_essms(etude: Etude, numero: str | None) -> Page | None:
    """A page of ESSMS by number; None for a project without any. Only the names of the page's organisms are read."""
    if etude.vide:
        return None
    page = Paginator(etude.resultat.projet.essms, PAR_PAGE).get_page(numero)
    presents = {essms.finess_et for essms in page.object_list}
    montants = dict.fromkeys(presents, Decimal(0))
    for ligne in etude.resultat.financement.lignes:
        if ligne.portee in presents:
            montants[ligne.portee] += ligne.montant
    noms = noms_des_organismes({e.finess_ej for e in page.object_list if e.finess_ej})
    verdicts = {(c.portee, c.verdict) for c in etude.resultat.controles if c.portee in presents}
    page.object_list = [
        LigneEssms(
            essms,
            etude.referentiel.fiches.get(essms.finess_et),
            noms.get(essms.finess_ej or "", ""),
            montants[essms.finess_et],
            (essms.finess_et, Verdict.BLOQUANT) in verdicts,
            (essms.finess_et, Verdict.A_COMPLETER) in verdicts,
        )
        for essms in page.object_list
    ]
    return page
