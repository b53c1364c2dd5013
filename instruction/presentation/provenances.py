"""Where each document comes from: written by the portal, to sign, or written by somebody else."""

from collections.abc import Mapping

PROVENANCES: Mapping[str, str] = {
    "P1": "Le portail produit ce document depuis votre saisie.",
    "P2": "Le portail produit ce document depuis votre saisie.",
    "P3": "Le portail produit ce document depuis votre saisie.",
    "P4": (
        "À signer\u00a0: téléchargez la lettre préremplie, faites-la signer par le représentant légal, "
        "puis joignez-la."
    ),
    "P5": (
        "Certifiez en ligne les heures saisies, ou téléchargez la déclaration préremplie, faites-la signer "
        "et joignez-la."
    ),
    "P6": "Un fichier est nécessaire\u00a0: cet accord est écrit et signé par l’entité nationale.",
    "P7": (
        "Un fichier est nécessaire\u00a0: cette étude compare votre solution aux besoins de chaque ESSMS, "
        "ce que le portail ne demande pas."
    ),
    "P8": (
        "À signer\u00a0: téléchargez la convention préremplie, complétez-la, faites-la signer par chaque "
        "membre, puis joignez-la."
    ),
    "P9a": "Le portail produit ce tableur depuis la section Équipement.",
    "P9b": "Le portail produit ce tableur depuis la section Équipement.",
    "P9c": "Un fichier est nécessaire\u00a0: les devis sont établis par vos fournisseurs.",
    "P10": "Un fichier est nécessaire\u00a0: les devis sont établis par les prestataires.",
    "P11": (
        "Un fichier est nécessaire\u00a0: joignez le résultat que rend l’outil d’autodiagnostic\u202f; "
        "le portail n’en connaît que l’état et la date."
    ),
}
"""Code → one sentence for the porteur."""
