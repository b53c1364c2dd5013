"""What every form of a section does: typed over a version, saved incomplete, cleaned, read back."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from esms.aap import Edition
from instruction.forms.sections.saisie import DonneesNettoyees
from instruction.models import Section
from instruction.presentation.reponses import Reponse, deplier
from instruction.requetes import Examen

TEXTE_MAX = 16_000  # characters: about five pages for one answer
LIGNE_MAX = 300  # characters of an answer on one line


class TropLong(MaxLengthValidator):
    """Says how long it is and how long it may be; the text stays in the form."""

    message = (
        "Ce texte compte %(show_value)d caractères, pour %(limit_value)d au plus. "
        "Il n’est pas enregistré\u202f; raccourcissez-le."
    )


class FormulaireDeSection(forms.Form):
    """The form of a section. Nothing is required to save; `regles.candidature` says what is missing to file.

    `section` is the row as read (version 0 when nothing was ever saved), `examen` the dossier looked at now:
    its `contexte` costs one run of the engine, only when a form asks for it. A subclass declares fields named
    as the keys of the content; one whose content is not flat overrides `contenu`, `initiales` and `lire`.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    # Labels of the columns of its tables, for reading: {"gravite": "Gravité"}.
    colonnes: ClassVar[Mapping[str, str]] = {}

    def __init__(self, data: QueryDict | None = None, *, section: Section, examen: Examen) -> None:
        self.section, self.examen = section, examen
        nettoyees: Any = None if data is None else DonneesNettoyees(data)
        super().__init__(nettoyees, initial={**self.initiales(), "version": section.version})
        self.ajouter_champs()
        for nom, champ in self.fields.items():
            champ.required = nom == "version"
            self._borner(champ)

    def ajouter_champs(self) -> None:
        """Fields that depend on the edition or on the project."""

    def initiales(self) -> dict[str, Any]:
        """What the fields show before anything is typed."""
        return dict(self.section.contenu)

    def contenu(self) -> dict[str, Any]:
        """What is to be recorded, by field, in JSON types; the form is valid."""
        return {nom: en_json(v) for nom, v in self.cleaned_data.items() if nom != "version"}

    @classmethod
    def lire(cls, contenu: Mapping[str, Any], edition: Edition) -> tuple[Reponse, ...]:
        """A recorded content as answers, in the order of the form; nothing that was typed is left out."""
        libelles = cls.libelles(edition)
        ordre = [*(nom for nom in libelles if nom in contenu), *(n for n in contenu if n not in libelles)]
        return tuple(
            reponse
            for nom in ordre
            for reponse in deplier(
                nom, libelles.get(nom, nom.replace("_", " ")), cls.en_clair(nom, contenu[nom]), cls.colonnes
            )
        )

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {
            nom: str(champ.label or nom).removesuffix(" (facultatif)")
            for nom, champ in cls.base_fields.items()
            if nom != "version"
        }

    @classmethod
    def en_clair(cls, nom: str, valeur: Any) -> Any:
        """A choice by its label, the rest as it is."""
        choix = getattr(cls.base_fields.get(nom), "choices", None)
        if not choix or isinstance(valeur, (Mapping, list)):
            return valeur
        return dict(_a_plat(choix)).get(str(valeur), valeur)

    @property
    def saisissables(self) -> list[forms.BoundField]:
        """Fields to show, in order."""
        return self.visible_fields()

    @staticmethod
    def _borner(champ: forms.Field) -> None:
        """Every text is bounded; a browser must not cut a pasted text silently, so no `maxlength`."""
        if not isinstance(champ, forms.CharField):
            return
        texte = isinstance(champ.widget, forms.Textarea)
        limite = champ.max_length or (TEXTE_MAX if texte else LIGNE_MAX)
        champ.validators = [v for v in champ.validators if not isinstance(v, MaxLengthValidator)]
        champ.validators.append(TropLong(limite))
        champ.widget.attrs.pop("maxlength", None)
        champ.limite = limite  # type: ignore[attr-defined]  # read by the template's counter


def _a_plat(choix: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for valeur, libelle in choix:
        if isinstance(libelle, (list, tuple)):
            yield from _a_plat(libelle)
        else:
            yield str(valeur), str(libelle)


def en_json(valeur: Any) -> Any:
    """A cleaned value in JSON types: amounts and days as text."""
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, (list, tuple)):
        return [en_json(element) for element in valeur]
    return valeur
