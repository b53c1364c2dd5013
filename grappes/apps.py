from django.apps import AppConfig


class GrappesConfig(AppConfig):
    """Who: the FINESS register, the calls for projects, the grappes and the rules that judge them."""

    name = "grappes"
    verbose_name = "Grappes"
