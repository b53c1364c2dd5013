"""Writing an e-mail, in the transaction of the gesture that wants it: neither exists without the other."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel, Notification
from esms.courriels.redaction import rediger
from esms.courriels.taches import deposer


def ecrire(
    *,
    gabarit: str,
    a: str,
    destinataire: Utilisateur | None,
    contexte: Mapping[str, str | int],
    lien: str,
    cle: str,
    chaine: str = "",
    ars: str = "",
) -> Courriel | None:
    """Write one e-mail to `a`, and its copy in the portal when `destinataire` has an account.

    Template `templates/courriels/<gabarit>.txt`: first line the subject, then the text; greeting, link and
    foot are added around it. `lien` is a path of the portal (`reverse(…)`). `cle` makes it unique: written
    twice, even at the same instant, it is sent once, and None comes back the second time; None too without
    an address. `chaine` is the journal's chain of what it is about, `ars` the code of the ARS whose agents
    may see it in their list. The gesture writes the journal, not this function.

    Raises ValueError for a wrong template or context (see `rediger`), TransactionManagementError outside a
    transaction. A task then sends it: nothing here waits for a mail server.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Un courriel s’écrit dans la transaction du geste.")
    a = a.strip()
    if not a:
        return None
    redige = rediger(gabarit, contexte)
    maintenant = timezone.now()
    courriel, nouveau = Courriel.objects.get_or_create(
        cle=cle,
        defaults={
            "gabarit": gabarit,
            "chaine": chaine,
            "ars": ars,
            "a": a,
            "contexte": dict(contexte),
            "objet": redige.objet,
            "texte": redige.texte,
            "lien": lien,
            "cree_le": maintenant,
        },
    )
    if not nouveau:
        return None
    if destinataire is not None:
        Notification.objects.create(courriel=courriel, utilisateur=destinataire, cree_le=maintenant)
    deposer(courriel)
    return courriel
