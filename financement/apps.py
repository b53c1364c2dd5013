from django.apps import AppConfig


class FinancementConfig(AppConfig):
    """How much: the simulation, the frozen plan, the convention and its payments."""

    name = "financement"
    verbose_name = "Financement"
