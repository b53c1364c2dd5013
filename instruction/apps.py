from django.apps import AppConfig


class InstructionConfig(AppConfig):
    """The dossiers: candidature, filing, examination, decision."""

    name = "instruction"
    verbose_name = "Instruction"
