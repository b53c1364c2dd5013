"""JSON schemas of the public API, as the contract of the simulation writes them."""

from typing import get_args

from esms.aap.eligibilite import Operation, Public
from esms.socle.schemas_api import TEXTE, Schema
from grappes.regles import Verdict

_FINESS: Schema = {"type": "string", "pattern": "^[0-9][0-9AB][0-9]{7}$", "example": "310000104"}
_MONTANT: Schema = {"type": "string", "pattern": "^[0-9]{1,10}(\\.[0-9]{1,2})?$", "example": "10800.00"}
_REGION: Schema = {"type": "string", "minLength": 2, "maxLength": 3, "example": "76"}
_BOOLEEN: Schema = {"type": "boolean", "nullable": True}
_OPERATION: Schema = {"type": "string", "enum": list(get_args(Operation))}


def _ou_rien(schema: Schema) -> Schema:
    return {**schema, "nullable": True}


def _objet(proprietes: dict[str, Schema], obligatoires: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"type": "object", "properties": proprietes, "additionalProperties": False}
    return {**schema, "required": list(obligatoires)} if obligatoires else schema


_HEURES = _objet(
    {
        nom: _ou_rien(_MONTANT) if nom != "total" else _MONTANT
        for nom in ("total", "apa", "pch", "dependance_autre")
    },
    ("total",),
)
_DUI = _objet(
    {"nom": {"type": "string", "minLength": 1, "maxLength": 200}, "operation": _OPERATION},
    ("nom", "operation"),
)
_ESSMS = _objet(
    {
        "finess_et": _FINESS,
        "operation": _OPERATION,
        "finess_ej": _ou_rien(_FINESS),
        "region": _ou_rien(_REGION),
        "categorie": {"type": "string", "pattern": "^[0-9]{3}$", "nullable": True},
        "public": {"type": "string", "enum": [*get_args(Public), None], "nullable": True},
        "saad": _BOOLEEN,
        "heures": _ou_rien(_HEURES),
        "materiel": _ou_rien(_objet({"demande_ht": _ou_rien(_MONTANT), "demande_ttc": _ou_rien(_MONTANT)})),
        "sons": {
            "type": "string",
            "enum": ["aucune", "commande", "prestation_recue", None],
            "nullable": True,
        },
        "autre_aide_europeenne": _BOOLEEN,
        "dui_finance": _ou_rien(_DUI),
    },
    ("finess_et", "operation"),
)
_PORTEUR = _objet(
    {
        "finess_ej": _ou_rien(_FINESS),
        "region": _ou_rien(_REGION),
        **dict.fromkeys(("tva_recuperee", "commande_publique", "marche_en_cours", "ght"), _BOOLEEN),
    }
)
_ORGANISME = _objet(
    {
        "finess_ej": _FINESS,
        "region": _ou_rien(_REGION),
        "essms_geres": {"type": "integer", "minimum": 0, "maximum": 99_999, "nullable": True},
        "entite_nationale": _BOOLEEN,
    },
    ("finess_ej",),
)
_SOLUTION = _objet(
    {
        "nom": {"type": "string", "maxLength": 200, "nullable": True},
        "referencee_segur": {**_BOOLEEN, "default": True},
        **dict.fromkeys(("candidate_segur", "au_sad", "dpi_ght"), _BOOLEEN),
        "devis_ht": _ou_rien(_MONTANT),
        "devis_ttc": _ou_rien(_MONTANT),
    }
)
_AMOA = _objet(
    {
        "marche": _BOOLEEN,
        "pilotage": _BOOLEEN,
        "devis_ht": _ou_rien(_MONTANT),
        "devis_ttc": _ou_rien(_MONTANT),
    }
)
_REJOINT = _objet(
    {
        "convention": {"type": "string", "maxLength": 200, "nullable": True},
        "conforme_marche": _BOOLEEN,
        "sans_risque": _BOOLEEN,
    }
)

