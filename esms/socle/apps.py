from django.apps import AppConfig


class SocleConfig(AppConfig):
    """Tools without a word of the domain: amounts, canonical JSON, PDF, spreadsheets, headers, errors."""

    name = "esms.socle"
    label = "socle"
    verbose_name = "Socle"
