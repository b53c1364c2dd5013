"""Where a project is filed (G1–G4): level, leading ARS, and whether this AAP may take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from esms.aap import Edition, Regle
from esms.aap.guichet import Niveau

from .controle import Controle, Verdict, juger
from .phrases import citer, compte, essms
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
    trouve = niveau_du_guichet(projet, edition)
    au_niveau = trouve.niveau == edition.guichet.niveau
    if trouve.niveau != "regional":
        return Guichet(trouve.niveau, None, trouve.regle, trouve.article, au_niveau, trouve.raison)
    pivot = ars_pivot(projet)
    explication = f"{trouve.raison} {_phrase_du_pivot(pivot, edition)}"
    deposable = au_niveau and pivot.region == edition.region
    return Guichet("regional", pivot.region, trouve.regle, trouve.article, deposable, explication)


@dataclass(frozen=True, slots=True)
class NiveauTrouve:
    """Regional or national, by which rule and article, and why, in one French sentence."""

    niveau: Niveau | None
    regle: str
    article: str
    raison: str


@regle("G1", "G2")
def niveau_du_guichet(projet: Projet, edition: Edition) -> NiveauTrouve:
    """Level of a project: by its number of ESSMS, its regions or its national reach, as the edition says."""
    regional, national = edition.guichet.regional, edition.guichet.national
    nombre, limite = len(projet.essms), regional.moins_de
    if projet.portee_nationale and national.article_portee_nationale and nombre < limite:
        raison = f"{essms(nombre)}, projet de portée nationale\u00a0: {_national(edition)}"
        return NiveauTrouve("national", national.regle, national.article_portee_nationale, raison)
    if nombre < limite:
        raison = f"{essms(nombre)}, moins de {limite}\u00a0: guichet régional."
        return NiveauTrouve("regional", regional.regle, regional.article, raison)
    return _AU_DELA[national.au_dela](projet, edition)


def _toujours_national(projet: Projet, edition: Edition) -> NiveauTrouve:
    regles = edition.guichet.national
    raison = f"{_au_moins(projet, edition)}\u00a0: {_national(edition)}"
    return NiveauTrouve("national", regles.regle, regles.article, raison)


def _national_si_plusieurs_regions(projet: Projet, edition: Edition) -> NiveauTrouve:
    regional, national = edition.guichet.regional, edition.guichet.national
    debut = _au_moins(projet, edition)
    if len(projet.regions) > 1:
        raison = f"{debut}, dans {len(projet.regions)} régions\u00a0: {_national(edition)}"
        return NiveauTrouve("national", national.regle, national.article, raison)
    if projet.regions_inconnues:
        raison = (
            f"{debut}, et la région de {essms(projet.regions_inconnues)} est inconnue\u00a0: "
            "le guichet dépend du nombre de régions."
        )
        return NiveauTrouve(None, national.regle, national.article, raison)
    raison = f"{debut}, dans une seule région\u00a0: guichet régional."
    return NiveauTrouve("regional", regional.regle, regional.article, raison)


def _au_moins(projet: Projet, edition: Edition) -> str:
    return f"{essms(len(projet.essms))}, au moins {edition.guichet.regional.moins_de}"


def _national(edition: Edition) -> str:
    return f"guichet national, tenu par {edition.guichet.national.instructeur}."


_AU_DELA = {"toujours": _toujours_national, "plusieurs_regions": _national_si_plusieurs_regions}


@regle("G3")
def ars_pivot(projet: Projet) -> PivotTrouve:
    """Region with most ESSMS; on a tie, that of the porteur's seat if among them, else the one chosen."""
    inconnues = projet.regions_inconnues
    if not projet.regions:
        return PivotTrouve(None, f"la région de {essms(inconnues)} est inconnue")
    plus_grand = max(projet.regions.values())
    premieres = tuple(region for region, nombre in projet.regions.items() if nombre == plus_grand)
    suivant = max((nombre for region, nombre in projet.regions.items() if region != premieres[0]), default=0)
    if inconnues and plus_grand <= suivant + inconnues:
        return PivotTrouve(None, f"la région de {essms(inconnues)} est inconnue et peut tout changer")
    if len(premieres) == 1:
        return PivotTrouve(premieres[0], _part_de_la_region(plus_grand, len(projet.essms)))
    return _departager(projet, premieres, plus_grand)


def _part_de_la_region(partie: int, total: int) -> str:
    if partie == total:
        return "tous les ESSMS y sont" if total > 1 else "l’ESSMS y est"
    return f"{partie} des {essms(total)} y sont"


def _departager(projet: Projet, premieres: tuple[str, ...], nombre: int) -> PivotTrouve:
    """The seat when it is one of them; otherwise, or while nobody knows it, the choice of the porteur."""
    egalite = f"{citer([nom_region(region) for region in premieres])} ont chacune {essms(nombre)}"
    siege, choix = projet.porteur.region, projet.region_pivot
    if siege in premieres:
        return PivotTrouve(siege, f"{egalite}, et le siège du porteur y est")
    if choix in premieres:
        return PivotTrouve(choix, f"{egalite}, et le porteur la choisit")
    a_faire = (
        "indiquez la région du siège du porteur"
        if siege is None
        else "le siège du porteur est ailleurs, et le porteur choisit l’une d’elles"
    )
    if choix is not None:
        a_faire = f"{nom_region(choix)}, région pivot demandée, n’est pas l’une d’elles\u202f; {a_faire}"
    return PivotTrouve(None, f"{egalite}\u202f; {a_faire}")


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
    niveau = niveau_du_guichet(projet, edition)
    if niveau.niveau is None:
        yield juger(regles.regional, Verdict.A_COMPLETER, niveau.raison)
        yield juger(regles.national, Verdict.A_COMPLETER, niveau.raison)
    else:
        retenu: Regle = regles.regional
        autre: Regle = regles.national
        if niveau.niveau == "national":
            retenu, autre = autre, retenu
        verdict = Verdict.CONFORME if niveau.niveau == regles.niveau else Verdict.BLOQUANT
        yield juger(retenu, verdict, niveau.raison, article=niveau.article)
        yield juger(autre, Verdict.SANS_OBJET, f"{_nombres(projet)}\u00a0: autre guichet.")
    yield _controler_le_pivot(projet, edition, trouve)
    yield from controler_l_instruction_deportee(edition)


def _nombres(projet: Projet) -> str:
    if not projet.regions:
        return f"{essms(len(projet.essms))} de région inconnue"
    return f"{essms(len(projet.essms))}, {compte(len(projet.regions), 'région', 'régions')}"


def _controler_le_pivot(projet: Projet, edition: Edition, trouve: Guichet) -> Controle:
    """A region that nobody knows is asked for even when it changes nothing: it is part of the dossier."""
    regle_pivot = edition.guichet.pivot
    if trouve.niveau != "regional":
        verdict, phrase = Verdict.SANS_OBJET, "Seul un projet déposé au guichet régional a une ARS pivot."
    else:
        pivot = ars_pivot(projet)
        phrase = _phrase_du_pivot(pivot, edition)
        verdict = Verdict.CONFORME if pivot.region == edition.region else Verdict.BLOQUANT
        verdict = Verdict.A_COMPLETER if pivot.region is None else verdict
    inconnues = [ligne.finess_et for ligne in projet.essms if ligne.region is None]
    if inconnues:
        verdict = verdict if verdict is Verdict.BLOQUANT else Verdict.A_COMPLETER
        phrase += f" Région à indiquer\u00a0: {citer(inconnues)}."
    return juger(regle_pivot, verdict, phrase)


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
