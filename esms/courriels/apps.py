from django.apps import AppConfig


class CourrielsConfig(AppConfig):
    """The outbox of e-mails, and the copy of each in the portal."""

    name = "esms.courriels"
    label = "courriels"
    verbose_name = "Courriels"
