"""The sign-in form, in the DSFR's dress."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class ConnexionForm(AuthenticationForm):
    """E-mail and password; the same sentence whatever is wrong, so that no account can be guessed."""

    error_messages = {  # noqa: RUF012  (a class attribute of the parent, read only)
        "invalid_login": _("L’adresse électronique ou le mot de passe est inexact."),
        "inactive": _("L’adresse électronique ou le mot de passe est inexact."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Adresse électronique"
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "email", "autofocus": False})
        self.fields["password"].label = "Mot de passe"
        for champ in self.fields.values():
            champ.widget.attrs["class"] = "fr-input"
