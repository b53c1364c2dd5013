"""A queryset without an order comes back shuffled, so that no test leans on the order of insertion."""

import random
from typing import Any

import pytest
from django.db.models import QuerySet


def melanger(monkeypatch: pytest.MonkeyPatch, graine: str) -> None:
    """Shuffle what unordered querysets fetch, the same way at each run of the same test."""
    hasard = random.Random(graine)
    lire = QuerySet._fetch_all

    def lire_en_desordre(requete: QuerySet[Any]) -> None:
        nouveau = requete._result_cache is None
        lire(requete)
        if nouveau and not requete.ordered:
            hasard.shuffle(requete._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", lire_en_desordre)
