"""Composing an entry of the simulator. Pure: entries are plain data, never changed in place."""
