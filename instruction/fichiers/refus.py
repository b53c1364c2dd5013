"""The one error of file checks."""


class FichierRefuse(ValueError):
    """The file may not enter; the message says why, in French, and what to do."""


DESACCORD = "Le contenu du fichier ne correspond pas à son extension «\u00a0.{extension}\u00a0»."
CHIFFRE = "Le fichier est protégé par un mot de passe ou chiffré. Envoyez-le sans protection."
MACRO = "Le fichier contient une macro. Enregistrez-le sans macro, ou en PDF."
ILLISIBLE = "Le fichier est endommagé\u00a0: il ne peut pas être ouvert."
