"""What the portal pays: simulations, frozen plans, conventions, payments."""

from financement.models.convention import Convention, EtatConvention
from financement.models.engagement import EngagementEssms
from financement.models.plan import Plan
from financement.models.simulation import Simulation
from financement.models.versement import Versement

__all__ = ["Convention", "EngagementEssms", "EtatConvention", "Plan", "Simulation", "Versement"]
