"""Screens of the campagnes, for the agents of an ARS."""
