"""Reminding the porteur of a draft that the window closes: 30, 7, 2 and 1 days before, once each.

The window is the one that applies to the project (C1, or C2 when its ESSMS lie in several regions), with the
dates of the campagne, at the legal time of its ARS. A reminder that did not leave on its day leaves on the
next one; when dates are put off, or when the project becomes multirégional, those of the new closing follow.
The e-mail says which sections and pieces are not complete, and gives a link: the sentences of the rules may
name an establishment or a person, and stay in the portal.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from esms.aap.calendrier import Fenetre
from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel
from esms.socle.dates import derniere_seconde
from grappes.models import Campagne
from instruction.actions.avertir import avertir_porteur
from instruction.actions.certification import certification_en_vigueur
from instruction.actions.garde import verrouiller
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.presentation.ce_qui_manque import dans_un_brouillon
from instruction.requetes import Examen
from instruction.requetes_fenetre import avec_regions, cloture_de

SEUILS = (30, 7, 2, 1)  # days before the last day
GABARIT = "rappel_de_depot"
PAS_AVANT = time(7)  # local: nobody is woken up


def brouillons_a_rappeler(instant: datetime) -> list[UUID]:
    """Drafts that may have a reminder due now: those of a window that closes soon, not reminded of it yet."""
    proches = Q(fermeture__lte=instant.date() + timedelta(days=max(SEUILS) + 1)) | Q(
        fermeture_multiregionale__lte=instant.date() + timedelta(days=max(SEUILS) + 1)
    )
    campagnes = Campagne.objects.filter(proches, fermeture__gte=instant.date() - timedelta(days=1))
    return [pk for campagne in campagnes.order_by("pk") for pk in _de(campagne, instant)]


@transaction.atomic
def rappeler(*, dossier: UUID, instant: datetime, par: Utilisateur | None) -> list[Courriel]:
    """Write the reminder that is due on this draft, to each of its people: those really written.

    Nothing once it is filed or withdrawn for good, out of the window, before seven in the morning, or when
    the draft was created after the day of the reminder. A filing under way is waited for: it then gets none.
    """
    actuel = verrouiller(Dossier(pk=dossier))
    if actuel.etat != Etat.BROUILLON:
        return []
    examen = Examen(actuel, instant)
    ferme = fenetre_du_projet(examen).ferme
    seuil = seuil_du(ferme, actuel.campagne, instant)
    if seuil is None or actuel.cree_le >= _debut(ferme, seuil, actuel.campagne):
        return []
    manques = dans_un_brouillon(examen)
    restants = (ferme - _local(instant, actuel.campagne).date()).days
    return avertir_porteur(
        actuel,
        GABARIT,
        par,
        occurrence=_occurrence(ferme, seuil),
        delai=_delai(restants),
        fin=derniere_seconde(ferme, actuel.campagne.fuseau),
        manques=manques,
        certifie=int(not manques and certification_en_vigueur(examen) is not None),
    )


def fenetre_du_projet(examen: Examen) -> Fenetre:
    """C1, or C2 as soon as the ESSMS are known to lie in more than one region."""
    calendrier = examen.edition.calendrier
    if calendrier.depot_multiregional is not None and len(examen.resultat.projet.regions) > 1:
        return calendrier.depot_multiregional
    return calendrier.depot


def seuil_du(ferme: date, campagne: Campagne, instant: datetime) -> int | None:
    """The last threshold reached before that closing; None before the first, at night, once it is over."""
    local = _local(instant, campagne)
    restants = (ferme - local.date()).days
    if restants < 0 or local.date() < campagne.ouverture or local.time() < PAS_AVANT:
        return None
    return min((seuil for seuil in SEUILS if restants <= seuil), default=None)


def _de(campagne: Campagne, instant: datetime) -> Iterator[UUID]:
    """Drafts of a campagne without the reminder that is due before their own closing."""
    deja = _deja_rappeles(campagne, instant)
    brouillons = avec_regions(Dossier.objects.filter(campagne=campagne, etat=Etat.BROUILLON)).order_by("pk")
    for dossier in brouillons.only("pk"):
        dossier.campagne = campagne
        ferme = cloture_de(dossier).dernier_jour
        seuil = seuil_du(ferme, campagne, instant)
        if seuil is not None and (dossier.chaine, _occurrence(ferme, seuil)) not in deja:
            yield dossier.pk


def _deja_rappeles(campagne: Campagne, instant: datetime) -> set[tuple[str, str]]:
    """Chain and occurrence of the reminders that this ARS has written since the first one that may be due."""
    depuis = instant - timedelta(days=max(SEUILS) + 1)
    ecrits = Courriel.objects.filter(gabarit=GABARIT, ars=campagne.ars, cree_le__gte=depuis)
    return {(chaine, cle.split(":")[-2]) for chaine, cle in ecrits.values_list("chaine", "cle")}


def _occurrence(ferme: date, seuil: int) -> str:
    return f"{ferme.isoformat()}.J-{seuil}"


def _debut(ferme: date, seuil: int, campagne: Campagne) -> datetime:
    """First instant of the day of that reminder."""
    return datetime.combine(ferme - timedelta(days=seuil), time(), ZoneInfo(campagne.fuseau))


def _local(instant: datetime, campagne: Campagne) -> datetime:
    return instant.astimezone(ZoneInfo(campagne.fuseau))


def _delai(restants: int) -> str:
    if restants == 0:
        return "quelques heures"
    return f"{restants}\u00a0jour{'s' if restants > 1 else ''}"
