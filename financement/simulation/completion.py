"""Fills in what the entry leaves out, from the register. A given value wins; an unknown one stays None."""

from collections.abc import Mapping
from dataclasses import replace

from esms.aap import Edition
from grappes.regles import Essms, FicheEssms, Organisme, Projet

from .entree import Saisie
from .referentiel import Referentiel


def completer(saisie: Saisie, referentiel: Referentiel) -> Projet:
    """Project of an entry, completed. The register is asked nothing when nothing is missing."""
    projet, edition = saisie.projet, saisie.edition
    numeros = etablissements_a_chercher(saisie)
    fiches = referentiel.etablissements(numeros) if numeros else {}
    if any(ligne.public is None or ligne.saad is None for ligne in projet.essms) or numeros:
        projet = replace(
            projet,
            essms=tuple(
                _completer_essms(ligne, fiches.get(ligne.finess_et), edition) for ligne in projet.essms
            ),
        )
    return _completer_organismes(projet, referentiel)


def etablissements_a_chercher(saisie: Saisie) -> tuple[str, ...]:
    """Numbers of the ESSMS of which something is missing that their category does not tell."""
    return tuple(ligne.finess_et for ligne in saisie.projet.essms if _incomplet(ligne, saisie.edition))


def organismes_a_chercher(projet: Projet) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers of the organisations whose count of ESSMS is missing, and of those whose seat is (porteur included)."""
    geres = tuple(o.finess_ej for o in projet.gestionnaires if o.essms_geres is None)
    sieges = {o.finess_ej for o in projet.gestionnaires if o.region is None}
    if projet.porteur.region is None and projet.porteur.finess_ej is not None:
        sieges.add(projet.porteur.finess_ej)
    return geres, tuple(sorted(sieges))


def _incomplet(ligne: Essms, edition: Edition) -> bool:
    if ligne.finess_ej is None or ligne.region is None or ligne.categorie is None:
        return True
    if ligne.public is not None and ligne.saad is not None:
        return False
    return edition.eligibilite.essms.public(ligne.categorie) is None


def _completer_essms(ligne: Essms, fiche: FicheEssms | None, edition: Edition) -> Essms:
    """The given category, which wins, tells public and home help before the register does."""
    fiche = fiche or FicheEssms(finess_et=ligne.finess_et)
    public, saad = ligne.public, ligne.saad
    if ligne.categorie is not None:
        public = public or edition.eligibilite.essms.public(ligne.categorie)
        saad = _aide_a_domicile(ligne.categorie, edition) if saad is None else saad
    return replace(
        ligne,
        finess_ej=ligne.finess_ej or fiche.finess_ej,
        region=ligne.region or fiche.region,
        categorie=ligne.categorie or fiche.categorie,
        public=public or fiche.public or _public(fiche, edition),
        saad=fiche.saad if saad is None else saad,
        nom=fiche.nom,
        l312_1=fiche.l312_1 if ligne.categorie in {None, fiche.categorie} else None,
        ferme_le=fiche.ferme_le,
    )


def _public(fiche: FicheEssms, edition: Edition) -> str | None:
    return edition.eligibilite.essms.public(fiche.categorie) if fiche.categorie else None


def _aide_a_domicile(categorie: str, edition: Edition) -> bool | None:
    if categorie in edition.eligibilite.activite_mixte.categories_saad:
        return True
    return None if edition.eligibilite.essms.eligible(categorie) is None else False


def _completer_organismes(projet: Projet, referentiel: Referentiel) -> Projet:
    geres_a_chercher, sieges_a_chercher = organismes_a_chercher(projet)
    if not geres_a_chercher and not sieges_a_chercher:
        return projet
    geres = referentiel.essms_geres(geres_a_chercher) if geres_a_chercher else {}
    sieges = referentiel.regions_des_entites(sieges_a_chercher) if sieges_a_chercher else {}
    inutiles = tuple(o for o in projet.organismes if o not in projet.gestionnaires)
    porteur = projet.porteur
    return replace(
        projet,
        organismes=(*(_completer_organisme(o, geres, sieges) for o in projet.gestionnaires), *inutiles),
        porteur=replace(porteur, region=porteur.region or sieges.get(porteur.finess_ej or "")),
    )


def _completer_organisme(
    organisme: Organisme, geres: Mapping[str, int], sieges: Mapping[str, str]
) -> Organisme:
    nombre = organisme.essms_geres
    return replace(
        organisme,
        essms_geres=geres.get(organisme.finess_ej) if nombre is None else nombre,
        region=organisme.region or sieges.get(organisme.finess_ej),
    )
