"""Shapes that every room's API answers share, for the OpenAPI description."""

from typing import Any

Schema = dict[str, Any]

TEXTE: Schema = {"type": "string"}

ERREURS: Schema = {
    "description": "Erreurs par champ, en français\u202f; `detail` quand le corps n’est pas lisible.",
    "type": "object",
    "additionalProperties": {"oneOf": [TEXTE, {"type": "array", "items": TEXTE}]},
    "example": {"essms.3.finess_et": ["La clé du numéro FINESS «\u00a0310000124\u00a0» est fausse."]},
}

REFUS: Schema = {
    "type": "object",
    "properties": {"detail": TEXTE},
    "additionalProperties": False,
    "required": ["detail"],
}
