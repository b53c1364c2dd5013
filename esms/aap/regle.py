"""What every part of an edition shares: a rule identifier and its article; the catalogue of identifiers."""

from dataclasses import dataclass

CATALOGUE: dict[str, str] = {
    "C1": "Fenêtre de dépôt",
    "C2": "Fenêtre des projets multirégionaux",
    "C3": "Dépôt hors fenêtre",
    "C4": "Fin de la recevabilité",
    "C5": "Compléments demandés",
    "C6": "Fin de l’instruction",
    "C7": "Sélection et validation",
    "E1": "ESSMS de l’article L.312-1 du CASF",
    "E2": "Type de public",
    "E3": "Nombre minimal d’ESSMS",
    "E4": "Dérogation au nombre minimal",
    "E5": "Unicité des FINESS géographiques",
    "E6": "Typologie du projet",
    "E7": "Autres financements européens",
    "E8": "Même logiciel financé deux fois",
    "E9": "Deux logiciels DUI différents",
    "E10": "Prestation Ségur (SONS)",
    "E11": "Entité nationale",
    "E12": "Même logiciel pour tous les ESSMS",
    "E13": "Logiciel référencé Ségur",
    "E14": "Exception PJM",
    "E15": "Exception AHI",
    "E16": "Exception DPI de GHT",
    "E17": "Recours au système d’acquisition dynamique",
    "E18": "Activité mixte d’aide à domicile",
    "E19": "Autodiagnostic du système d’information",
    "E20": "Regroupement d’organismes",
    "E21": "Fiche de synthèse",
    "G1": "Guichet régional",
    "G2": "Guichet national",
    "G3": "ARS pivot",
    "G4": "Instruction déportée au national",
    "P1": "Document de candidature",
    "P2": "Planning du projet",
    "P3": "Plan de financement",
    "P4": "Lettre d’engagement du porteur",
    "P5": "Déclaration des heures médico-sociales",
    "P6": "Autorisation de l’entité nationale",
    "P7": "Étude de couverture des besoins",
    "P8": "Convention de grappe",
    "P9a": "État du parc par ESSMS",
    "P9b": "Demande de matériel consolidée",
    "P9c": "Devis de matériel",
    "P10": "Devis d’AMOA",
    "P11": "Autodiagnostic du système d’information de chaque organisme",
    "F1": "Usages, acquisition",
    "F2": "Usages, mise en conformité",
    "F3": "Équipement logiciel",
    "F4": "Matériel et infrastructures des petits organismes",
    "F5a": "AMOA « marché »",
    "F5b": "AMOA « pilotage »",
    "F6": "Prorata des heures d’aide à domicile",
    "F7": "Base hors taxes ou toutes taxes comprises",
    "F8": "Versements",
    "F9": "Modulation par l’ARS",
    "F10": "Subvention unique et forfaitaire",
    "U1": "Messagerie sécurisée de santé",
    "U2": "DMP",
    "U3": "Dossiers actifs",
    "U4": "Projet personnalisé",
    "U5": "Événement d’agenda",
    "U6": "e-prescription",
    "U7": "e-parcours",
}
"""Identifier → short French title, in reading order (source: catalogue of the rules of both AAPs)."""

RANG_DES_REGLES: dict[str, int] = {identifiant: rang for rang, identifiant in enumerate(CATALOGUE)}
"""Place of each rule: letter, then number. The only order in which checks and lines are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """A parameter of an edition: the rule it feeds, the article that says so, the reading kept if it is open.

    Containers write `Annotated[Fenetre, "C1"]`: the loader refuses any other rule at that place.
    """

    regle: str
    article: str
    lecture: str = ""
