"""The dossiers that are copied: real organisms of the register, real gestures, filed like any other."""

import uuid
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.demo import dossiers
from esms.demo.connexion import DOMAINE
from financement.actions.simulation import enregistrer
from grappes.models import Campagne, EntiteJuridique, Etablissement
from instruction.actions import creation, depot
from instruction.models import Dossier

NOMBRE = 60
TAILLE_MIN, TAILLE_MAX = (
    15,
    49,
)  # ESSMS; the E3 minimum of Occitanie, and the last one before the national counter
HEURES = {"total": "20000", "apa": "9000", "pch": "4000", "dependance_autre": "2000"}


def poser(campagne: Campagne) -> list[Dossier]:
    """File one dossier per large organism of the campagne's region, NOMBRE at most."""
    porteur = _porteur()
    return [_poser_un(organisme, campagne, porteur) for organisme in _organismes(campagne.ars)]


def _porteur() -> Utilisateur:
    courriel = f"mesures{DOMAINE}"
    deja = Utilisateur.objects.filter(courriel=courriel).first()
    return deja or Utilisateur.objects.create_user(courriel, nom="Porteur des mesures")


def _organismes(region: str) -> Iterator[EntiteJuridique]:
    """The organisms with the most open establishments in the region, in a fixed order."""
    ouverts = Count(
        "etablissements", filter=Q(etablissements__region=region, etablissements__ferme_le__isnull=True)
    )
    candidats = EntiteJuridique.objects.annotate(ouverts=ouverts).filter(ouverts__gte=TAILLE_MIN)
    retenus = 0
    for organisme in candidats.order_by("-ouverts", "finess_ej"):
        if retenus < NOMBRE and len(_essms(organisme, region)) >= TAILLE_MIN:
            retenus += 1
            yield organisme


def _essms(organisme: EntiteJuridique, region: str) -> Sequence[Etablissement]:
    """Its open ESSMS of article L.312-1."""
    ouverts = organisme.etablissements.filter(region=region, ferme_le__isnull=True).order_by("finess_et")
    return [e for e in ouverts if e.nomenclature is not None and e.nomenclature.l312_1][:TAILLE_MAX]


@transaction.atomic
def _poser_un(organisme: EntiteJuridique, campagne: Campagne, porteur: Utilisateur) -> Dossier:
    deja = Dossier.objects.filter(campagne=campagne, organisme=organisme.pk, cree_par=porteur).first()
    if deja is not None:
        return deja
    for role in (Role.PORTEUR, Role.REPRESENTANT):
        Rattachement.objects.get_or_create(
            utilisateur=porteur, role=role, organisme=organisme.pk, defaults={"debut": timezone.localdate()}
        )
    simulation = enregistrer(entree=_entree(organisme, campagne), par=porteur)
    dossier = creation.creer(
        identifiant=uuid.uuid4(),
        simulation=simulation,
        campagne=campagne,
        organisme=organisme.pk,
        par=porteur,
        autre=True,  # the demonstration may hold a draft of this organism
    )
    dossiers.remplir(dossier, par=porteur, complet=True)
    dossiers.joindre_les_pieces(dossier, par=porteur)
    depot.deposer(dossier=dossier, par=porteur, certifie=True)
    return Dossier.objects.get(pk=dossier.pk)


def _entree(organisme: EntiteJuridique, campagne: Campagne) -> dict[str, object]:
    return {
        "aap": campagne.edition,
        "essms": [
            {
                "finess_et": e.finess_et,
                "operation": "acquisition",
                "heures": HEURES if e.nomenclature is not None and e.nomenclature.saad else None,
            }
            for e in _essms(organisme, campagne.ars)
        ],
        "solution": {"nom": "Atlas Usager", "referencee_segur": True, "au_sad": True},
    }
