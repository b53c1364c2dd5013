"""Saving a section. A draft is saved incomplete; what someone else saved meanwhile is never overwritten."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from instruction import etats
from instruction.actions.garde import VersionDepassee, consigner, exiger, verrouiller
from instruction.models import Dossier, Section, VersionDeSection


@transaction.atomic
def enregistrer_section(
    *, dossier: Dossier, cle: str, contenu: Mapping[str, Any], version: int, par: Utilisateur
) -> Section:
    """Save what was typed over `version` (0: never saved), and keep it as a new version.

    Saving the same content again changes nothing. Raises VersionDepassee when another version was saved
    meanwhile, EtatDepasse when the dossier is no longer a draft, PermissionDenied without the role.
    """
    actuel = verrouiller(dossier)
    exiger(etats.MODIFIER, actuel, par)
    section = Section.objects.filter(dossier=actuel, cle=cle).first() or Section(dossier=actuel, cle=cle)
    if section.contenu == dict(contenu):
        return section
    if section.version != version:
        raise VersionDepassee
    section.contenu, section.version = dict(contenu), version + 1
    section.modifiee_le, section.modifiee_par = timezone.now(), par
    section.save()
    VersionDeSection.objects.create(
        section=section, version=section.version, contenu=section.contenu, le=section.modifiee_le, par=par
    )
    consigner(actuel, "enregistrer_section", par, section=cle, version=section.version)
    return section
