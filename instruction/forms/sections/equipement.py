"""Section « Équipement »: the state of the equipment of each ESSMS in one table, then what is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django import forms

from esms.aap import Edition
from instruction.forms.sections.champs import ChoixField, EntierField, EurosField, texte_court
from instruction.forms.sections.tableaux import GESTE, FormulaireATableaux, Tableau
from instruction.presentation.reponses import Reponse
from instruction.regles.candidature import equipement
from instruction.regles.candidature.budget_manques import base_de
from instruction.regles.candidature.lecture import table
from instruction.requetes import Examen

RECOPIER = "parcs:recopier"
COLONNES = (*equipement.COMPTES, "wifi", "observations")
DEPART = 3  # blank lines of needs


@dataclass(frozen=True)
class SaisieParc:
    """One ESSMS as it is typed."""

    finess_et: str
    nom: str
    champs: list[forms.BoundField]


@dataclass(frozen=True, slots=True)
class Total:
    """What one ESSMS asks for against the amount in the grappe, in EUR; `demande` None without a quote."""

    nom: str
    besoin: Decimal
    demande: Decimal | None


class EquipementForm(FormulaireATableaux):
    """Existing equipment and needs, only of the ESSMS that F4 pays."""

    conseiller = staticmethod(equipement.conseils)
    colonnes: ClassVar[Mapping[str, str]] = {
        **equipement.COMPTES,
        "wifi": "Wi-Fi dans les lieux d’accompagnement",
        "observations": "Observations",
        "nom": "Nom",
        "essms": "Pour",
        "nature": "Nature",
        "quantite": "Quantité par ESSMS",
        "ht": "Prix unitaire HT",
        "ttc": "Prix unitaire TTC",
        "motif": "Besoin auquel cela répond",
    }
    choix: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "wifi": equipement.WIFI,
        "nature": equipement.NATURES,
        "essms": {equipement.TOUS: "Chaque ESSMS demandeur"},
    }
    montants = frozenset(["ht", "ttc"])

    @classmethod
    def tables(cls, examen: Examen) -> tuple[Tableau, ...]:
        """One table of needs: an item is for one ESSMS, or the same for each."""
        essms = {e.finess_et: _nom(e) for e in equipement.demandeurs(examen.contexte)}
        champs = {
            "essms": ChoixField({**cls.choix["essms"], **essms}, label=cls.colonnes["essms"]),
            "nature": ChoixField(equipement.NATURES, label="Nature"),
            "quantite": EntierField(label=cls.colonnes["quantite"]),
            "ht": EurosField(label=cls.colonnes["ht"]),
            "ttc": EurosField(label=cls.colonnes["ttc"]),
            "motif": texte_court(cls.colonnes["motif"]),
        }
        return (Tableau("besoins", "besoin", champs, ({},) * DEPART),)

    def a_plat(self, contenu: Mapping[str, Any]) -> dict[str, Any]:
        """The state of the equipment by field."""
        parcs = table(contenu, "parcs")
        return {_champ(numero, c): v for numero in parcs for c, v in table(parcs, numero).items()}

    def initiales(self) -> dict[str, Any]:
        """As typed; « fill the following like the first » only fills cells that are blank."""
        valeurs = super().initiales()
        if self._recu is not None and self._recu.get(GESTE) == RECOPIER:
            premier, *suivants = self.essms or {"": ""}
            for numero in suivants:
                for colonne in COLONNES:
                    cle = _champ(numero, colonne)
                    valeurs[cle] = valeurs.get(cle) or valeurs.get(_champ(premier, colonne))
        return valeurs

    def ajouter_champs(self) -> None:
        """Ten cells for each ESSMS, each named after its ESSMS for whoever hears it; then the needs."""
        for numero, nom in self.essms.items():
            for colonne in COLONNES:
                champ = _cellule(colonne)
                champ.label = f"{self.colonnes[colonne]}, {nom}"
                champ.widget.attrs["aria-label"] = champ.label
                champ.court = self.colonnes[colonne]  # type: ignore[attr-defined]  # the header of the column
                self.fields[_champ(numero, colonne)] = champ
        super().ajouter_champs()

    def contenu(self) -> dict[str, Any]:
        """Numbers and words by ESSMS (with its name, for who reads the sealed dossier), then the needs."""
        parcs = {}
        for numero, nom in self.essms.items():
            saisi = {c: self.cleaned_data.get(_champ(numero, c)) for c in COLONNES}
            connu = {c: v for c, v in saisi.items() if v not in (None, "")}
            if connu:
                parcs[numero] = {"nom": nom, **connu}
        return {"parcs": parcs, **self.contenu_des_tableaux()}

    @cached_property
    def essms(self) -> dict[str, str]:
        """FINESS ET → name of each ESSMS that F4 pays."""
        return {e.finess_et: _nom(e) for e in equipement.demandeurs(self.examen.contexte)}

    @property
    def entetes(self) -> list[str]:
        """Titles of the columns."""
        return [self.colonnes[colonne] for colonne in COLONNES]

    @property
    def parcs(self) -> list[SaisieParc]:
        """The ESSMS with their cells."""
        return [
            SaisieParc(numero, nom, [self[_champ(numero, c)] for c in COLONNES])
            for numero, nom in self.essms.items()
        ]

    @property
    def besoins(self) -> list[Any]:
        """Lines of the needs."""
        return self.lignes("besoins")

    @property
    def base(self) -> str:
        """« HT » or « TTC » (F7)."""
        return base_de(self.examen.contexte)

    @property
    def totaux(self) -> list[Total]:
        """What each ESSMS asks for, against the grappe."""
        demandes = equipement.besoins(self.apercu)
        return [
            Total(
                self.essms[essms.finess_et],
                equipement.total_de(demandes, essms.finess_et, self.base),
                equipement.devis(essms, self.examen.contexte),
            )
            for essms in equipement.demandeurs(self.examen.contexte)
        ]

    @property
    def total(self) -> Decimal:
        """What all of them ask for, in EUR."""
        return sum((total.besoin for total in self.totaux), Decimal("0.00"))

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {"parcs": "ESSMS", "besoins": "Besoin"}

    @classmethod
    def lire(cls, contenu: Mapping[str, Any], edition: Edition) -> tuple[Reponse, ...]:
        """The ESSMS of a need by its name, as kept with its equipment."""
        noms = {etat.finess_et: etat.nom for etat in equipement.parcs(contenu) if etat.nom}
        besoins = [
            {**ligne, "essms": noms.get(str(ligne.get("essms")), ligne.get("essms"))}
            for ligne in contenu.get("besoins") or ()
        ]
        return super().lire({**contenu, "besoins": besoins} if besoins else contenu, edition)


def _champ(numero: str, colonne: str) -> str:
    return f"parc_{numero}_{colonne}"


def _nom(essms: Any) -> str:
    return str(essms.nom) or f"ESSMS {essms.finess_et}"


def _cellule(colonne: str) -> forms.Field:
    if colonne == "wifi":
        return ChoixField(equipement.WIFI, vide="–")
    return texte_court("") if colonne == "observations" else EntierField()
