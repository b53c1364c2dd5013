"""Section « Équipement » (F4, P9a, P9b): what each ESSMS of a small organism has, and needs.

Occitanie modulates F4 by the quotes and by the state of the equipment of each ESSMS (§4.4.1, §4.4.1.3);
Guadeloupe pays a flat amount (§5.3) and only wants the documents. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from esms.socle.citations import source
from esms.socle.montants import euros
from financement.bareme.taxes import devis_retenu
from grappes.regles import Essms, regle

from .budget_manques import base_de
from .contexte import Contexte
from .lecture import entier, lignes, montant, table, texte
from .phrases import cite, enumerer, source_de

TOUS = "tous"
WIFI = {"oui": "Oui", "partiel": "Partiel", "non": "Non"}
COMPTES = {
    "professionnels": "Professionnels qui saisiront dans le DUI",
    "fixes": "Postes fixes",
    "fixes_anciens": "Postes fixes de plus de 5 ans",
    "portables": "Ordinateurs portables",
    "portables_anciens": "Portables de plus de 5 ans",
    "tablettes": "Tablettes",
    "telephones": "Téléphones professionnels",
    "debit": "Débit internet (Mbit/s)",
}
"""Whole numbers asked of each ESSMS, in the order of the columns of P9a."""
ANCIENS = (("fixes", "fixes_anciens"), ("portables", "portables_anciens"))
NATURES = {
    "fixe": "Poste fixe",
    "portable": "Ordinateur portable",
    "tablette": "Tablette",
    "wifi": "Borne Wi-Fi",
    "reseau": "Commutateur réseau",
    "cablage": "Câblage",
    "autre": "Autre (à préciser)",
}
NOMMES = 5  # ESSMS named in one sentence


@dataclass(frozen=True, slots=True)
class Parc:
    """The equipment of one ESSMS today; None where nothing was typed."""

    finess_et: str
    nom: str
    comptes: Mapping[str, int | None]
    wifi: str
    observations: str

    @property
    def complet(self) -> bool:
        """Whether every count and the state of the Wi-Fi are given."""
        return None not in self.comptes.values() and self.wifi in WIFI

    @property
    def incoherent(self) -> bool:
        """Whether more machines are old than there are machines."""
        return any((self.comptes[vieux] or 0) > (self.comptes[tout] or 0) for tout, vieux in ANCIENS)

    @property
    def libelle_wifi(self) -> str:
        """State of the Wi-Fi in words; empty while nothing was said."""
        return WIFI.get(self.wifi, "")


@dataclass(frozen=True, slots=True)
class Besoin:
    """One item asked for, by one ESSMS or by each of them (TOUS). `rang` from 1; prices in EUR a unit."""

    rang: int
    essms: str
    nature: str
    quantite: int | None
    ht: Decimal | None
    ttc: Decimal | None
    motif: str

    @property
    def libelle(self) -> str:
        """The nature in words."""
        return NATURES.get(self.nature, "")

    def concerne(self, finess_et: str) -> bool:
        """Whether this ESSMS asks for it."""
        return self.essms in (TOUS, finess_et)

    def total(self, base: str) -> Decimal | None:
        """EUR for one ESSMS on a base, « HT » or « TTC »; None while the quantity or the price is missing."""
        prix = self.ht if base == "HT" else self.ttc
        return None if prix is None or self.quantite is None else prix * self.quantite

    def absents(self, base: str) -> list[str]:
        """What is not given yet, in words."""
        attendus = {
            "l’ESSMS": bool(self.essms),
            "la nature": bool(self.libelle),
            "la quantité": bool(self.quantite),
            f"le prix unitaire {base}": (self.ht if base == "HT" else self.ttc) is not None,
            "le motif": bool(self.motif),
        }
        return [mot for mot, donne in attendus.items() if not donne]


def demandeurs(contexte: Contexte) -> tuple[Essms, ...]:
    """ESSMS that F4 pays: they ask for equipment and their organism is small, by number."""
    payes = {ligne.portee for ligne in contexte.resultat.financement.lignes if ligne.regle == "F4"}
    return tuple(essms for essms in contexte.projet.essms if essms.finess_et in payes)


def parc(contenu: Mapping[str, Any], finess_et: str, nom: str = "") -> Parc:
    """What was typed of one ESSMS; `nom` when it was not kept with it."""
    saisi = table(table(contenu, "parcs"), finess_et)
    return Parc(
        finess_et,
        texte(saisi, "nom") or nom,
        {cle: entier(saisi, cle) for cle in COMPTES},
        texte(saisi, "wifi"),
        texte(saisi, "observations"),
    )


def parcs(contenu: Mapping[str, Any]) -> tuple[Parc, ...]:
    """Every ESSMS of which something was typed, by number."""
    return tuple(parc(contenu, numero) for numero in sorted(table(contenu, "parcs")))


def besoins(contenu: Mapping[str, Any]) -> tuple[Besoin, ...]:
    """The items, in the order they were typed."""
    return tuple(
        Besoin(
            rang,
            texte(ligne, "essms"),
            texte(ligne, "nature"),
            entier(ligne, "quantite"),
            montant(ligne, "ht"),
            montant(ligne, "ttc"),
            texte(ligne, "motif"),
        )
        for rang, ligne in enumerate(lignes(contenu, "besoins"), start=1)
    )


def total_de(demandes: Sequence[Besoin], finess_et: str, base: str) -> Decimal:
    """EUR that one ESSMS asks for; an item without quantity or price counts for nothing."""
    sommes = (besoin.total(base) for besoin in demandes if besoin.concerne(finess_et))
    return sum((somme for somme in sommes if somme is not None), Decimal("0.00"))


def devis(essms: Essms, contexte: Contexte) -> Decimal | None:
    """EUR that the grappe asks for, on the base that the porteur's VAT leads to (F7)."""
    demande = essms.materiel
    if demande is None:
        return None
    return devis_retenu(demande.demande_ht, demande.demande_ttc, contexte.projet)


