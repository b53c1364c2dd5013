"""What the screens of a dossier say: its place in the life cycle, its tabs, its checks, its history."""
