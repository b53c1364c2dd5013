"""Composing an entry of the simulator, gesture by gesture. Pure: entries are plain data and are never changed in place."""
