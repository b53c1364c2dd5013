"""The page of the public API, drawn from its OpenAPI description; it reads without JavaScript."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

STATUTS = {
    "200": "Réponse",
    "400": "Demande invalide, erreurs par champ",
    "413": "Demande trop grande",
    "415": "Type de contenu refusé",
    "429": "Trop de demandes",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method, as the page shows it; `exemple` and `retours` are JSON ready to read."""

    ancre: str
    methode: str
    adresse: str
    resume: str
    description: str
    parametres: tuple[dict[str, Any], ...]
    exemple: str
    retours: tuple[tuple[str, str, str], ...]


def operations() -> list[Operation]:
    """Every operation of the API, in the order of its addresses."""
    generateur: Any = SchemaGenerator
    schema = generateur().get_schema(request=None, public=True)
    formes = schema.get("components", {}).get("schemas", {})
    return [
        _operation(adresse, methode, detail, formes)
        for adresse, methodes in schema["paths"].items()
        for methode, detail in methodes.items()
    ]


def _operation(adresse: str, methode: str, detail: dict[str, Any], formes: dict[str, Any]) -> Operation:
    corps = detail.get("requestBody", {}).get("content", {}).get("application/json", {})
    exemples = [exemple["value"] for exemple in corps.get("examples", {}).values()]
    return Operation(
        ancre=detail["operationId"],
        methode=methode.upper(),
        adresse=adresse,
        resume=detail["summary"],
        description=detail["description"],
        parametres=tuple(detail.get("parameters", ())),
        exemple=_lisible(exemples[0]) if exemples else "",
        retours=tuple(_retour(code, reponse, formes) for code, reponse in detail["responses"].items()),
    )


def _retour(code: str, reponse: dict[str, Any], formes: dict[str, Any]) -> tuple[str, str, str]:
    schema = reponse["content"]["application/json"]["schema"]
    return code, STATUTS[code], _lisible(_developper(schema, formes))


def _developper(schema: Any, formes: dict[str, Any]) -> Any:
    """The schema with each named shape put in its place; shapes of this API never contain themselves."""
    if isinstance(schema, list):
        return [_developper(element, formes) for element in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _developper(formes[schema["$ref"].rpartition("/")[2]], formes)
    return {cle: _developper(valeur, formes) for cle, valeur in schema.items()}


def _lisible(valeur: Any) -> str:
    return json.dumps(valeur, ensure_ascii=False, indent=2, default=str)


@login_not_required
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Public page of the API."""
    return render(request, "api.html", {"titre": "API publique", "operations": operations()})
