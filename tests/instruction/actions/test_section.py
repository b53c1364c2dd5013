"""Saving a section: versions, replay, two people, and the lock that holds them apart."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from esms.comptes.models import Role
from esms.journal.models import Entree
from instruction.actions.garde import EtatDepasse, VersionDepassee
from instruction.actions.section import enregistrer_section
from instruction.etats import Etat
from instruction.models import Section, VersionDeSection
from tests.fabriques import FICHE, Monde, agent, porteur
from tests.rigueur.courses import ensemble, sans_verrou, se_retrouver

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


def enregistrer(monde: Monde, contenu: dict[str, Any], version: int, **autres: Any) -> Section:
    options = {"cle": "contacts", "par": monde.porteur, **autres}
    return enregistrer_section(dossier=monde.dossier, contenu=contenu, version=version, **options)


def test_chaque_enregistrement_est_une_version_gardee_et_journalisee(monde: Monde) -> None:
    enregistrer(monde, {"contact_nom": "Un"}, 0)
    section = enregistrer(monde, {"contact_nom": "Deux"}, 1)
    versions = section.versions.order_by("version").values_list("version", "contenu__contact_nom", "par")
    assert list(versions) == [(1, "Un", monde.porteur.pk), (2, "Deux", monde.porteur.pk)]
    gestes = Entree.objects.filter(chaine=monde.dossier.chaine, geste="enregistrer_section").order_by("rang")
    assert [(e.contenu["section"], e.contenu["version"]) for e in gestes] == [
        ("contacts", 1),
        ("contacts", 2),
    ]


def test_rejeu_du_meme_contenu_ne_change_rien(monde: Monde) -> None:
    for _ in range(2):
        assert enregistrer(monde, FICHE, 0).version == 1
    assert VersionDeSection.objects.count() == 1


def test_version_depassee_ne_change_rien(monde: Monde) -> None:
    enregistrer(monde, {"contact_nom": "Un"}, 0)
    with pytest.raises(VersionDepassee):
        enregistrer(monde, {"contact_nom": "Deux"}, 0)
    assert monde.section("contacts").contenu == {"contact_nom": "Un"}


@pytest.mark.parametrize("version", [2, 7])
def test_version_qui_n_a_jamais_existe_est_refusee(monde: Monde, version: int) -> None:
    enregistrer(monde, {"contact_nom": "Un"}, 0)
    for reunir in (False, True):
        with pytest.raises(VersionDepassee):
            enregistrer(monde, {"contact_nom": "Deux"}, version, reunir=reunir)


def test_champs_differents_sont_reunis_a_la_demande(monde: Monde) -> None:
    enregistrer(monde, {"a": "base", "b": "base", "c": ""}, 0)
    enregistrer(monde, {"a": "lui", "b": "base"}, 1, par=porteur(monde.entite.finess_ej))
    section = enregistrer(monde, {"a": "base", "b": "moi", "c": ""}, 1, reunir=True)
    assert (section.contenu, section.version) == ({"a": "lui", "b": "moi"}, 3)


def test_meme_champ_change_des_deux_cotes_ne_se_reunit_pas(monde: Monde) -> None:
    enregistrer(monde, {"a": "lui", "b": "x"}, 0)
    with pytest.raises(VersionDepassee):
        enregistrer(monde, {"a": "moi", "b": "x"}, 0, reunir=True)
    assert enregistrer(monde, {"a": "lui", "b": "x", "c": "y"}, 0, reunir=True).contenu["c"] == "y"


def test_dossier_depose_ne_se_modifie_plus(monde: Monde) -> None:
    monde.amener(Etat.DEPOSE)
    with pytest.raises(EtatDepasse):
        enregistrer(monde, {"contact_nom": "Tard"}, 1)


def test_agent_et_autre_organisme_n_ecrivent_pas(monde: Monde) -> None:
    for intrus in (agent(Role.INSTRUCTEUR), porteur("310000123")):
        with pytest.raises(PermissionDenied):
            enregistrer(monde, FICHE, 0, par=intrus)


def test_version_ne_se_reecrit_ni_ne_s_efface(monde: Monde) -> None:
    version = enregistrer(monde, FICHE, 0).versions.get()
    for geste in (version.delete, lambda: VersionDeSection.objects.update(contenu={})):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()


def test_un_champ_ou_tous_coutent_autant(monde: Monde) -> None:
    textes = dict.fromkeys(monde.saisies()["projet"], "y" * 5_000)
    enregistrer(monde, {"motivation": "w"}, 0, cle="projet")
    with CaptureQueriesContext(connection) as un:
        enregistrer(monde, {"motivation": "x"}, 1, cle="projet")
    with CaptureQueriesContext(connection) as tous:
        enregistrer(monde, textes, 2, cle="projet")
    assert len(un) == len(tous) <= 15


def _huit_personnes(preparer: Any = None) -> list[Any]:
    """Eight people save other words over the same version at the same instant."""
    monde = Monde()
    enregistrer(monde, {"contact_nom": "Avant"}, 0)
    personnes = [porteur(monde.entite.finess_ej) for _ in range(8)]
    return ensemble(
        8,
        lambda rang: enregistrer(monde, {"contact_nom": f"Personne {rang}"}, 1, par=personnes[rang]).version,
        preparer=preparer,
    )


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_course_sur_une_section_une_seule_personne_enregistre() -> None:
    rendus = _huit_personnes()
    assert sorted(type(rendu).__name__ for rendu in rendus) == ["VersionDepassee"] * 7 + ["int"]
    assert VersionDeSection.objects.filter(version=2).count() == 1


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_course_sans_verrou_se_heurte_a_la_base() -> None:
    """Negative control: without the lock, two read the same version, and the database refuses one."""
    lues_avant_d_ecrire = se_retrouver(8, avant='UPDATE "instruction_section"', preparer=sans_verrou)
    rendus = _huit_personnes(lues_avant_d_ecrire)
    assert [type(rendu) for rendu in rendus].count(IntegrityError) == 7
