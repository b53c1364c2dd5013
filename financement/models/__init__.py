"""What the portal pays: simulations, frozen plans, conventions, payments."""

from financement.models.simulation import Simulation

__all__ = ["Simulation"]
