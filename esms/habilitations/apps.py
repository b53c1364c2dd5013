from django.apps import AppConfig


class HabilitationsConfig(AppConfig):
    """Who gives which right to whom: invitations, claims for an organism, rights ended."""

    name = "esms.habilitations"
    label = "habilitations"
    verbose_name = "Habilitations"
