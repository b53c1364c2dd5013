"""Saving what the porteur writes. A draft is saved incomplete.

A section saved by someone else meanwhile is never overwritten.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from esms.aap import Edition
from esms.comptes.models import Utilisateur
from instruction import etats
from instruction.actions.garde import VersionDepassee, consigner, exiger, verrouiller
from instruction.models import CHAMPS_FICHE, Dossier, FicheSynthese, Texte


@transaction.atomic
def enregistrer_fiche(
    *, dossier: Dossier, valeurs: Mapping[str, str], version: int, par: Utilisateur
) -> FicheSynthese:
    """Save the fiche de synthèse (E21) typed over `version`.

    Saving the same values again changes nothing. Raises VersionDepassee when another version was saved
    meanwhile.
    """
    actuel = verrouiller(dossier)
    exiger(etats.MODIFIER, actuel, par)
    fiche = FicheSynthese.objects.select_for_update().get(dossier=actuel)
    if fiche.valeurs() == dict(valeurs):
        return fiche
    if fiche.version != version:
        raise VersionDepassee
    for champ in CHAMPS_FICHE:
        setattr(fiche, champ, valeurs[champ])
    fiche.version, fiche.modifiee_le, fiche.modifiee_par = version + 1, timezone.now(), par
    fiche.save()
    consigner(actuel, "enregistrer_fiche", par, version=fiche.version)
    return fiche


@transaction.atomic
def enregistrer_textes(
    *, dossier: Dossier, saisies: Mapping[str, tuple[str, int]], par: Utilisateur
) -> list[Texte]:
    """Save project texts: criterion → (text, version it was typed over). All or none.

    Only the texts that differ are written. Raises VersionDepassee when one of them was saved by someone
    else meanwhile.
    """
    actuel = verrouiller(dossier)
    exiger(etats.MODIFIER, actuel, par)
    textes = {texte.critere: texte for texte in actuel.textes.select_for_update()}
    changes = [
        _changer(textes[critere], contenu, version, par)
        for critere, (contenu, version) in saisies.items()
        if textes[critere].contenu != contenu
    ]
    Texte.objects.bulk_update(changes, ["contenu", "version", "modifie_le", "modifie_par"])
    if changes:
        consigner(actuel, "enregistrer_textes", par, versions={t.critere: t.version for t in changes})
    return changes


def ouvrir_sections(dossier: Dossier, edition: Edition) -> None:
    """Make the empty sections of a new draft: one fiche, one text per criterion of the edition's grid."""
    FicheSynthese.objects.create(dossier=dossier)
    Texte.objects.bulk_create(Texte(dossier=dossier, critere=c.cle) for c in edition.grille.criteres)


def _changer(texte: Texte, contenu: str, version: int, par: Utilisateur) -> Texte:
    if texte.version != version:
        raise VersionDepassee
    texte.contenu, texte.version = contenu, version + 1
    texte.modifie_le, texte.modifie_par = timezone.now(), par
    return texte
