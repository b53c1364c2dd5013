"""What is late, or soon will be: complements past their deadline, an admissibility about to end unjudged."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from esms.socle.dates import dernier_jour, jour
from grappes.models import Campagne
from grappes.regles.calendrier import fin_de_recevabilite
from grappes.requetes_campagnes import edition_de
from instruction.etats import Etat
from instruction.models import Dossier

PROCHE = timedelta(days=7)
SANS_VERDICT = (Etat.DEPOSE, Etat.RECEVABILITE, Etat.COMPLEMENTS_DEMANDES)


def recevabilites_finissantes(campagnes: Iterable[Campagne], instant: datetime) -> dict[int, datetime]:
    """Campagne → end of its admissibility (C4), for those where it is past or less than a week away."""
    fins = {campagne.pk: fin_de_recevabilite(edition_de(campagne)) for campagne in campagnes}
    return {pk: fin for pk, fin in fins.items() if fin is not None and fin - instant <= PROCHE}


def en_retard(
    dossiers: QuerySet[Dossier], finissantes: Mapping[int, datetime], instant: datetime
) -> QuerySet[Dossier]:
    """The late ones among `dossiers`: two indexed conditions, whatever the campagnes hold."""
    echus = Q(etat=Etat.COMPLEMENTS_DEMANDES, complements_avant__lte=instant)
    return dossiers.filter(echus | Q(etat__in=SANS_VERDICT, campagne__in=list(finissantes)))


def retard_de(dossier: Dossier, finissantes: Mapping[int, datetime], instant: datetime) -> str:
    """Why this dossier is late, in a few words; empty when it is not. The day: in a list no second counts."""
    fuseau = dossier.campagne.fuseau
    if dossier.complements_avant is not None and dossier.complements_avant <= instant:
        return f"Réponse en retard, attendue jusqu’au {jour(dernier_jour(dossier.complements_avant, fuseau))}"
    fin = finissantes.get(dossier.campagne_id)
    if fin is None or dossier.etat not in SANS_VERDICT:
        return ""
    verbe = "finie" if fin <= instant else "à finir"
    return f"Recevabilité {verbe} le {jour(dernier_jour(fin, fuseau))}"
