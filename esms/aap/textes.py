"""What the documents of an edition cite: the instruction that rules the call, and its funders."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Textes:
    """`visas`: texts that a convention has regard to, most general first, without « Vu » nor final mark."""

    article: str
    visas: tuple[str, ...]
