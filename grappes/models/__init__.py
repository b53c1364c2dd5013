"""Who: the FINESS register, the campagnes and the grappes."""

from grappes.models.campagne import Campagne
from grappes.models.contact_de_campagne import ContactDeCampagne
from grappes.models.document_de_campagne import DocumentDeCampagne
from grappes.models.entite import EntiteJuridique
from grappes.models.essms import EssmsDeGrappe
from grappes.models.etablissement import Etablissement
from grappes.models.etat_etablissement import EtatEtablissement
from grappes.models.grappe import Grappe
from grappes.models.import_finess import ImportFiness
from grappes.models.participation import EtatParticipation, Participation
from grappes.models.solution import Referencement, Solution

__all__ = [
    "Campagne",
    "ContactDeCampagne",
    "DocumentDeCampagne",
    "EntiteJuridique",
    "EssmsDeGrappe",
    "Etablissement",
    "EtatEtablissement",
    "EtatParticipation",
    "Grappe",
    "ImportFiness",
    "Participation",
    "Referencement",
    "Solution",
]