@regle("F4", "P9a", "P9b")
def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What is missing for the ESSMS that ask for equipment; nothing when none does."""
    return tuple(_phrases(contenu, contexte))


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """ESSMS whose need does not add up to the amount asked for in the grappe, which is that of the quotes."""
    demandes, base = besoins(contenu), base_de(contexte)
    ecarts = [
        f"{_nom(essms)} ({euros(voulu)} de besoin, {euros(chiffre)} de devis)"
        for essms in demandeurs(contexte)
        if (chiffre := devis(essms, contexte)) is not None
        and (voulu := total_de(demandes, essms.finess_et, base))
        and voulu != chiffre
    ]
    if not ecarts:
        return ()
    conseil = (
        f"Le besoin chiffré {base} n’est pas le montant demandé dans la grappe pour "
        f"{_enumerer(ecarts)}\u00a0: l’aide est calculée sur les devis "
        f"{source(contexte.edition.financement.materiel.article, 'F4')}."
    )
    return (conseil,)


def _phrases(contenu: Mapping[str, Any], contexte: Contexte) -> Iterator[str]:
    concernes, demandes, base = demandeurs(contexte), besoins(contenu), base_de(contexte)
    if not concernes:
        return
    citation = source_de(contexte.edition, "equipement", "F4")
    etats = {essms.finess_et: parc(contenu, essms.finess_et, essms.nom) for essms in concernes}
    a_decrire = [_nom(essms) for essms in concernes if not etats[essms.finess_et].complet]
    if a_decrire:
        yield f"État du parc à compléter\u00a0: {_enumerer(a_decrire)} {citation}."
    incoherents = [_nom(essms) for essms in concernes if etats[essms.finess_et].incoherent]
    if incoherents:
        yield f"Plus de postes anciens que de postes\u00a0: {_enumerer(incoherents)} {citation}."
    sans_besoin = [
        _nom(essms) for essms in concernes if not any(b.concerne(essms.finess_et) for b in demandes)
    ]
    if sans_besoin:
        yield f"Aucun besoin décrit\u00a0: {_enumerer(sans_besoin)} {citation}."
    for besoin in demandes:
        if absents := besoin.absents(base):
            verbe = "manquent" if len(absents) > 1 else "manque"
            nom = f" ({cite(besoin.motif)})" if besoin.motif else ""
            yield f"Besoin n°\u00a0{besoin.rang}{nom}\u00a0: {enumerer(absents)} {verbe}."


def _nom(essms: Essms) -> str:
    return f"{essms.nom} ({essms.finess_et})" if essms.nom else essms.finess_et


def _enumerer(noms: list[str]) -> str:
    """« a, b et c »; past NOMMES, how many more."""
    reste = len(noms) - NOMMES
    if reste <= 1:
        return enumerer(noms)
    return enumerer([*noms[:NOMMES], f"{reste} autres ESSMS"])
