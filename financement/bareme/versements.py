"""Payment key (F8) and single grant (F10)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from esms.aap import Edition
from esms.socle.montants import arrondi
from grappes.regles import regle

from .ligne import ZERO, SubventionRegroupee, Versement, euros


@regle("F8")
def repartir(total: Decimal, edition: Edition) -> tuple[Versement, ...]:
    """Share `total` by the key, each part rounded half up; the last takes what is left: nothing is lost."""
    cle, article = edition.versements.cle, edition.versements.article
    montants = [arrondi(Fraction(total) * part.part) for part in cle[:-1]]
    montants.append(total - sum(montants, ZERO))
    return tuple(
        Versement(rang, part.declencheur, article, part.libelle, montant)
        for rang, (part, montant) in enumerate(zip(cle, montants, strict=True), start=1)
    )


@regle("F10")
def regrouper(sous_totaux: Mapping[str, Decimal], edition: Edition) -> SubventionRegroupee | None:
    """The lines paid as one flat grant; None where the AAP keeps them apart."""
    regles = edition.financement.subvention_unique
    if regles is None:
        return None
    presentes = tuple(nom for nom in regles.lignes if nom in sous_totaux)
    montant = sum((sous_totaux[nom] for nom in presentes), ZERO)
    noms = ", ".join(presentes) or "Aucune ligne"
    explication = f"{noms}\u00a0: une subvention unique et forfaitaire de {euros(montant)}."
    return SubventionRegroupee(regles.regle, regles.article, presentes, montant, explication)
