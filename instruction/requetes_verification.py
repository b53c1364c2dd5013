"""Whether a hash is that of a filing, and what vouches for it: what its receipt shows, and its withdrawal."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from esms.journal.chaine import sceller
from esms.journal.models import Entree
from esms.journal.requetes import Preuve, preuve_de
from instruction.etats import DEPOSER
from instruction.models import AccuseDeReception


@dataclass(frozen=True, slots=True)
class Verification:
    """A filing, as anyone who holds its hash may know it."""

    empreinte: str
    numero: str
    recu_le: datetime
    fuseau: str
    appel: str
    contenu_intact: bool
    entree: Entree | None
    preuve: Preuve | None
    rang: int = 1
    retire_le: datetime | None = None

    @property
    def defaut(self) -> str:
        """What no longer holds, in French; nothing while all does."""
        if not self.contenu_intact:
            return "le contenu conservé ne la donne plus"
        if self.entree is None:
            return "le journal ne porte pas ce dépôt"
        if sceller(self.entree) != self.entree.empreinte:
            return "l’entrée du journal qui le porte a changé"
        if self.preuve is not None and not self.preuve.tient:
            return "la preuve ne mène plus à la racine du journal"
        return ""


def verification(empreinte: str) -> Verification | None:
    """The filing whose sealed content has this SHA-256; None when there is none.

    The hash is recomputed from the content as it is kept now. Four queries at most.
    """
    accuses = AccuseDeReception.objects.select_related("depot__dossier__campagne", "depot__retrait")
    accuse = accuses.filter(depot__empreinte=empreinte).first()
    if accuse is None:
        return None
    dossier = accuse.depot.dossier
    entree = (
        Entree.objects.filter(chaine=dossier.chaine, geste=DEPOSER.nom, contenu__empreinte=empreinte)
        .order_by("-rang")
        .first()
    )
    retrait = getattr(accuse.depot, "retrait", None)
    return Verification(
        empreinte=empreinte,
        numero=accuse.numero,
        recu_le=accuse.emis_le,
        fuseau=dossier.campagne.fuseau,
        appel=dossier.campagne.titre,
        contenu_intact=hashlib.sha256(accuse.depot.scelle.encode("utf8")).hexdigest() == empreinte,
        entree=entree,
        preuve=preuve_de(entree) if entree else None,
        rang=accuse.depot.rang,
        retire_le=retrait.le if retrait else None,
    )
