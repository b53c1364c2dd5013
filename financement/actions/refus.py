"""Why a gesture on a plan, a convention or a payment is refused: always French sentences, nothing written."""


class EtatDepasse(Exception):
    """The thing moved since the page was read (409): the message says who did what, and when."""


class GesteRefuse(Exception):
    """The gesture is open, but something is missing or wrong; `phrases` says what."""

    def __init__(self, *phrases: str) -> None:
        super().__init__(" ".join(phrases))
        self.phrases = phrases


class EssmsDejaFinances(GesteRefuse):
    """Some ESSMS are already financed by another convention (E8, E9); one sentence each."""


class CompositionDepassee(Exception):
    """Somebody changed the composition since the page was read: nothing is written over it (409)."""
