"""The frozen financing plan: what the engine said of a grappe when it was decided, and under which rules."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from esms.socle import canonique
from grappes.models import Grappe


class Plan(models.Model):
    """An entry, its result (both in the shape of the simulation contract), the terms of the edition: sealed.

    Immutable: the database refuses to change or delete a row (trigger of migration 0003). `entree` is
    complete and `registre` holds what it cannot carry (`financement.simulation.gel`): no register is needed
    to play it again. `conditions` keeps what a convention quotes of the edition (payment key, usage
    targets): a later rules file changes nothing.
    """

    grappe = models.ForeignKey(Grappe, on_delete=models.PROTECT, related_name="plans", verbose_name="grappe")
    edition = models.CharField("édition de l’appel à projets", max_length=60)
    version_regles = models.CharField("version des règles", max_length=64)
    entree = models.JSONField("entrée")
    registre = models.JSONField("faits du référentiel")
    resultat = models.JSONField("résultat")
    conditions = models.JSONField("conditions de l’édition")
    total = models.DecimalField("subvention", max_digits=12, decimal_places=2)
    empreinte = models.CharField("empreinte", max_length=64)
    fige_le = models.DateTimeField("figé le")
    fige_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "plan de financement"
        verbose_name_plural = "plans de financement"
        ordering = ("-fige_le", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("grappe", "empreinte"),
                name="plan_unique_par_contenu",
                violation_error_message="Ce plan de financement est déjà figé.",
            ),
            models.CheckConstraint(
                condition=Q(empreinte__regex=r"^[0-9a-f]{64}$", version_regles__regex=r"^[0-9a-f]{64}$"),
                name="plan_empreintes_hexadecimales",
                violation_error_message="Une empreinte compte soixante-quatre chiffres hexadécimaux.",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0),
                name="plan_total_positif",
                violation_error_message="Une subvention n’est pas négative.",
            ),
        )

    def __str__(self) -> str:
        return f"plan de financement {self.empreinte[:12]}"

    def sceller(self) -> str:
        """SHA-256 of everything the plan says."""
        return canonique.empreinte(
            {
                "edition": self.edition,
                "version_regles": self.version_regles,
                "entree": self.entree,
                "registre": self.registre,
                "resultat": self.resultat,
                "conditions": self.conditions,
                "total": str(self.total),
            }
        )

    @property
    def lignes(self) -> Sequence[Mapping[str, Any]]:
        """Lines of the engine, in their order."""
        lignes: Sequence[Mapping[str, Any]] = self.resultat["lignes"]
        return lignes

    def montant_du_versement(self, rang: int) -> Decimal:
        """EUR due at payment `rang`; raises LookupError when the plan has no such payment."""
        for versement in self.resultat["versements"]:
            if versement["rang"] == rang:
                return Decimal(versement["montant"])
        raise LookupError(f"le plan n’a pas de versement {rang}")
