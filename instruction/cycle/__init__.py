"""The table of the life cycle, cut by phase; read it through `instruction.etats`."""
