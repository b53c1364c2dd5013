"""Public API of the simulator."""

from rest_framework.views import APIView


class Simulations(APIView):
    """Run one simulation."""


class AapListe(APIView):
    """The editions."""