ENTREE = _objet(
    {
        "aap": {"type": "string", "example": "occitanie-2025"},
        "depose_le": {"type": "string", "format": "date-time", "nullable": True},
        "porteur": _ou_rien(_PORTEUR),
        "organismes": {"type": "array", "items": _ORGANISME, "nullable": True},
        "essms": {"type": "array", "items": _ESSMS, "minItems": 1, "maxItems": 5000},
        "solution": _ou_rien(_SOLUTION),
        "amoa": _ou_rien(_AMOA),
        "portee_nationale": _BOOLEEN,
        "region_pivot": _ou_rien(_REGION),
        "rejoint": _ou_rien(_REJOINT),
    },
    ("aap", "essms"),
)

_VERDICT: Schema = {"type": "string", "enum": [verdict.value for verdict in Verdict]}

SORTIE = _objet(
    {
        "aap": TEXTE,
        "version_regles": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "synthese": _objet(
            {
                "nombre_essms": {"type": "integer"},
                "typologie": {"type": "string", "enum": ["acquisition", "mise_en_conformite", "mixte"]},
                "verdict": _VERDICT,
                "estimation": {"type": "boolean"},
                "total": _MONTANT,
            },
            ("nombre_essms", "typologie", "verdict", "estimation", "total"),
        ),
        "guichet": _objet(
            {
                "niveau": {"type": "string", "enum": ["regional", "national", None], "nullable": True},
                "region": _ou_rien(TEXTE),
                "regle": TEXTE,
                "article": TEXTE,
                "deposable": {"type": "boolean"},
                "explication": TEXTE,
            },
            ("niveau", "region", "regle", "article", "deposable", "explication"),
        ),
        "controles": {
            "type": "array",
            "items": _objet(
                {
                    "regle": TEXTE,
                    "article": TEXTE,
                    "portee": TEXTE,
                    "verdict": _VERDICT,
                    "explication": TEXTE,
                },
                ("regle", "article", "portee", "verdict", "explication"),
            ),
        },
        "lignes": {
            "type": "array",
            "items": _objet(
                {
                    **dict.fromkeys(("regle", "article", "portee", "libelle", "explication"), TEXTE),
                    "rang": {"type": "integer", "nullable": True},
                    "base": _MONTANT,
                    "taux": {"type": "string", "pattern": "^[0-9]+(/[0-9]+)?$", "example": "4/5"},
                    "plafond": _ou_rien(_MONTANT),
                    "montant": _MONTANT,
                },
                (
                    "regle",
                    "article",
                    "portee",
                    "rang",
                    "libelle",
                    "base",
                    "taux",
                    "plafond",
                    "montant",
                    "explication",
                ),
            ),
        },
        "sous_totaux": {"type": "object", "additionalProperties": _MONTANT},
        "versements": {
            "type": "array",
            "items": _objet({"rang": {"type": "integer"}, "declencheur": TEXTE, "montant": _MONTANT}),
        },
    },
    ("aap", "version_regles", "synthese", "guichet", "controles", "lignes", "sous_totaux", "versements"),
)

_FENETRE = _objet(
    {"ouvre": {"type": "string", "format": "date"}, "ferme": {"type": "string", "format": "date"}},
    ("ouvre", "ferme"),
)
AAP: Schema = {
    "type": "array",
    "items": _objet(
        {
            **dict.fromkeys(("aap", "titre", "region", "ars", "fuseau", "version_regles"), TEXTE),
            "annee": {"type": "integer"},
            "depot": _FENETRE,
            "depot_multiregional": _ou_rien(_FENETRE),
            "regles": {
                "type": "array",
                "items": _objet(
                    {"regle": TEXTE, "titre": TEXTE, "articles": {"type": "array", "items": TEXTE}},
                    ("regle", "titre", "articles"),
                ),
            },
        }
    ),
}

EXEMPLE: Schema = {
    "aap": "occitanie-2025",
    "essms": [
        {"finess_et": "310000104", "operation": "acquisition"},
        {"finess_et": "310000112", "operation": "mise_en_conformite"},
    ],
}
