"""Section « Maturité du système d’information »: each organism's self-diagnosis, the 13 cyber measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms

from esms.aap import Edition
from grappes.models import EntiteJuridique
from instruction.forms.sections.champs import ChoixField, JourField, texte_court
from instruction.forms.sections.tableaux import FormulaireATableaux
from instruction.regles.candidature import si
from instruction.regles.candidature.lecture import table


@dataclass(frozen=True)
class SaisieOrganisme:
    """The self-diagnosis of one organism as it is typed."""

    finess_ej: str
    nom: str
    champs: list[forms.BoundField]


@dataclass(frozen=True)
class SaisieMesure:
    """One cyber measure as it is typed."""

    cle: str
    libelle: str
    etat: forms.BoundField
    commentaire: forms.BoundField


class SiForm(FormulaireATableaux):
    """Diagnoses and measures."""

    conseiller = staticmethod(si.conseils)
    colonnes: ClassVar[Mapping[str, str]] = {
        "etat": "État",
        "outil": "Outil",
        "le": "Date",
        "commentaire": "Commentaire",
        "nom": "Nom",
    }

    choix: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "etat": {**si.ETATS_DIAGNOSTIC, **si.ETATS_MESURE},
    }
    jours = frozenset(["le"])

    def a_plat(self, contenu: Mapping[str, Any]) -> dict[str, Any]:
        """Answers by field."""
        organismes, mesures = table(contenu, "organismes"), table(contenu, "mesures")
        return {
            **{f"og_{n}_{nom}": v for n in organismes for nom, v in table(organismes, n).items()},
            **{f"mesure_{cle}_{nom}": v for cle in mesures for nom, v in table(mesures, cle).items()},
        }

    def ajouter_champs(self) -> None:
        """Three answers for each organism of the grappe, two for each measure the AAP invites to."""
        outils = {outil: outil for outil in self.examen.edition.sections.si.outils}
        for numero, nom in self.organismes.items():
            champs: dict[str, Any] = {
                "etat": ChoixField(si.ETATS_DIAGNOSTIC, label="Autodiagnostic"),
                "outil": ChoixField(outils, label="Outil") if outils else texte_court("Outil"),
                "le": JourField(label="Date"),
            }
            for cle, champ in champs.items():
                champ.court, champ.suite = champ.label, nom
                champ.label = f"{champ.label}, {nom}"
                self.fields[f"og_{numero}_{cle}"] = champ
        for mesure in si.mesures({}) if self.mesures_demandees else ():
            etat = ChoixField(si.ETATS_MESURE, label=mesure.libelle)
            commentaire: Any = texte_court(f"Commentaire, mesure {mesure.cle}")
            commentaire.court, commentaire.suite = "Commentaire", f"mesure {mesure.cle}"
            self.fields[f"mesure_{mesure.cle}_etat"] = etat
            self.fields[f"mesure_{mesure.cle}_commentaire"] = commentaire
        super().ajouter_champs()

    def contenu(self) -> dict[str, Any]:
        """Answers given, by organism (with its name, for whoever reads the sealed dossier) and by measure."""
        return {"organismes": self._des_organismes(), "mesures": self._des_mesures()}

    def _des_organismes(self) -> dict[str, Any]:
        trouves = {}
        for numero, nom in self.organismes.items():
            etat, outil, le = (self.cleaned_data.get(f"og_{numero}_{c}") for c in ("etat", "outil", "le"))
            if etat or outil or le:
                jour = le.isoformat() if le else ""
                trouves[numero] = {"nom": nom, "etat": etat or "", "outil": outil or "", "le": jour}
        return trouves

    def _des_mesures(self) -> dict[str, Any]:
        trouvees = {}
        for cle in si.MESURES:
            etat, commentaire = (self.cleaned_data.get(f"mesure_{cle}_{c}") for c in ("etat", "commentaire"))
            if etat or commentaire:
                trouvees[cle] = {"etat": etat or "", "commentaire": commentaire or ""}
        return trouvees

    @cached_property
    def organismes(self) -> dict[str, str]:
        """FINESS EJ → name of each organism of the grappe, in one query."""
        numeros = [organisme.finess_ej for organisme in self.examen.contexte.projet.gestionnaires]
        noms = dict(EntiteJuridique.objects.filter(pk__in=numeros).values_list("finess_ej", "nom"))
        return {numero: noms.get(numero, f"Organisme {numero}") for numero in numeros}

    @property
    def mesures_demandees(self) -> bool:
        """Whether the AAP names the 13 measures."""
        return bool(self.examen.edition.sections.si.article_cyber)

    @property
    def saisies_organismes(self) -> list[SaisieOrganisme]:
        """The organisms with their fields."""
        return [
            SaisieOrganisme(numero, nom, [self[f"og_{numero}_{c}"] for c in ("etat", "outil", "le")])
            for numero, nom in self.organismes.items()
        ]

    @property
    def saisies_mesures(self) -> list[SaisieMesure]:
        """The measures with their fields."""
        return [
            SaisieMesure(m.cle, m.libelle, self[f"mesure_{m.cle}_etat"], self[f"mesure_{m.cle}_commentaire"])
            for m in (si.mesures({}) if self.mesures_demandees else ())
        ]

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {"organismes": "Organisme", "mesures": "Mesure"}
