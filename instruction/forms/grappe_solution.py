"""The DUI solution of a grappe: one of the catalogue, or one that is declared."""

from collections.abc import Sequence
from typing import Any

from django import forms

from esms.aap import Edition
from esms.aap.domaines import DOMAINES, STATUTS
from financement.composition.colonnes import NOM_MAX
from financement.forms.champs import MontantField
from grappes.models import Grappe, Solution
from instruction.actions.grappe import Choix

NON_LISTEE = "non_listee"
_PORTEUR = {
    "commande_publique": "Le porteur est soumis à la commande publique",
    "marche_en_cours": "Un marché public est en cours, avec cette solution",
}
_GHT = {
    "ght": "Le porteur est membre d’un groupement hospitalier de territoire (GHT)",
    "marche_ouvert": "Le marché du GHT est ouvert aux ESSMS",
    "etude": "L’étude de couverture des besoins (P7) sera jointe au dossier",
    "sans_autre_aide": "Ces ESSMS n’ont reçu ni autre aide européenne, ni aide HOP’EN",
}


class SolutionForm(forms.Form):
    """What the catalogue knows is not asked: only a solution absent from it is declared, by domain.

    `domaines`: those that the ESSMS of the grappe call for. Fields without a rule in the edition go.
    """

    solution = forms.ChoiceField(label="Solution")
    nom = forms.CharField(label="Nom de la solution", required=False, max_length=NOM_MAX)
    editeur = forms.CharField(label="Éditeur", required=False, max_length=NOM_MAX)
    version = forms.CharField(label="Version", required=False, max_length=40)
    au_sad = forms.BooleanField(
        label="Cette solution est au système d’acquisition dynamique (SAD)", required=False
    )
    dpi_ght = forms.BooleanField(
        label="La solution est le dossier patient informatisé (DPI) d’un GHT", required=False
    )
    devis_ht = MontantField(label="Devis de l’éditeur hors taxes, en euros")
    devis_ttc = MontantField(label="Devis de l’éditeur toutes taxes comprises, en euros")

    def __init__(
        self,
        donnees: Any = None,
        *,
        grappe: Grappe,
        edition: Edition,
        solutions: Sequence[Solution],
        domaines: Sequence[str],
    ) -> None:
        super().__init__(donnees, initial=_initiales(grappe))
        self.solutions = {str(solution.pk): solution for solution in solutions}
        choisie = grappe.solution_choisie
        if choisie is not None:  # even withdrawn since: the choice that was made stays readable
            self.solutions.setdefault(str(choisie.pk), choisie)
        self.fields["solution"].choices = [  # type: ignore[attr-defined]
            ("", "Choisir une solution"),
            *((cle, f"{s} – {s.editeur}") for cle, s in self.solutions.items()),
            (NON_LISTEE, "Une autre solution, absente du catalogue"),
        ]
        self.domaines = tuple(domaines)
        dits = grappe.declaration.get("referencements", {})
        for domaine in self.domaines:
            self.fields[f"domaine_{domaine}"] = forms.ChoiceField(
                label=f"Référencement Ségur, domaine «\u00a0{DOMAINES[domaine]}\u00a0»",
                required=False,
                choices=[("", "Ni référencée, ni candidate"), *STATUTS.items()],
                initial=dits.get(domaine, ""),
            )
        self._selon(edition, grappe)

    def _selon(self, edition: Edition, grappe: Grappe) -> None:
        """E16 and E17 where the edition has them; the quote of the editor where F3 reads it."""
        porteur = grappe.porteur
        cases = {**_PORTEUR} if edition.eligibilite.recours_sad else {}
        if edition.eligibilite.exception_ght:
            cases |= _GHT
        else:
            del self.fields["dpi_ght"]
        conditions = grappe.declaration.get("ght") or {}
        dites = {**conditions, **porteur, "marche_ouvert": porteur.get("marche_en_cours")}
        for nom, libelle in cases.items():
            self.fields[nom] = forms.BooleanField(label=libelle, required=False, initial=bool(dites.get(nom)))

    def groupes(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Fields by subject, as the page shows them."""
        sujets = (
            ("Solution", ("solution",)),
            (
                "Si la solution est absente du catalogue",
                ("nom", "editeur", "version", "au_sad", *(f"domaine_{d}" for d in self.domaines)),
            ),
            ("Marché", tuple(_PORTEUR)),
            ("Exception\u00a0: DPI d’un GHT", ("dpi_ght", *_GHT)),
            ("Devis de l’éditeur", ("devis_ht", "devis_ttc")),
        )
        presents = [(titre, [self[nom] for nom in noms if nom in self.fields]) for titre, noms in sujets]
        return [(titre, champs) for titre, champs in presents if champs]

    def clean(self) -> dict[str, Any]:
        """A solution that is not in the catalogue has a name and an editor."""
        propre = super().clean() or {}
        if propre.get("solution") == NON_LISTEE:
            for champ, faute in (
                ("nom", "Donnez le nom de la solution."),
                ("editeur", "Donnez son éditeur."),
            ):
                if not propre.get(champ):
                    self.add_error(champ, faute)
        return propre

    def choix(self) -> Choix:
        """What the grappe keeps of it."""
        propre = self.cleaned_data
        ght = {nom: propre[nom] for nom in ("etude", "sans_autre_aide") if propre.get("dpi_ght")}
        commun = {"ght": ght} if ght else {}
        choisie = self.solutions.get(propre["solution"])
        if choisie is not None:
            return Choix(choisie, commun)
        referencements = {d: propre[f"domaine_{d}"] for d in self.domaines if propre[f"domaine_{d}"]}
        return Choix(
            None,
            {
                "nom": propre["nom"],
                "editeur": propre["editeur"],
                "version": propre["version"],
                "au_sad": propre["au_sad"],
                "referencements": referencements,
                **commun,
            },
        )

    def changements(self) -> dict[str, Any]:
        """What the engine reads besides: quotes, running contract, hospital group."""
        propre = self.cleaned_data
        porteur = {nom: propre[nom] for nom in (*_PORTEUR, "ght") if nom in self.fields}
        if propre.get("dpi_ght"):
            porteur["marche_en_cours"] = propre["marche_ouvert"]
        return {
            "solution": {"devis_ht": propre["devis_ht"], "devis_ttc": propre["devis_ttc"]},
            **({"porteur": porteur} if porteur else {}),
        }


def _initiales(grappe: Grappe) -> dict[str, Any]:
    declaration, solution = grappe.declaration, grappe.solution or {}
    declaree = bool(declaration.get("nom"))
    connue = {cle: declaration.get(cle) for cle in ("nom", "editeur", "version", "au_sad")}
    if not declaree and grappe.solution_choisie_id is None:  # said in the simulator, to be found or declared
        connue = {"nom": solution.get("nom", ""), "au_sad": solution.get("au_sad", False)}
        declaree = bool(connue["nom"])
    return {
        **connue,
        "solution": grappe.solution_choisie_id or (NON_LISTEE if declaree else ""),
        "dpi_ght": bool(declaration.get("ght")) or solution.get("dpi_ght", False),
        "devis_ht": solution.get("devis_ht"),
        "devis_ttc": solution.get("devis_ttc"),
    }
