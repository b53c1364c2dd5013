"""A large base, for measures only: dossiers played through the real gestures, then copied row by row."""
