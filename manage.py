#!/usr/bin/env python
"""Command line of the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from esms.socle.commandes import ecrire_en_utf8


def main() -> None:
    """Run one management command with the portal's settings."""
    ecrire_en_utf8()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esms.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
