"""Searching the register from the simulator: ESSMS to add one by one, organisms to add whole."""

from collections.abc import Collection
from dataclasses import dataclass

from grappes.finess.numero import cle_valide, normaliser
from grappes.models import Etablissement
from grappes.requetes import ReferentielFiness, TexteTropCourt, essms_de_l_og, rechercher_etablissements
from grappes.requetes_organismes import noms_des_organismes

MONTRES = 20
ORGANISMES_MONTRES = 5
TEXTE_MAX = 100


@dataclass(frozen=True, slots=True)
class OrganismeTrouve:
    """An organism and how many open ESSMS it runs."""

    finess_ej: str
    nom: str
    essms: int
    exemple: str  # name of one of its ESSMS: the register does not always know the organism's own


@dataclass(frozen=True, slots=True)
class EssmsTrouve:
    """An ESSMS that could join the project, or why it cannot."""

    etablissement: Etablissement
    deja: bool
    hors_champ: bool
    ferme: bool

    @property
    def ajoutable(self) -> bool:
        """Whether a button makes sense."""
        return not (self.deja or self.hors_champ or self.ferme)


@dataclass(frozen=True, slots=True)
class Recherche:
    """What a search found; `texte` empty: nothing was asked. `refus`: why nothing was looked for."""

    texte: str
    refus: str = ""
    organismes: tuple[OrganismeTrouve, ...] = ()
    essms: tuple[EssmsTrouve, ...] = ()
    suite: bool = False


def rechercher(texte: str, *, deja: Collection[str]) -> Recherche:
    """First ESSMS that match, and the organisms that run them; a bounded number of rows and of queries."""
    texte = texte.replace("\x00", "").strip()[:TEXTE_MAX]
    if not texte:
        return Recherche("")
    try:
        trouves = list(rechercher_etablissements(texte)[: MONTRES + 1])
    except TexteTropCourt as trop_court:
        return Recherche(texte, refus=str(trop_court))
    fiches = ReferentielFiness().etablissements([e.finess_et for e in trouves])
    essms = tuple(
        EssmsTrouve(
            etablissement,
            etablissement.finess_et in deja,
            fiches[etablissement.finess_et].l312_1 is False,
            fiches[etablissement.finess_et].ferme_le is not None,
        )
        for etablissement in trouves[:MONTRES]
    )
    return Recherche(texte, organismes=_organismes(texte, trouves), essms=essms, suite=len(trouves) > MONTRES)


def essms_de_l_organisme(finess_ej: str) -> list[str]:
    """Numbers of the open ESSMS of an organism; none for anything that is not a FINESS number."""
    numero = normaliser(finess_ej)
    return list(essms_de_l_og(numero).values_list("finess_et", flat=True)) if cle_valide(numero) else []


def _organismes(texte: str, trouves: list[Etablissement]) -> tuple[OrganismeTrouve, ...]:
    """The organism asked for by its number first, then those of the first ESSMS found."""
    demande = normaliser(texte)
    exemples = {e.finess_ej: e.nom for e in reversed(trouves)}
    numeros = list(
        dict.fromkeys([*([demande] if cle_valide(demande) else []), *(e.finess_ej for e in trouves)])
    )
    geres = ReferentielFiness().essms_geres(numeros)
    noms = noms_des_organismes(numeros)
    connus = [ej for ej in numeros if geres.get(ej)][:ORGANISMES_MONTRES]
    return tuple(OrganismeTrouve(ej, noms[ej], geres[ej], exemples.get(ej, "")) for ej in connus)
