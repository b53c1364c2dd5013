"""What became of an e-mail, in words: the class of an error says nothing to an agent."""

from collections.abc import Mapping

from esms.courriels.models import Courriel

_RESEAU = "le serveur de messagerie ne répond pas"
_COUPURE = "le serveur de messagerie a coupé la connexion"
_CHIFFREMENT = "la connexion chiffrée au serveur de messagerie a échoué"
_ILLISIBLE = "l’adresse ou l’objet ne peut pas s’écrire dans un courriel"

ERREURS: Mapping[str, str] = {
    "SMTPRecipientsRefused": "le serveur de messagerie refuse l’adresse du destinataire",
    "SMTPSenderRefused": "le serveur de messagerie refuse l’adresse du portail",
    "SMTPAuthenticationError": "le serveur de messagerie refuse l’identifiant du portail",
    "SMTPDataError": "le serveur de messagerie refuse le message",
    "SMTPResponseException": "le serveur de messagerie refuse le message",
    "SMTPHeloError": "le serveur de messagerie refuse la connexion",
    "SMTPConnectError": "le serveur de messagerie refuse la connexion",
    "SMTPNotSupportedError": "le serveur de messagerie ne sait pas faire ce qui lui est demandé",
    "SMTPServerDisconnected": _COUPURE,
    "ConnectionResetError": _COUPURE,
    "ConnectionAbortedError": _COUPURE,
    "BrokenPipeError": _COUPURE,
    "ConnectionRefusedError": _RESEAU,
    "TimeoutError": "le serveur de messagerie n’a pas répondu à temps",
    "gaierror": "l’adresse du serveur de messagerie est inconnue",
    "OSError": _RESEAU,
    "SSLError": _CHIFFREMENT,
    "SSLCertVerificationError": _CHIFFREMENT,
    "ValueError": _ILLISIBLE,
    "BadHeaderError": _ILLISIBLE,
    "UnicodeEncodeError": _ILLISIBLE,
}


def derniere_erreur(courriel: Courriel) -> str:
    """Why the last try failed, in French; empty when it did not."""
    if not courriel.erreur:
        return ""
    return ERREURS.get(courriel.erreur, f"erreur inattendue ({courriel.erreur})")
