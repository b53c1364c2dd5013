"""What the header and the footer of every page need."""

from django.conf import settings
from django.http import HttpRequest


def habillage(request: HttpRequest) -> dict[str, object]:
    """Name of the service, and whether the body that runs it may wear the State's brand."""
    return {"nom_service": settings.ESMS_NOM, "marque_etat": settings.ESMS_MARQUE_ETAT}
