"""Opening a call for projects."""

import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from esms import aap
from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from grappes.models import Campagne


@transaction.atomic
def ouvrir_campagne(
    *,
    edition: str,
    ars: str,
    service: str,
    courriel: str,
    par: Utilisateur | None,
    ouverture: date | None = None,
    fermeture: date | None = None,
    fermeture_multiregionale: date | None = None,
    recevabilite: date | None = None,
    motif: str = "",
) -> Campagne:
    """Open the edition `edition` (slug) for the ARS of region `ars`; a date left out is the published one.

    `motif`, journaled, says why the dates are not the published ones. `par` is None for the command line.
    Raises EditionInconnue, or ValidationError in French: another ARS's AAP, dates out of order or of a window
    that the AAP does not have, already open.
    """
    publiee = aap.edition(edition)
    if ars != publiee.region:
        raise ValidationError(f"Cet appel à projets est celui de l’{publiee.ars}.")
    calendrier = publiee.calendrier
    multi = calendrier.depot_multiregional
    if fermeture_multiregionale is not None and multi is None:
        raise ValidationError("Cet appel à projets n’a pas de fenêtre propre aux projets multirégionaux.")
    campagne = Campagne(
        edition=edition,
        ars=ars,
        titre=publiee.titre,
        sigle=sigle_de(publiee),
        fuseau=publiee.fuseau,
        ouverture=ouverture or calendrier.depot.ouvre,
        fermeture=fermeture or calendrier.depot.ferme,
        fermeture_multiregionale=fermeture_multiregionale or (multi.ferme if multi else None),
        recevabilite=recevabilite or calendrier.recevabilite.jusqu_au,
        service=service,
        courriel=courriel,
    )
    campagne.full_clean()
    campagne.save(force_insert=True)
    contenu = campagne.valeurs() | ({"motif": motif} if motif else {})
    inscrire(chaine=f"campagne:{campagne.pk}", geste="ouvrir", par=par, contenu=contenu)
    return campagne


def sigle_de(publiee: aap.Edition) -> str:
    """Head of the numbers: three letters of the edition's name and its year, such as OCC-2025."""
    lettres = unicodedata.normalize("NFKD", publiee.slug).encode("ascii", "ignore").decode("ascii")
    return f"{lettres[:3].upper()}-{publiee.annee}"
