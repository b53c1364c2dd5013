"""What the fields of forms are made of, for templates/django/forms/widgets."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def attributs(attrs: dict[str, Any]) -> SafeString:
    """`<input{{ widget.attrs|attributs }}>`: ` id="id_nom" required`, escaped.

    Django renders a template for those of each field, and a page may hold dozens of fields.
    """
    return flatatt(attrs)
