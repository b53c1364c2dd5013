from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The append-only, chained journal of everything the portal decides."""

    name = "esms.journal"
    label = "journal"
    verbose_name = "Journal"
