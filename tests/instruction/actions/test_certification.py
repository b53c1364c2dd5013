"""The représentant légal vouches for a draft: for exactly what it holds."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from esms.comptes.models import Role
from esms.courriels.models import Courriel
from esms.journal.models import Entree
from instruction.actions.certification import (
    MANQUE,
    PERIMEE,
    certification_en_vigueur,
    certifier,
    demander_certification,
)
from instruction.actions.depot import deposer
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.actions.piece import joindre, retirer
from instruction.models import Certification
from instruction.requetes import Examen
from tests.fabriques import Monde, pdf, rattacher, utilisateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    """A complete draft that nobody has certified yet."""
    monde = Monde()
    monde.certifier = lambda: None  # type: ignore[method-assign,assignment]
    monde.completer()
    del monde.certifier
    return monde


def _en_vigueur(monde: Monde) -> Certification | None:
    return certification_en_vigueur(Examen(monde.relire(), timezone.now()))


def test_depot_refuse_sans_certification(monde: Monde) -> None:
    with pytest.raises(GesteRefuse) as refus:
        deposer(dossier=monde.dossier, par=monde.porteur)
    assert refus.value.phrases == (MANQUE,)
    assert monde.relire().etat == "brouillon"


def test_titulaire_depose_ce_que_le_representant_a_certifie(monde: Monde) -> None:
    certification = certifier(dossier=monde.dossier, par=monde.representant)
    scelle = deposer(dossier=monde.dossier, par=monde.porteur).contenu["certification"]
    assert scelle["nom"] == "Rémi Représentant"
    assert scelle["empreinte"] == certification.empreinte


def test_representant_certifie_en_deposant(monde: Monde) -> None:
    depot = deposer(dossier=monde.dossier, par=monde.representant, certifie=True)
    assert depot.contenu["certification"]["nom"] == "Rémi Représentant"
    assert monde.dossier.certifications.count() == 1


def test_titulaire_ne_certifie_pas_en_deposant(monde: Monde) -> None:
    with pytest.raises(GesteRefuse):
        deposer(dossier=monde.dossier, par=monde.porteur, certifie=True)
    assert not monde.dossier.certifications.exists()


def test_texte_change_perime_la_certification(monde: Monde) -> None:
    certifier(dossier=monde.dossier, par=monde.representant)
    monde.ecrire("contacts", {**monde.saisies()["contacts"], "contact_nom": "Quelqu’un d’autre"})
    assert _en_vigueur(monde) is None
    with pytest.raises(GesteRefuse) as refus:
        deposer(dossier=monde.dossier, par=monde.porteur)
    assert refus.value.phrases == (PERIMEE,)


def test_piece_ajoutee_perime_la_certification(monde: Monde) -> None:
    certifier(dossier=monde.dossier, par=monde.representant)
    piece = joindre(
        dossier=monde.dossier, code="P1", nom="ajout.pdf", fichier=io.BytesIO(pdf("ajout")), par=monde.porteur
    )
    assert _en_vigueur(monde) is None
    retirer(piece=piece, par=monde.porteur)
    assert _en_vigueur(monde) is not None


def test_meme_contenu_certifie_deux_fois_donne_la_meme_certification(monde: Monde) -> None:
    premiere = certifier(dossier=monde.dossier, par=monde.representant)
    assert certifier(dossier=monde.dossier, par=monde.representant) == premiere
    assert Entree.objects.filter(chaine=monde.dossier.chaine, geste="certifier").count() == 1


def test_brouillon_incomplet_ne_se_certifie_pas() -> None:
    monde = Monde()
    with pytest.raises(GesteRefuse):
        certifier(dossier=monde.dossier, par=monde.representant)


@pytest.mark.parametrize("role", [Role.PORTEUR, Role.REDACTEUR, Role.MEMBRE])
def test_seul_le_representant_certifie(monde: Monde, role: Role) -> None:
    personne = rattacher(utilisateur(), role, organisme=monde.entite.finess_ej)
    with pytest.raises(PermissionDenied):
        certifier(dossier=monde.dossier, par=personne)


def test_dossier_depose_ne_se_certifie_plus(monde: Monde) -> None:
    deposer(dossier=monde.dossier, par=monde.representant, certifie=True)
    with pytest.raises(EtatDepasse):
        certifier(dossier=monde.dossier, par=monde.representant)


def test_certification_previent_ceux_qui_deposent(monde: Monde) -> None:
    certifier(dossier=monde.dossier, par=monde.representant)
    ecrits = Courriel.objects.filter(gabarit="certification_faite").values_list("a", flat=True)
    assert list(ecrits) == [monde.porteur.courriel]


def test_demande_ecrit_une_fois_par_jour_a_chaque_representant(monde: Monde) -> None:
    second = rattacher(utilisateur(), Role.REPRESENTANT, organisme=monde.entite.finess_ej)
    assert demander_certification(dossier=monde.dossier, par=monde.porteur) == 2
    demander_certification(dossier=monde.dossier, par=monde.porteur)
    ecrits = Courriel.objects.filter(gabarit="certification_demandee").values_list("a", flat=True)
    assert sorted(ecrits) == sorted([monde.representant.courriel, second.courriel])


def test_redacteur_ne_demande_pas_la_certification(monde: Monde) -> None:
    redacteur = rattacher(utilisateur(), Role.REDACTEUR, organisme=monde.entite.finess_ej)
    with pytest.raises(PermissionDenied):
        demander_certification(dossier=monde.dossier, par=redacteur)


def test_certification_ne_se_retouche_pas_en_base(monde: Monde) -> None:
    certification = certifier(dossier=monde.dossier, par=monde.representant)
    for geste in (
        lambda: Certification.objects.filter(pk=certification.pk).update(empreinte="0" * 64),
        certification.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()
