"""Checks grouped by what to do about them; a remark made on many ESSMS is one line that unfolds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page

from esms.aap import CATALOGUE
from financement.etude import Etude
from financement.presentation.pages import paginer
from financement.presentation.verdicts import GROUPES, VERDICTS, Mots
from grappes.regles import PROJET, Controle, Verdict

Nommer = Callable[[str], str]

DEPLIES = 5  # ESSMS shown under a remark before the link to them all


@dataclass(frozen=True, slots=True)
class SurUnEssms:
    """One check on one ESSMS, with its name."""

    finess_et: str
    nom: str
    explication: str


@dataclass(frozen=True, slots=True)
class Remarque:
    """What a rule says: one sentence for the project, or the first ESSMS it bears on and their number."""

    regle: str
    titre: str
    article: str
    verdict: Verdict
    explication: str
    essms: tuple[SurUnEssms, ...]
    nombre: int

    @property
    def autres(self) -> int:
        """ESSMS that are not shown here."""
        return self.nombre - len(self.essms)


@dataclass(frozen=True, slots=True)
class Groupe:
    """Remarks that call for the same thing."""

    verdict: Verdict
    titre: str
    mots: Mots
    remarques: tuple[Remarque, ...]

    @property
    def ouvert(self) -> bool:
        """Whether the page shows it unfolded: what asks for nothing stays folded."""
        return self.verdict not in {Verdict.CONFORME, Verdict.SANS_OBJET}


def groupes_de_controles(etude: Etude) -> list[Groupe]:
    """Groups of a simulation that hold something, what blocks first."""
    return grouper(etude.resultat.controles, etude.nom)


def grouper(controles: Sequence[Controle], nom: Nommer) -> list[Groupe]:
    """The same for any checks; `nom` gives the name of an ESSMS from its number."""
    groupes = []
    for verdict, titre in GROUPES.items():
        retenus = [c for c in controles if c.verdict == verdict]
        if retenus:
            groupes.append(Groupe(verdict, titre, VERDICTS[verdict], tuple(_remarques(retenus, nom))))
    return groupes


def page_de_controles(etude: Etude, regle: str, verdict: str, numero: str | None) -> Page | None:
    """A page of the ESSMS that got this verdict from this rule; None when there is none."""
    concernes = [
        c
        for c in etude.resultat.controles
        if c.regle == regle and c.verdict == verdict and c.portee != PROJET
    ]
    return (
        paginer(concernes, numero, lambda page: [_sur_un_essms(c, etude.nom) for c in page])
        if concernes
        else None
    )


def _remarques(controles: Sequence[Controle], nom: Nommer) -> list[Remarque]:
    remarques = []
    for (regle, par_essms), groupe in groupby(controles, key=lambda c: (c.regle, c.portee != PROJET)):
        suite = list(groupe)
        if par_essms:
            premiers = tuple(_sur_un_essms(c, nom) for c in suite[:DEPLIES])
            remarques.append(
                Remarque(
                    regle, CATALOGUE[regle], suite[0].article, suite[0].verdict, "", premiers, len(suite)
                )
            )
        else:
            remarques.extend(
                Remarque(c.regle, CATALOGUE[regle], c.article, c.verdict, c.explication, (), 0) for c in suite
            )
    return remarques


def _sur_un_essms(controle: Controle, nom: Nommer) -> SurUnEssms:
    return SurUnEssms(controle.portee, nom(controle.portee), controle.explication)
