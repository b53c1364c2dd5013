"""The checks of a sealed filing as the instructor judges them: problems first, one line each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from esms.aap import CATALOGUE
from financement.presentation.verdicts import GROUPES, VERDICTS, Mots
from grappes.regles import PROJET, Verdict
from instruction.forms.examen import AvisForm
from instruction.models import AvisControle


@dataclass(frozen=True, slots=True)
class LigneControle:
    """One check, the ESSMS it bears on (empty: the project), the opinion given, the form to give one.

    Without object: no form.
    """

    controle: Mapping[str, Any]
    essms: str
    avis: AvisControle | None
    form: AvisForm | None

    @property
    def en_erreur(self) -> bool:
        """Whether what was just typed is refused."""
        return self.form is not None and self.form.is_bound and bool(self.form.errors)


@dataclass(frozen=True, slots=True)
class Rubrique:
    """The lines of one rule, under its name."""

    regle: str
    titre: str
    lignes: tuple[LigneControle, ...]


@dataclass(frozen=True, slots=True)
class Groupe:
    """The checks that call for the same thing."""

    verdict: Verdict
    titre: str
    mots: Mots
    rubriques: tuple[Rubrique, ...]

    @property
    def lignes(self) -> list[LigneControle]:
        """All its lines."""
        return [ligne for rubrique in self.rubriques for ligne in rubrique.lignes]

    @property
    def a_juger(self) -> bool:
        """Whether its checks call for an opinion."""
        return self.verdict != Verdict.SANS_OBJET

    @property
    def examines(self) -> int:
        """Checks that have an opinion."""
        return sum(ligne.avis is not None for ligne in self.lignes)

    @property
    def ouvert(self) -> bool:
        """Unfolded: what asks for something, and where an error is."""
        calmes = {Verdict.CONFORME, Verdict.SANS_OBJET}
        return self.verdict not in calmes or any(ligne.en_erreur for ligne in self.lignes)


def groupes(lignes: Iterable[LigneControle]) -> list[Groupe]:
    """Groups that hold something, what blocks first; lines of a rule together."""
    par_verdict: dict[str, list[LigneControle]] = {}
    for ligne in lignes:
        par_verdict.setdefault(ligne.controle["verdict"], []).append(ligne)
    return [
        Groupe(verdict, titre, VERDICTS[verdict], _rubriques(par_verdict[verdict]))
        for verdict, titre in GROUPES.items()
        if verdict in par_verdict
    ]


def nom_du_controle(controle: Mapping[str, Any], noms: Mapping[str, str]) -> str:
    """« E3 – Nombre minimal d’ESSMS », and the ESSMS when the check bears on one."""
    titre = f"{controle['regle']} – {CATALOGUE[controle['regle']]}"
    essms = nom_de_l_essms(controle, noms)
    return f"{titre}, {essms}" if essms else titre


def nom_de_l_essms(controle: Mapping[str, Any], noms: Mapping[str, str]) -> str:
    """Name and number of the ESSMS that the check bears on; empty for the project."""
    portee = controle["portee"]
    if portee == PROJET:
        return ""
    return f"{noms[portee]} ({portee})" if noms.get(portee) else f"ESSMS {portee}"


def _rubriques(lignes: Sequence[LigneControle]) -> tuple[Rubrique, ...]:
    return tuple(
        Rubrique(regle, CATALOGUE[regle], tuple(suite))
        for regle, suite in groupby(lignes, key=lambda ligne: ligne.controle["regle"])
    )
