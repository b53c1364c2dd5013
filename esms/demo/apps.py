from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The fictional world; no table of its own."""

    name = "esms.demo"
    label = "demo"
    verbose_name = "Monde de démonstration"
