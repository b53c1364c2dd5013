"""Section « Contacts »: who follows the dossier, who signs (E21)."""

from django import forms

from esms.comptes.noms import ADRESSE_REFUSEE
from instruction.forms.sections.base import FormulaireDeSection
from instruction.forms.sections.champs import TelephoneField

NOM_MAX = 150
TELEPHONE = "Format attendu\u00a0: 05 61 00 00 00 ou +590 590 00 00 00"


class ContactsForm(FormulaireDeSection):
    """Operational contact and legal representative."""

    contact_nom = forms.CharField(
        label="Nom et prénom du contact opérationnel",
        help_text="La personne qui suit le dossier et répond pendant l’instruction.",
        max_length=NOM_MAX,
    )
    contact_fonction = forms.CharField(
        label="Fonction du contact opérationnel (facultatif)", max_length=NOM_MAX
    )
    contact_courriel = forms.EmailField(
        label="Adresse électronique du contact opérationnel",
        help_text="Format attendu\u00a0: nom@domaine.fr",
        error_messages=ADRESSE_REFUSEE,
    )
    contact_telephone = TelephoneField(label="Téléphone du contact opérationnel", help_text=TELEPHONE)
    representant_nom = forms.CharField(
        label="Nom et prénom du représentant légal",
        help_text="La personne qui engage l’organisme et signera la convention avec l’ARS.",
        max_length=NOM_MAX,
    )
    representant_fonction = forms.CharField(
        label="Qualité du représentant légal",
        help_text="Par exemple présidente, directeur général.",
        max_length=NOM_MAX,
    )
    representant_courriel = forms.EmailField(
        label="Adresse électronique du représentant légal",
        help_text="Format attendu\u00a0: nom@domaine.fr",
        error_messages=ADRESSE_REFUSEE,
    )
    representant_telephone = TelephoneField(label="Téléphone du représentant légal", help_text=TELEPHONE)

    @property
    def contact(self) -> list[forms.BoundField]:
        """Fields of the contact."""
        return [champ for champ in self.saisissables if champ.name.startswith("contact")]

    @property
    def representant(self) -> list[forms.BoundField]:
        """Fields of the legal representative."""
        return [champ for champ in self.saisissables if champ.name.startswith("representant")]
