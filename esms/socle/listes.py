"""A list to choose from, written without a template."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString


class Select(forms.Select):
    """A list written without a template for each of its options: a page may hold hundreds of them.

    Named as Django's own: templates dress a field after the name of its widget.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None
    ) -> SafeString:
        """The same element as Django's; everything in it is escaped here."""
        choisie = "" if value is None else str(value)
        corps = "".join(
            f'<optgroup label="{escape(cle)}">{_options(libelle, choisie)}</optgroup>'
            if isinstance(libelle, (list, tuple))
            else _options([(cle, libelle)], choisie)
            for cle, libelle in self.choices
        )
        attributs = flatatt(self.build_attrs(self.attrs, attrs))
        return SafeString(f'<select name="{escape(name)}"{attributs}>{corps}</select>')


def _options(choix: Iterable[tuple[Any, Any]], choisie: str) -> str:
    etats = {True: " selected", False: ""}
    return "".join(
        f'<option value="{escape(cle)}"{etats[str(cle) == choisie]}>{escape(libelle)}</option>'
        for cle, libelle in choix
    )
