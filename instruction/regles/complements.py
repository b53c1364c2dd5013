"""What a request for complements may hold, and until when (C4, C5). Pure: no Django, no clock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from esms.aap import Edition
from esms.aap.calendrier import debut_du_jour
from esms.socle.dates import derniere_seconde, jour
from grappes.regles.calendrier import echeance_de_complement, fin_de_recevabilite
from instruction.regles.produits import CONFIRMEES, NON_TYPEES, sections_de

HEURES = "heures"
"""Key of the hours of the home-help services, that an answer may correct when P5 is asked for."""
PIECE_DES_HEURES = "P5"


@dataclass(frozen=True, slots=True)
class Demande:
    """One thing to ask for: `objet` (« piece », « section », « libre »), its key if it has one, why."""

    objet: str
    cle: str
    libelle: str
    raison: str


def echeance(dernier_jour: date, zone: ZoneInfo) -> datetime:
    """First instant too late: the midnight that ends `dernier_jour`, at the legal time of the ARS (as C1)."""
    return debut_du_jour(dernier_jour + timedelta(days=1), zone)


def objections_a_la_demande(
    demandes: Sequence[Demande],
    dernier_jour: date | None,
    instant: datetime,
    edition: Edition,
    pieces: Collection[str],
    sections: Collection[str],
) -> tuple[str, ...]:
    """Why this request cannot be made, in sentences; empty when it can.

    `pieces`, `sections`: what this edition knows. C5: the deadline never passes the end of C4.
    """
    phrases = [] if demandes else ["Demandez au moins un élément, avec sa raison."]
    for rang, demande in enumerate(demandes, start=1):
        connus = {"piece": pieces, "section": sections}.get(demande.objet)
        if connus is not None and demande.cle not in connus:
            phrases.append(f"Élément {rang}\u00a0: cet appel à projets ne le connaît pas.")
        if not demande.libelle.strip():
            phrases.append(f"Élément {rang}\u00a0: dites ce qui est demandé.")
        if not demande.raison.strip():
            phrases.append(f"Élément {rang}\u00a0: dites pourquoi il est demandé.")
    return (*phrases, *_objections_a_l_echeance(dernier_jour, instant, edition))


def dernier_jour_possible(edition: Edition) -> date | None:
    """Last day that a request may give, at the legal time of the ARS; None where nothing bounds it."""
    fin = fin_de_recevabilite(edition)
    if edition.calendrier.complements is None or fin is None:
        return None
    return fin.astimezone(edition.zone).date() - timedelta(days=1)


def _objections_a_l_echeance(
    dernier_jour: date | None, instant: datetime, edition: Edition
) -> tuple[str, ...]:
    if dernier_jour is None:
        return ("Donnez une échéance\u00a0: un dernier jour, ou un nombre de jours.",)
    demandee = echeance(dernier_jour, edition.zone)
    if demandee <= instant:
        return (f"L’échéance du {jour(dernier_jour)} est déjà passée.",)
    limite = dernier_jour_possible(edition)
    if limite is not None and echeance_de_complement(demandee, edition) < demandee:
        fin = derniere_seconde(limite, edition.zone.key)
        return (f"L’échéance ne peut pas dépasser la fin de la recevabilité, le {fin} (règles C4 et C5).",)
    return ()


def corrigeables(elements: Collection[tuple[str, str]], edition: Edition) -> tuple[str, ...]:
    """Keys of what an answer may type again; an element: its kind, its key.

    The sections asked for, those that a document asked for prints, the hours when P5 is: nothing else moves.
    The composition of the grappe never does.
    """
    voulues = {cle for objet, cle in elements if objet == "section"}
    codes = [cle for objet, cle in elements if objet == "piece"]
    voulues.update(cle for code in codes for cle in sections_de(code, edition))
    typees = [s.cle for s in edition.candidature.sections if s.cle in voulues - NON_TYPEES - CONFIRMEES]
    return (*typees, *([HEURES] if PIECE_DES_HEURES in codes else ()))


def elements_sans_reponse(elements: Sequence[tuple[str, str, bool]]) -> tuple[str, ...]:
    """Sentences on what has no answer; an element: (what it is, its kind, whether it is answered)."""
    return tuple(
        f"«\u00a0{libelle}\u00a0»\u00a0: "
        + ("joignez un fichier." if objet == "piece" else "écrivez votre réponse.")
        for libelle, objet, repondu in elements
        if not repondu
    )
