"""When a failed e-mail is tried again: soon, then less and less often, then no more."""

from datetime import timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

# After the first failure, the second…: about two days in all, then an agent must ask for it again.
DELAIS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
ESSAIS_MAX = len(DELAIS) + 1


class EchecDEnvoi(Exception):
    """It did not leave and will be tried again in `dans`; says the class of the error, nothing else."""

    def __init__(self, erreur: str, dans: timedelta) -> None:
        super().__init__(erreur)
        self.dans = dans


def delai(essais: int) -> timedelta | None:
    """How long to wait after `essais` failures; None: give it up."""
    return DELAIS[essais - 1] if essais <= len(DELAIS) else None


class Reprises(BaseRetryStrategy):
    """The delay is the one of the row, which counts the tries: a job of the queue may die, the row stays."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Again after the delay the failure asks for; nothing for an error that is not one of sending."""
        if isinstance(exception, EchecDEnvoi):
            return RetryDecision(retry_in={"seconds": int(exception.dans.total_seconds())})
        return None
