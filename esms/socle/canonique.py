"""Canonical JSON: one value, one sequence of bytes, so that a hash means something. Pure."""

import hashlib
import json
from typing import Any


def octets(valeur: Any) -> bytes:
    """Bytes of `valeur` as JSON: sorted keys, no spaces, UTF-8.

    Raises TypeError on what JSON cannot hold, ValueError on NaN.
    """
    return json.dumps(
        valeur, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf8")


def empreinte(valeur: Any) -> str:
    """SHA-256 of the canonical JSON of `valeur`, in hexadecimal."""
    return hashlib.sha256(octets(valeur)).hexdigest()
