"""Searching the register from the simulator: ESSMS to add one by one, organisms to add whole."""

from collections.abc import Collection
from dataclasses import dataclass

from financement.etude import noms_des_organismes
from grappes.finess.numero import cle_valide, normaliser
from grappes.models import Etablissement
from grappes.requetes import ReferentielFiness, essms_de_l_og, rechercher_etablissements

MONTRES = 20
TEXTE_MAX = 100


@dataclass(frozen=True, slots=True)
class OrganismeTrouve:
    """An organism and how many open ESSMS it runs."""

    finess_ej: str
    nom: str
    essms: int


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
    """What a search found; `texte` empty: nothing was asked."""

    texte: str
    organismes: tuple[OrganismeTrouve, ...] = ()
    essms: tuple[EssmsTrouve, ...] = ()
    suite: bool = False


def rechercher(texte: str, *, deja: Collection[str]) -> Recherche:
    """First ESSMS that match, and the organisms that run them; a bounded number of rows and of queries."""
    texte = texte.replace("\x00", "").strip()[:TEXTE_MAX]
    if not texte:
        return Recherche("")
    trouves = list(rechercher_etablissements(texte)[: MONTRES + 1])
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
    return Recherche(texte, _organismes(texte, trouves), essms, len(trouves) > MONTRES)


def essms_de_l_organisme(finess_ej: str) -> list[str]:
    """Numbers of the open ESSMS of an organism; none for anything that is not a FINESS number."""
    numero = normaliser(finess_ej)
    return list(essms_de_l_og(numero).values_list("finess_et", flat=True)) if cle_valide(numero) else []


def _organismes(texte: str, trouves: list[Etablissement]) -> tuple[OrganismeTrouve, ...]:
    numeros = list(dict.fromkeys(e.finess_ej for e in trouves))
    demande = normaliser(texte)
    if cle_valide(demande):
        numeros = list(dict.fromkeys([demande, *numeros]))
    geres = ReferentielFiness().essms_geres(numeros)
    noms = noms_des_organismes(numeros)
    return tuple(OrganismeTrouve(ej, noms[ej], geres[ej]) for ej in numeros if geres.get(ej))
