"""The name and the address of a person, as others will read them: on screens, in e-mails, in the journal."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models

LONGUEUR_MAX = 120
ADRESSE_INVALIDE = "Saisissez une adresse électronique valide, par exemple nom@domaine.fr."
ADRESSE_REFUSEE = {"invalid": ADRESSE_INVALIDE}  # `error_messages` of a form field
SANS_NOM = "Personne sans nom"
_MUETS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_exiger_une_adresse = EmailValidator(ADRESSE_INVALIDE)


def nom_lisible(texte: str) -> str:
    """One line in NFC, without control nor direction marks: they forge a line, or turn one around."""
    lu = "".join(
        " " if caractere.isspace() else caractere
        for caractere in unicodedata.normalize("NFC", texte)
        if caractere.isspace() or unicodedata.category(caractere) not in _MUETS
    )
    return " ".join(lu.split())[:LONGUEUR_MAX]


def adresse_valide(texte: str) -> str:
    """An e-mail address in lower case. Raises ValidationError: Django lets marks that nobody sees through."""
    adresse = texte.strip().lower()
    _exiger_une_adresse(adresse)
    exiger_une_adresse_lisible(adresse)
    return adresse


def exiger_une_adresse_lisible(adresse: str) -> None:
    """Raise ValidationError for a control or a direction mark, in its quoted part or in its domain."""
    if any(unicodedata.category(caractere) in _MUETS for caractere in adresse):
        raise ValidationError(ADRESSE_INVALIDE, code="invalid")


class ChampNom(models.CharField):
    """A name that nothing but a readable line enters, and that reads so when it was written before that."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The object keeps what is written."""
        nom = nom_lisible(str(getattr(model_instance, self.attname))) or SANS_NOM
        setattr(model_instance, self.attname, nom)
        return nom

    def get_prep_value(self, value: Any) -> Any:
        """For `update()` and filters, which know no object."""
        return nom_lisible(value) if isinstance(value, str) else super().get_prep_value(value)

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Rows that another hand wrote."""
        return value if value is None else nom_lisible(value) or SANS_NOM
