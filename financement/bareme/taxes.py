"""Which side of a quote counts (F7)."""

from decimal import Decimal

from grappes.regles import Projet, regle


@regle("F7")
def devis_retenu(ht: Decimal | None, ttc: Decimal | None, projet: Projet) -> Decimal | None:
    """Before tax if the porteur recovers VAT, tax included otherwise; None without that side of the quote."""
    return ht if projet.porteur.tva_recuperee else ttc


def regime(projet: Projet) -> str:
    """« HT » or « TTC »."""
    return "HT" if projet.porteur.tva_recuperee else "TTC"
