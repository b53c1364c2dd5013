"""Who: the FINESS register, the campagnes and the grappes."""

from grappes.models.entite import EntiteJuridique
from grappes.models.etablissement import Etablissement
from grappes.models.etat_etablissement import EtatEtablissement
from grappes.models.import_finess import ImportFiness

__all__ = ["EntiteJuridique", "Etablissement", "EtatEtablissement", "ImportFiness"]
