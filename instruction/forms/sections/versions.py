"""Taking an old version of a section back."""

from django import forms


class RepriseForm(forms.Form):
    """`version` is the one that the page showed as current: a later one stops the gesture."""

    version = forms.IntegerField(min_value=0)
