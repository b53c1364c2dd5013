"""Long lists of a simulation, cut in pages; only the page shown is turned into what the template reads."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from django.core.paginator import Page, Paginator

PAR_PAGE = 50

Element = TypeVar("Element")


def paginer(
    elements: Sequence[Element], numero: str | None, presenter: Callable[[Sequence[Element]], list[Any]]
) -> Page:
    """Page `numero` (out of range or unreadable: the nearest one), each element as `presenter` shows it."""
    page = cast(Any, Paginator(elements, PAR_PAGE).get_page(numero))
    page.object_list = presenter(page.object_list)
    return cast(Page, page)
