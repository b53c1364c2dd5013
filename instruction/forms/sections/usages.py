"""Section « Stratégie d’usage »: baseline counts, each asked once, and the way to each target."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms

from esms.aap import Edition
from esms.aap.cibles import Indicateur
from instruction.forms.sections.champs import EntierField, JourField, texte_court, texte_long
from instruction.forms.sections.tableaux import FormulaireATableaux, Tableau
from instruction.presentation.reponses import Reponse
from instruction.regles.candidature import usages
from instruction.regles.candidature.lecture import table


@dataclass(frozen=True)
class Saisie:
    """One indicator as it is typed: the counts first asked here, and how its target is reached."""

    depart: usages.Depart
    comptes: list[forms.BoundField]
    le: forms.BoundField | None
    comment: forms.BoundField | None
    dispense: bool

    @property
    def indicateur(self) -> Indicateur:
        """The indicator."""
        return self.depart.indicateur


class UsagesForm(FormulaireATableaux):
    """Baseline, dates and means; use cases of Mon espace santé."""

    conseiller = staticmethod(usages.conseils)
    colonnes: ClassVar[Mapping[str, str]] = {
        "le": "Date prévue",
        "comment": "Comment",
        "titre": "Cas d’usage",
        "documents": "Documents partagés",
        "mise_en_oeuvre": "Mise en œuvre",
    }
    jours = frozenset(["le"])
    tableaux = (
        Tableau(
            "cas_d_usage",
            "cas d’usage",
            {
                "titre": texte_court("Cas d’usage"),
                "documents": texte_court("Documents partagés"),
                "mise_en_oeuvre": texte_long("Mise en œuvre", rangees=2),
            },
        ),
    )

    def a_plat(self, contenu: Mapping[str, Any]) -> dict[str, Any]:
        """Counts, dates and means by field."""
        cibles = table(contenu, "cibles")
        return {
            **table(contenu, "comptes"),
            **{f"{regle}_{nom}": valeur for regle in cibles for nom, valeur in table(cibles, regle).items()},
        }

    def ajouter_champs(self) -> None:
        """Each count once; a date and a text for each target."""
        for compte in usages.comptes(self._indicateurs):
            aide = next((i.aide for i in self._indicateurs if compte.cle == f"{i.regle}_n"), "")
            libelle = compte.libelle[0].upper() + compte.libelle[1:]
            if not self._taux(compte.regles[0]):
                libelle += " (facultatif)"
            self.fields[compte.cle] = EntierField(label=libelle, help_text=aide)
        for indicateur in self._indicateurs:
            if indicateur.cible is not None:
                champ = JourField(label="Date prévue d’atteinte de la cible")
                texte = texte_long("Comment la cible sera atteinte", rangees=2)
                champ.suite = texte.suite = indicateur.regle  # type: ignore[attr-defined]
                self.fields[f"{indicateur.regle}_le"] = champ
                self.fields[f"{indicateur.regle}_comment"] = texte
        super().ajouter_champs()

    def contenu(self) -> dict[str, Any]:
        """Counts as numbers; dates and means by indicator."""
        propres = self.cleaned_data
        comptes = {
            c.cle: propres[c.cle] for c in usages.comptes(self._indicateurs) if propres.get(c.cle) is not None
        }
        cibles = {}
        for indicateur in self._indicateurs:
            jour, texte = (propres.get(f"{indicateur.regle}_{nom}") for nom in ("le", "comment"))
            dit = {"le": jour.isoformat() if jour else "", "comment": texte or ""}
            if any(dit.values()):
                cibles[indicateur.regle] = dit
        return {"comptes": comptes, "cibles": cibles, **self.contenu_des_tableaux()}

    @property
    def saisies(self) -> list[Saisie]:
        """The indicators in order, each with the fields that are its own."""
        projet = self.examen.contexte.projet
        vues: set[str] = set()
        saisies = []
        for depart in self.departs:
            regle = depart.indicateur.regle
            cles = [
                c.cle for c in usages.comptes(self._indicateurs) if regle in c.regles and c.cle not in vues
            ]
            vues.update(cles)
            cible = depart.indicateur.cible is not None
            saisies.append(
                Saisie(
                    depart,
                    [self[cle] for cle in cles],
                    self[f"{regle}_le"] if cible else None,
                    self[f"{regle}_comment"] if cible else None,
                    usages.dispense(depart.indicateur, projet),
                )
            )
        return saisies

    @property
    def departs(self) -> tuple[usages.Depart, ...]:
        """The indicators as they stand, for their starting rates."""
        return usages.departs(self.apercu, self._indicateurs, self.examen.contexte.projet)

    @property
    def cas_d_usage(self) -> list[Any]:
        """Lines of the use cases."""
        return self.lignes("cas_d_usage")

    @property
    def _indicateurs(self) -> tuple[Indicateur, ...]:
        return self.examen.edition.cibles.indicateurs

    def _taux(self, regle: str) -> bool:
        return any(i.regle == regle and i.cible is not None for i in self._indicateurs)

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {"comptes": "", "cibles": "", "cas_d_usage": "Cas d’usage"}

    @classmethod
    def lire(cls, contenu: Mapping[str, Any], edition: Edition) -> tuple[Reponse, ...]:
        """Counts under the words of the edition, then targets and use cases."""
        indicateurs = edition.cibles.indicateurs
        comptes = {compte.cle: compte.libelle for compte in usages.comptes(indicateurs)}
        noms = {i.regle: f"{i.regle} – {i.libelle}" for i in indicateurs}
        return tuple(replace(r, libelle=_nommer(r, comptes, noms)) for r in super().lire(contenu, edition))


def _nommer(reponse: Reponse, comptes: Mapping[str, str], noms: Mapping[str, str]) -> str:
    """A count by what is counted, a target by its indicator."""
    racine, _, suite = reponse.champ.partition(".")
    if racine == "comptes":
        return comptes.get(suite, reponse.libelle)
    regle, _, colonne = suite.partition(".")
    return (
        f"{noms.get(regle, regle)}, {UsagesForm.colonnes[colonne].lower()}"
        if racine == "cibles"
        else reponse.libelle
    )
