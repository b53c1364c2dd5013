"""Fills in what entries leave out, from the register. A given value wins; an unknown one stays None."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grappes.finess import nomenclatures
from grappes.regles import Essms, FicheEssms, Organisme, Projet
from grappes.regles.territoires import region_ars

from .entree import Saisie
from .referentiel import Referentiel


def completer(saisie: Saisie, referentiel: Referentiel) -> Projet:
    """Project of an entry, completed. The register is asked nothing when nothing is missing."""
    return completer_ensemble([saisie], referentiel)[0]


def completer_ensemble(saisies: Sequence[Saisie], referentiel: Referentiel) -> list[Projet]:
    """Projects of several entries: each question is asked once for all of them."""
    numeros = {ligne.finess_et for saisie in saisies for ligne in saisie.projet.essms if _incomplet(ligne)}
    fiches = referentiel.etablissements(sorted(numeros)) if numeros else {}
    projets = [_completer_les_essms(saisie, fiches) for saisie in saisies]
    geres_inconnus = {numero for projet in projets for numero in _geres_a_chercher(projet)}
    sieges_inconnus = {numero for projet in projets for numero in _sieges_a_chercher(projet)}
    geres = referentiel.essms_geres(sorted(geres_inconnus)) if geres_inconnus else {}
    sieges = referentiel.regions_des_entites(sorted(sieges_inconnus)) if sieges_inconnus else {}
    if not geres and not sieges:
        return projets
    return [_completer_les_organismes(projet, geres, sieges) for projet in projets]


def _completer_les_essms(saisie: Saisie, fiches: Mapping[str, FicheEssms]) -> Projet:
    projet = saisie.projet
    if not any(
        ligne.finess_et in fiches or ligne.public is None or ligne.saad is None for ligne in projet.essms
    ):
        return projet
    lignes = (
        _d_apres_fiche(_d_apres_categorie(ligne), fiches.get(ligne.finess_et)) for ligne in projet.essms
    )
    return replace(projet, essms=tuple(lignes))


def _incomplet(ligne: Essms) -> bool:
    """Something is missing that the category does not tell."""
    if ligne.finess_ej is None or ligne.region is None or ligne.categorie is None:
        return True
    if ligne.public is not None and ligne.saad is not None:
        return False
    return not _relevant_de_l312_1(ligne.categorie)


def _d_apres_categorie(ligne: Essms) -> Essms:
    """A given category tells the public and home help, before the register does."""
    categorie = nomenclatures.categories().get(ligne.categorie or "")
    if categorie is None:
        return ligne
    return replace(
        ligne,
        public=ligne.public or categorie.public,
        saad=categorie.saad if ligne.saad is None else ligne.saad,
    )


def _d_apres_fiche(ligne: Essms, fiche: FicheEssms | None) -> Essms:
    """What the register adds; of its category, only when none was given."""
    if fiche is None:
        return ligne
    return _d_apres_categorie(
        replace(
            ligne,
            finess_ej=ligne.finess_ej or fiche.finess_ej or None,
            region=ligne.region or region_ars(fiche.region),
            categorie=ligne.categorie or fiche.categorie or None,
            nom=fiche.nom,
            ferme_le=fiche.ferme_le,
        )
    )


def _relevant_de_l312_1(code: str) -> bool:
    categorie = nomenclatures.categories().get(code)
    return categorie is not None and categorie.l312_1


def _geres_a_chercher(projet: Projet) -> tuple[str, ...]:
    return tuple(organisme.finess_ej for organisme in projet.gestionnaires if organisme.essms_geres is None)


def _sieges_a_chercher(projet: Projet) -> tuple[str, ...]:
    """Organisations, and the porteur, whose seat is missing."""
    sieges = [organisme.finess_ej for organisme in projet.gestionnaires if organisme.region is None]
    if projet.porteur.region is None and projet.porteur.finess_ej is not None:
        sieges.append(projet.porteur.finess_ej)
    return tuple(sieges)


def _completer_les_organismes(projet: Projet, geres: Mapping[str, int], sieges: Mapping[str, str]) -> Projet:
    gestionnaires = projet.gestionnaires
    connus = {organisme.finess_ej for organisme in gestionnaires}
    autres = (organisme for organisme in projet.organismes if organisme.finess_ej not in connus)
    porteur = projet.porteur
    return replace(
        projet,
        organismes=(
            *(_completer_organisme(organisme, geres, sieges) for organisme in gestionnaires),
            *autres,
        ),
        porteur=replace(porteur, region=porteur.region or _siege(porteur.finess_ej or "", sieges)),
    )


def _completer_organisme(
    organisme: Organisme, geres: Mapping[str, int], sieges: Mapping[str, str]
) -> Organisme:
    nombre = organisme.essms_geres
    return replace(
        organisme,
        essms_geres=geres.get(organisme.finess_ej) if nombre is None else nombre,
        region=organisme.region or _siege(organisme.finess_ej, sieges),
    )


def _siege(finess_ej: str, sieges: Mapping[str, str]) -> str | None:
    """Region of a seat; a territory without ARS is not one (rule G3: nobody there could lead)."""
    return region_ars(sieges.get(finess_ej, ""))
