"""Public API of the FINESS register."""

from rest_framework.views import APIView


class Etablissements(APIView):
    """Search of establishments."""
