"""Public API of the simulator: one simulation per request, nothing recorded; and the editions it knows."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from esms.aap import CATALOGUE, Edition, editions
from esms.socle.schemas_api import ERREURS, REFUS
from financement import api_schemas
from financement.simulation import EntreeInvalide, simuler
from financement.simulation.lot import JsonIllisible, ecrire_json, lire_json
from grappes.requetes import ReferentielFiness


class CorpsTropGros(APIException):
    """The body is larger than any project."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "Le corps de la demande dépasse 4\u00a0Mo."
    default_code = "trop_gros"


class CorpsIllisible(APIException):
    """The body is not JSON, or not the JSON of the standard; `detail` says why, in French."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "illisible"


class JSONStrict(JSONParser):
    """The JSON reader of the command line: what one door refuses, the other does too."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value; raises CorpsIllisible."""
        try:
            return lire_json(stream.read())
        except JsonIllisible as refus:
            raise CorpsIllisible(str(refus)) from refus


class JSONDuContrat(JSONRenderer):
    """The JSON writer of the command line: the same entry gives the same bytes by both doors."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Bytes of the answer."""
        return ecrire_json(data).encode()


class Simulations(APIView):
    """Run one simulation."""

    parser_classes = (JSONStrict,)
    renderer_classes = (JSONDuContrat,)
    throttle_scope = "simulations"

    @extend_schema(
        operation_id="simuler",
        tags=["Simulation"],
        summary="Simuler un projet",
        description=(
            "Éligibilité, guichet, financement ligne à ligne et versements d’un projet. "
            "Rien n’est enregistré. "
            "Ce que la demande ne dit pas se lit dans le référentiel FINESS\u202f; "
            "ce qui ne se trouve nulle part "
            "rend un contrôle «\u00a0a_completer\u00a0». Une demande invalide n’est pas calculée\u00a0: "
            "les erreurs viennent par champ."
        ),
        request={"application/json": api_schemas.ENTREE},
        responses={
            200: api_schemas.SORTIE,
            400: ERREURS,
            413: REFUS,
            415: REFUS,
            429: REFUS,
        },
        examples=[OpenApiExample("Deux ESSMS", value=api_schemas.EXEMPLE, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Contract in, contract out; 400 with the errors by field."""
        try:
            resultat = simuler(_corps(request), ReferentielFiness())
        except EntreeInvalide as refus:
            return Response(_ecrivable(refus.erreurs), status=status.HTTP_400_BAD_REQUEST)
        return Response(resultat.en_json())


class AapListe(APIView):
    """The editions."""

    throttle_scope = "lecture"

    @extend_schema(
        operation_id="lister_les_aap",
        tags=["Appels à projets"],
        summary="Lister les éditions d’appel à projets",
        description="Chaque édition avec sa version, son calendrier, et les articles de chaque règle.",
        responses={200: api_schemas.AAP, 429: REFUS},
    )
    def get(self, request: Request) -> Response:
        """Every edition, by slug."""
        return Response([_edition(edition) for edition in editions()])


def _corps(request: Request) -> Any:
    """The body, read; raises CorpsTropGros instead of Django's bare 400 in HTML."""
    try:
        return request.data
    except RequestDataTooBig as erreur:
        raise CorpsTropGros from erreur


def _edition(edition: Edition) -> dict[str, Any]:
    calendrier = edition.calendrier
    multi = calendrier.depot_multiregional
    return {
        "aap": edition.slug,
        "titre": edition.titre,
        "annee": edition.annee,
        "region": edition.region,
        "ars": edition.ars,
        "fuseau": edition.fuseau,
        "version_regles": edition.version,
        "depot": {"ouvre": calendrier.depot.ouvre, "ferme": calendrier.depot.ferme},
        "depot_multiregional": {"ouvre": multi.ouvre, "ferme": multi.ferme} if multi else None,
        "regles": [
            {
                "regle": regle,
                "titre": CATALOGUE[regle],
                "articles": sorted({article for _, article in sources}),
            }
            for regle, sources in edition.regles.items()
        ],
    }


def _ecrivable(erreurs: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The errors without the half surrogates that a JSON escape smuggles in: no answer could carry them."""
    return {
        champ.encode("utf-8", "replace").decode(): [m.encode("utf-8", "replace").decode() for m in messages]
        for champ, messages in erreurs.items()
    }
