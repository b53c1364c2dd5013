"""What holds for the whole project: porteur, solution, help to the project owner, filing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms

from esms.aap.edition import Edition
from financement.composition.colonnes import NOM_MAX
from financement.forms.champs import MontantField

_PORTEUR = ("tva_recuperee", "commande_publique", "marche_en_cours", "ght")
_SOLUTION = ("candidate_segur", "au_sad", "dpi_ght")
_REJOINT = ("rejoint_conforme_marche", "rejoint_sans_risque")


_GHT = ("solution_nom", "referencee_segur", "candidate_segur", "au_sad", "dpi_ght")
GROUPES: Mapping[str, tuple[str, ...]] = {
    "Solution": (*_GHT, "devis_ht", "devis_ttc"),
    "Assistance à maîtrise d’ouvrage": ("amoa_marche", "amoa_pilotage", "amoa_devis_ht", "amoa_devis_ttc"),
    "Porteur": _PORTEUR,
    "Dépôt": ("depose_le", "portee_nationale", "region_pivot"),
    "Regroupement rejoint": ("rejoint_convention", *_REJOINT),
}


def _case(libelle: str, aide: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=libelle, help_text=aide, required=False)


class ProjetForm(forms.Form):
    """Fields without a rule in the edition are taken away. `regions`: (code, name) of those of the ESSMS.

    Only the subjects of `groupes` are asked and changed, without the fields named in `sans`.
    """

    solution_nom = forms.CharField(
        label="Nom du logiciel",
        required=False,
        max_length=NOM_MAX,
        help_text="Son nom seulement, 120 caractères au plus\u00a0: aucune donnée personnelle.",
    )
    referencee_segur = forms.ChoiceField(
        label="Référencement Ségur du logiciel",
        widget=forms.RadioSelect,
        choices=[("oui", "Référencé Ségur"), ("non", "Non référencé")],
    )
    candidate_segur = _case("Logiciel candidat au référencement Ségur")
    au_sad = _case("Logiciel présent au système d’acquisition dynamique (SAD)")
    dpi_ght = _case("Dossier patient informatisé d’un groupement hospitalier de territoire (GHT)")
    devis_ht = MontantField(label="Devis de l’éditeur hors taxes, en euros")
    devis_ttc = MontantField(label="Devis de l’éditeur toutes taxes comprises, en euros")

    amoa_marche = _case("Assistance pour le marché (centrale d’achat)")
    amoa_pilotage = _case("Assistance pour le pilotage du projet", "Peut couvrir un chef de projet interne.")
    amoa_devis_ht = MontantField(label="Devis d’assistance hors taxes, en euros")
    amoa_devis_ttc = MontantField(label="Devis d’assistance toutes taxes comprises, en euros")

    tva_recuperee = _case("Le porteur récupère la TVA", "Les devis comptent alors hors taxes.")
    commande_publique = _case("Le porteur est soumis à la commande publique")
    marche_en_cours = _case("Un marché public est en cours")
    ght = _case("Le porteur est membre d’un groupement hospitalier de territoire")

    portee_nationale = _case("Le projet a une portée nationale")
    region_pivot = forms.ChoiceField(
        label="ARS pivot, en cas d’égalité entre régions",
        required=False,
        help_text="Ne sert que si plusieurs régions comptent autant d’ESSMS.",
    )
    depose_le = forms.DateField(
        label="Date de dépôt envisagée",
        required=False,
        help_text="Pour vérifier la fenêtre de dépôt.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    rejoint_convention = forms.CharField(
        label="Numéro de la convention du regroupement rejoint",
        required=False,
        max_length=60,
        help_text="Si votre projet élargit un regroupement déjà financé.",
    )
    rejoint_conforme_marche = _case("L’élargissement est régulier au regard du marché ou du contrat initial")
    rejoint_sans_risque = _case(
        "L’élargissement ne fait courir aucun risque excessif au regroupement initial"
    )

    def __init__(
        self,
        donnees: Any = None,
        *,
        entree: Mapping[str, Any],
        edition: Edition,
        regions: Sequence[tuple[str, str]],
        groupes: Collection[str] = tuple(GROUPES),
        sans: Collection[str] = (),
    ) -> None:
        super().__init__(donnees, initial=_initiales(entree))
        self.edition = edition
        self.fields["region_pivot"].choices = [("", "Sans préférence"), *regions]  # type: ignore[attr-defined]
        otes = {*sans, *(nom for titre in GROUPES if titre not in groupes for nom in GROUPES[titre])}
        if edition.financement.amoa.marche is None:
            otes.add("amoa_marche")
        if edition.eligibilite.derogation is None:
            otes.update(GROUPES["Regroupement rejoint"])
        for champ in otes:
            del self.fields[champ]

    def groupes(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Fields by subject, as the page shows them."""
        presents = [
            (titre, [self[nom] for nom in noms if nom in self.fields]) for titre, noms in GROUPES.items()
        ]
        return [(titre, champs) for titre, champs in presents if champs]

    def clean_depose_le(self) -> str | None:
        """Noon of that day at the legal time of the ARS: far from any edge."""
        jour = self.cleaned_data["depose_le"]
        return datetime.combine(jour, time(12), tzinfo=self.edition.zone).isoformat() if jour else None

    def clean(self) -> dict[str, Any]:
        """The two commitments of E4 have no meaning without the convention they are about."""
        propre = super().clean() or {}
        if any(propre.get(nom) for nom in _REJOINT) and not propre.get("rejoint_convention"):
            self.add_error(
                "rejoint_convention", "Indiquez le numéro de la convention du regroupement rejoint."
            )
        return propre

    def changements(self) -> dict[str, Any]:
        """What was asked of the project, in the terms of the contract."""
        sections = {
            "solution": self._solution(),
            "amoa": self._section(*GROUPES["Assistance à maîtrise d’ouvrage"], tete="amoa_"),
            "porteur": self._section(*_PORTEUR),
        }
        demandes = self._section("portee_nationale", "region_pivot", "depose_le")
        if "region_pivot" in demandes:
            demandes["region_pivot"] = demandes["region_pivot"] or None
        if "rejoint_convention" in self.fields:
            demandes["rejoint"] = self._rejoint()
        return {cle: section for cle, section in sections.items() if section} | demandes

    def _section(self, *noms: str, tete: str = "") -> dict[str, Any]:
        """The fields that are asked, named as in the contract."""
        return {nom.removeprefix(tete): self.cleaned_data[nom] for nom in noms if nom in self.fields}

    def _solution(self) -> dict[str, Any]:
        section = self._section(*_SOLUTION, "devis_ht", "devis_ttc")
        if "solution_nom" in self.fields:
            section["nom"] = self.cleaned_data["solution_nom"] or None
        if "referencee_segur" in self.fields:
            section["referencee_segur"] = self.cleaned_data["referencee_segur"] == "oui"
        return section

    def _rejoint(self) -> dict[str, Any] | None:
        if not self.cleaned_data.get("rejoint_convention"):
            return None
        return self._section("rejoint_convention", *_REJOINT, tete="rejoint_")


def _initiales(entree: Mapping[str, Any]) -> dict[str, Any]:
    solution, amoa = entree.get("solution", {}), entree.get("amoa", {})
    porteur, rejoint = entree.get("porteur", {}), entree.get("rejoint") or {}
    depose_le = entree.get("depose_le")
    return {
        "solution_nom": solution.get("nom", ""),
        "referencee_segur": "oui" if solution.get("referencee_segur", True) else "non",
        **{cle: solution.get(cle) for cle in (*_SOLUTION, "devis_ht", "devis_ttc")},
        **{f"amoa_{cle}": amoa.get(cle) for cle in ("marche", "pilotage", "devis_ht", "devis_ttc")},
        **{cle: porteur.get(cle) for cle in _PORTEUR},
        "portee_nationale": entree.get("portee_nationale"),
        "region_pivot": entree.get("region_pivot", ""),
        "depose_le": datetime.fromisoformat(depose_le).date() if depose_le else None,
        "rejoint_convention": rejoint.get("convention", ""),
        "rejoint_conforme_marche": rejoint.get("conforme_marche"),
        "rejoint_sans_risque": rejoint.get("sans_risque"),
    }
