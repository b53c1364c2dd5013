"""Where a project is filed (G1–G4): level, leading ARS, and whether this AAP may take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from esms.aap import Edition
from esms.aap.guichet import Niveau

from .controle import Controle, Verdict, juger
from .phrases import compte, essms
from .projet import Projet
from .registre import regle
from .territoires import nom_region


@dataclass(frozen=True, slots=True)
class Guichet:
    """Where to file. `niveau` and `region` are None while what is known does not settle them."""

    niveau: Niveau | None
    region: str | None
    regle: str
    article: str
    deposable: bool
    explication: str


@dataclass(frozen=True, slots=True)
class PivotTrouve:
    """The leading region, or why there is none yet (French, without its full stop)."""

    region: str | None
    raison: str


def guichet(projet: Projet, edition: Edition) -> Guichet:
    """Level and leading ARS of a project, and whether the AAP of `edition` may take it."""
    niveau, regle_du_niveau, article, raison = niveau_du_guichet(projet, edition)
    if niveau != "regional":
        return Guichet(
            niveau,
            None,
            regle_du_niveau,
            article,
            niveau is not None and niveau == edition.guichet.niveau,
            raison,
        )
    pivot = ars_pivot(projet)
    deposable = niveau == edition.guichet.niveau and pivot.region == edition.region
    suite = _phrase_du_pivot(pivot, edition)
    return Guichet(niveau, pivot.region, regle_du_niveau, article, deposable, f"{raison} {suite}")


@regle("G1", "G2")
def niveau_du_guichet(projet: Projet, edition: Edition) -> tuple[Niveau | None, str, str, str]:
    """Level, rule that decides, its article, and why, in one French sentence."""
    regional, national = edition.guichet.regional, edition.guichet.national
    nombre, limite = len(projet.essms), regional.moins_de
    if projet.portee_nationale and national.article_portee_nationale and nombre < limite:
        return (
            "national",
            national.regle,
            national.article_portee_nationale,
            f"{essms(nombre)}, projet de portée nationale\u00a0: guichet national, tenu par {national.instructeur}.",
        )
    if nombre < limite:
        return (
            "regional",
            regional.regle,
            regional.article,
            (f"{essms(nombre)}, moins de {limite}\u00a0: guichet régional."),
        )
    return _AU_DELA[national.au_dela](projet, edition)


def _toujours_national(projet: Projet, edition: Edition) -> tuple[Niveau | None, str, str, str]:
    national = edition.guichet.national
    return (
        "national",
        national.regle,
        national.article,
        (
            f"{essms(len(projet.essms))}, au moins {edition.guichet.regional.moins_de}\u00a0: guichet national, "
            f"tenu par {national.instructeur}."
        ),
    )


def _national_si_plusieurs_regions(projet: Projet, edition: Edition) -> tuple[Niveau | None, str, str, str]:
    regional, national = edition.guichet.regional, edition.guichet.national
    debut = f"{essms(len(projet.essms))}, au moins {regional.moins_de}"
    if len(projet.regions) > 1:
        return (
            "national",
            national.regle,
            national.article,
            (
                f"{debut}, dans {len(projet.regions)} régions\u00a0: guichet national, tenu par {national.instructeur}."
            ),
        )
    if projet.regions_inconnues:
        return (
            None,
            national.regle,
            national.article,
            (
                f"{debut}, et la région de {essms(projet.regions_inconnues)} est inconnue\u00a0: "
                "le guichet dépend du nombre de régions."
            ),
        )
    return (
        "regional",
        regional.regle,
        regional.article,
        f"{debut}, dans une seule région\u00a0: guichet régional.",
    )


_AU_DELA = {"toujours": _toujours_national, "plusieurs_regions": _national_si_plusieurs_regions}


@regle("G3")
def ars_pivot(projet: Projet) -> PivotTrouve:
    """Region with most ESSMS; on a tie that of the porteur's seat if it is among them, else the porteur's choice."""
    inconnues = projet.regions_inconnues
    if not projet.regions:
        return PivotTrouve(None, f"la région de {essms(inconnues)} est inconnue")
    plus_grand = max(projet.regions.values())
    premieres = tuple(region for region, nombre in projet.regions.items() if nombre == plus_grand)
    suivant = max((nombre for region, nombre in projet.regions.items() if region != premieres[0]), default=0)
    if inconnues and plus_grand <= suivant + inconnues:
        return PivotTrouve(None, f"la région de {essms(inconnues)} est inconnue et peut tout changer")
    if len(premieres) == 1:
        return PivotTrouve(premieres[0], f"{plus_grand} des {essms(len(projet.essms))} y sont")
    return _departager(projet, premieres, plus_grand)


def _departager(projet: Projet, premieres: tuple[str, ...], nombre: int) -> PivotTrouve:
    egalite = f"{' et '.join(map(nom_region, premieres))} ont chacune {essms(nombre)}"
    siege = projet.porteur.region
    if siege in premieres:
        return PivotTrouve(siege, f"{egalite}, et le siège du porteur y est")
    if siege is None:
        return PivotTrouve(None, f"{egalite}\u00a0: indiquez la région du siège du porteur")
    if projet.region_pivot in premieres:
        return PivotTrouve(projet.region_pivot, f"{egalite}, et le porteur la choisit")
    return PivotTrouve(None, f"{egalite}\u00a0: le porteur choisit")


def _phrase_du_pivot(pivot: PivotTrouve, edition: Edition) -> str:
    if pivot.region is None:
        return f"ARS pivot à déterminer\u00a0: {pivot.raison}."
    if pivot.region == edition.region:
        return f"ARS pivot\u00a0: {nom_region(pivot.region)} ({pivot.raison})."
    return (
        f"ARS pivot\u00a0: {nom_region(pivot.region)} ({pivot.raison})\u202f; "
        f"le dossier se dépose auprès d’elle, non de l’{edition.ars}."
    )


def controler_le_guichet(projet: Projet, edition: Edition, trouve: Guichet) -> Iterator[Controle]:
    """Checks G1 to G4 drawn from the place of filing."""
    regles = edition.guichet
    niveau, _, article, raison = niveau_du_guichet(projet, edition)
    regional = niveau == "regional"
    if niveau is None:
        yield juger(regles.regional, Verdict.A_COMPLETER, raison)
        yield juger(regles.national, Verdict.A_COMPLETER, raison)
    elif regional:
        yield juger(regles.regional, _verdict_du_niveau(niveau, edition), raison)
        yield juger(
            regles.national,
            Verdict.SANS_OBJET,
            f"Le projet relève du guichet régional\u00a0: {_nombres(projet)}.",
        )
    else:
        yield juger(
            regles.regional,
            Verdict.SANS_OBJET,
            f"Le projet relève du guichet national\u00a0: {_nombres(projet)}.",
        )
        yield juger(regles.national, _verdict_du_niveau(niveau, edition), raison, article=article)
    yield _controler_le_pivot(projet, edition, trouve)
    yield from controler_l_instruction_deportee(edition)


def _nombres(projet: Projet) -> str:
    return f"{essms(len(projet.essms))}, {compte(len(projet.regions), 'région', 'régions')}"


def _verdict_du_niveau(niveau: Niveau, edition: Edition) -> Verdict:
    return Verdict.CONFORME if niveau == edition.guichet.niveau else Verdict.BLOQUANT


def _controler_le_pivot(projet: Projet, edition: Edition, trouve: Guichet) -> Controle:
    regle_pivot = edition.guichet.pivot
    if trouve.niveau != "regional":
        return juger(
            regle_pivot, Verdict.SANS_OBJET, "Seul un projet déposé au guichet régional a une ARS pivot."
        )
    pivot = ars_pivot(projet)
    if pivot.region is None:
        verdict = Verdict.A_COMPLETER
    else:
        verdict = Verdict.CONFORME if pivot.region == edition.region else Verdict.BLOQUANT
    return juger(regle_pivot, verdict, _phrase_du_pivot(pivot, edition))


@regle("G4")
def controler_l_instruction_deportee(edition: Edition) -> Iterator[Controle]:
    """Who may send the instruction to the national level; filing is not concerned, so it never blocks."""
    deportee = edition.guichet.instruction_deportee
    if deportee is not None:
        yield juger(
            deportee,
            Verdict.SANS_OBJET,
            "L’ARS pivot peut demander une instruction nationale\u202f; le guichet de dépôt ne change pas.",
        )
