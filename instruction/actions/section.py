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
    *,
    dossier: Dossier,
    cle: str,
    contenu: Mapping[str, Any],
    version: int,
    par: Utilisateur,
    reunir: bool = False,
) -> Section:
    """Save what was typed over `version` (0: never saved), and keep it as a new version.

    Saving the same content again changes nothing. With `reunir`, changes made meanwhile to other fields are
    kept beside these ones (the caller must then show them). Raises VersionDepassee when another version was
    saved meanwhile, EtatDepasse when the dossier is no longer a draft, PermissionDenied without the role.
    """
    actuel = verrouiller(dossier)
    exiger(etats.MODIFIER, actuel, par)
    section = Section.objects.filter(dossier=actuel, cle=cle).first() or Section(dossier=actuel, cle=cle)
    if section.contenu == dict(contenu):
        return section
    if section.version == version:
        nouveau = dict(contenu)
    elif reunir:
        nouveau = _reunir(section, contenu, version)
    else:
        raise VersionDepassee
    ecrire_version(section=section, contenu=nouveau, par=par)
    consigner(actuel, "enregistrer_section", par, section=cle, version=section.version)
    return section


def ecrire_version(*, section: Section, contenu: Mapping[str, Any], par: Utilisateur) -> None:
    """The next version of a section, whose dossier the caller has locked; the journal is the caller's."""
    section.contenu, section.version = dict(contenu), section.version + 1
    section.modifiee_le, section.modifiee_par = timezone.now(), par
    section.save()
    VersionDeSection.objects.create(
        section=section, version=section.version, contenu=section.contenu, le=section.modifiee_le, par=par
    )


def change_depuis(base: Mapping[str, Any], contenu: Mapping[str, Any], champ: str) -> bool:
    """Whether `contenu` changed this field since `base`; left empty and never shown are the same."""
    return bool(_valeur(base, champ) != _valeur(contenu, champ))


def base_de(section: Section, version: int) -> Mapping[str, Any]:
    """The content that a form read at `version`. Raises VersionDepassee when it never was."""
    if version == 0:
        return {}
    lue = VersionDeSection.objects.filter(section=section.pk, version=version).first()
    if lue is None:
        raise VersionDepassee
    contenu: Mapping[str, Any] = lue.contenu
    return contenu


def _reunir(section: Section, saisi: Mapping[str, Any], version: int) -> dict[str, Any]:
    """The recorded content with the fields that `saisi` changed since `version`.

    Raises VersionDepassee when both sides changed the same field, and not to the same value.
    """
    base = base_de(section, version)
    changes = {champ: valeur for champ, valeur in saisi.items() if change_depuis(base, saisi, champ)}
    for champ in changes:
        disputee = change_depuis(base, section.contenu, champ)
        if disputee and _valeur(saisi, champ) != _valeur(section.contenu, champ):
            raise VersionDepassee
    return {**section.contenu, **changes}


def _valeur(contenu: Mapping[str, Any], champ: str) -> Any:
    valeur = contenu.get(champ)
    return None if valeur in ("", [], {}) else valeur
