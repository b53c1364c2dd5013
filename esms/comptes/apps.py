from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """Users, the roles they hold, and how they come in."""

    name = "esms.comptes"
    label = "comptes"
    verbose_name = "Comptes"
