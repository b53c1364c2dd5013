"""The one error of file checks."""


class FichierRefuse(ValueError):
    """The file may not enter; the message says why, in French, and what to do."""


DESACCORD = (
    "Le contenu du fichier ne correspond pas à son extension «\u00a0.{extension}\u00a0». "
    "Enregistrez-le de nouveau dans ce format, depuis le logiciel qui l’a produit."
)
CHIFFRE = "Le fichier est protégé par un mot de passe ou chiffré. Envoyez-le sans protection."
MACRO = "Le fichier contient une macro. Enregistrez-le sans macro, ou en PDF."
BOMBE = "Le fichier se décompresse en une taille anormale\u00a0: il est refusé (bombe zip)."
ILLISIBLE = "Le fichier est endommagé\u00a0: il ne peut pas être ouvert."
OBJET = "Le fichier contient un objet ou un fichier incorporé. Enregistrez-le en PDF, sans pièce jointe."
LIEN = "Le fichier va chercher ou lancer quelque chose hors du document. Enregistrez-le en PDF."
VIRUS = "Un antivirus reconnaîtrait ce fichier comme dangereux\u00a0: il est refusé."

# Split so that this source file is not itself taken for the test virus.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
