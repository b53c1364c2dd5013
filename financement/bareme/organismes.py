"""Money kept for small organisations: equipment (F4) and help to the project owner (F5a, F5b)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from esms.aap import CATALOGUE, Edition
from esms.aap import financement as parametres
from grappes.regles import PROJET, Essms, Organisme, Projet, regle
from grappes.regles.petits import est_petit, seuil
from grappes.regles.phrases import compte

from .ligne import UN, ZERO, Ligne, euros
from .taxes import devis_retenu, regime


@regle("F4")
def materiel(projet: Projet, edition: Edition) -> Iterator[Ligne]:
    """One line per ESSMS of a small organisation that wants equipment."""
    petits = {
        organisme.finess_ej: organisme
        for organisme in projet.gestionnaires
        if est_petit(organisme, edition) is True
    }
    for essms in projet.essms:
        organisme = petits.get(essms.finess_ej or "")
        if organisme is not None and essms.materiel is not None:
            yield _materiel(essms, organisme, projet, edition)


def _materiel(essms: Essms, organisme: Organisme, projet: Projet, edition: Edition) -> Ligne:
    regles = edition.financement.materiel
    demande = None
    if regles.forme == "plafond" and essms.materiel is not None:
        demande = devis_retenu(essms.materiel.demande_ht, essms.materiel.demande_ttc, projet)
    base, plafond, montant, phrase = _sous_plafond(regles, demande, projet)
    explication = f"{_taille(organisme, edition)}\u00a0: {phrase}"
    return Ligne(
        regles.regle,
        regles.article,
        essms.finess_et,
        None,
        CATALOGUE[regles.regle],
        base,
        UN,
        plafond,
        montant,
        explication,
        estimee=plafond is not None and demande is None,
    )


def _taille(organisme: Organisme, edition: Edition) -> str:
    limite = seuil(organisme, edition)
    sous = f", moins de {limite}" if limite is not None else ""
    geres = compte(organisme.essms_geres or 0, "ESSMS géré", "ESSMS gérés")
    return f"Petit organisme {organisme.finess_ej} ({geres}{sous})"


@regle("F5a")
def amoa_marche(projet: Projet, edition: Edition) -> Iterator[Ligne]:
    """Help with the purchasing procedure, where the AAP knows it."""
    regles = edition.financement.amoa.marche
    if regles is not None and projet.amoa.marche:
        yield from _amoa(regles, projet, edition)


@regle("F5b")
def amoa_pilotage(projet: Projet, edition: Edition) -> Iterator[Ligne]:
    """Help with steering the project."""
    if projet.amoa.pilotage:
        yield from _amoa(edition.financement.amoa.pilotage, projet, edition)


def _amoa(regles: parametres.Amoa, projet: Projet, edition: Edition) -> Iterator[Ligne]:
    if not amoa_ouverte(regles, Composition.de(projet, edition)):
        return
    devis = _devis_d_amoa(regles, projet)
    base, plafond, montant, phrase = _sous_plafond(regles, devis, projet)
    organismes = len(projet.gestionnaires)
    nombre = compte(organismes, "organisme", "organismes")
    condition = {"tous_petits": "tous petits", "au_moins_un": "dont un petit au moins"}[regles.condition]
    condition = condition if organismes > 1 else "petit"
    yield Ligne(
        regles.regle,
        regles.article,
        PROJET,
        None,
        CATALOGUE[regles.regle],
        base,
        UN,
        plafond,
        montant,
        f"{nombre}, {condition}\u00a0: {phrase}",
        estimee=plafond is not None and devis is None,
    )


def _devis_d_amoa(regles: parametres.Amoa, projet: Projet) -> Decimal | None:
    """A flat amount looks at no quote."""
    if regles.forme == "forfait":
        return None
    return devis_retenu(projet.amoa.devis_ht, projet.amoa.devis_ttc, projet)


@dataclass(frozen=True, slots=True)
class Composition:
    """What opens AMOA: how many organisations are surely small, how many are not, and what the ESSMS do.

    An ESSMS whose organisation nobody knows counts among `autres`.
    """

    petits: int
    autres: int
    operations: Mapping[str, int]

    @classmethod
    def de(cls, projet: Projet, edition: Edition) -> Self:
        """Composition of a project."""
        petits = sum(1 for organisme in projet.gestionnaires if est_petit(organisme, edition) is True)
        autres = len(projet.gestionnaires) - petits + len(projet.sans_gestionnaire)
        acquisitions = projet.acquisitions
        return cls(
            petits,
            autres,
            {"acquisition": acquisitions, "mise_en_conformite": len(projet.essms) - acquisitions},
        )


def amoa_ouverte(regles: parametres.Amoa, composition: Composition) -> bool:
    """Whether enough organisations are small, and one ESSMS does an operation that opens this help."""
    actives = any(composition.operations.get(operation, 0) for operation in regles.operations)
    return actives and _CONDITIONS[regles.condition](composition)


def montant_d_amoa(projet: Projet, edition: Edition, composition: Composition) -> Decimal:
    """EUR of AMOA that the project asks for and that a composition opens."""
    demandes = (
        (projet.amoa.marche, edition.financement.amoa.marche),
        (projet.amoa.pilotage, edition.financement.amoa.pilotage),
    )
    return sum(
        (
            _sous_plafond(regles, _devis_d_amoa(regles, projet), projet)[2]
            for demande, regles in demandes
            if demande and regles is not None and amoa_ouverte(regles, composition)
        ),
        ZERO,
    )


def _tous_petits(composition: Composition) -> bool:
    return composition.petits > 0 and not composition.autres


def _au_moins_un(composition: Composition) -> bool:
    return composition.petits > 0


_CONDITIONS = {"tous_petits": _tous_petits, "au_moins_un": _au_moins_un}


def _sous_plafond(
    regles: parametres.Montant, devis: Decimal | None, projet: Projet
) -> tuple[Decimal, Decimal | None, Decimal, str]:
    """Base, cap, amount and phrase: a flat amount has no cap, a cap without quote is an estimate."""
    if regles.forme == "forfait":
        return regles.montant, None, regles.montant, f"forfait {euros(regles.montant)}."
    if devis is None:
        phrase = f"plafond {euros(regles.montant)}, estimation faute de devis {regime(projet)}."
        return regles.montant, regles.montant, regles.montant, phrase
    phrase = f"devis {regime(projet)} {euros(devis)}, plafond {euros(regles.montant)}."
    return devis, regles.montant, min(devis, regles.montant), phrase
