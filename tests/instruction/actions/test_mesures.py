"""An invited organism answers for itself to the cyber measures: what is kept, whose name, until when."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel
from esms.journal.models import Entree
from instruction.actions.garde import EtatDepasse, VersionDepassee
from instruction.actions.mesures import repondre_aux_mesures
from instruction.actions.section import enregistrer_section
from instruction.models import Section, VersionDeSection
from instruction.regles.candidature import si
from tests.fabriques import Monde, organisme
from tests.instruction.actions.test_grappe import grappe_de_deux, inviter, membre_de
from tests.rigueur.courses import croiser, sans_verrou

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    monde = grappe_de_deux()
    inviter(monde, organisme(2).finess_ej)
    return monde


def repondre(monde: Monde, par: Utilisateur, version: int = 0, **reponse: str) -> Section:
    return repondre_aux_mesures(
        dossier=monde.dossier, finess_ej=organisme(2).finess_ej, reponse=reponse, version=version, par=par
    )


def propres(monde: Monde) -> list[tuple[str, dict[str, str]]]:
    return [(p.qui, dict(p.etats)) for p in si.propres(monde.section("si").contenu)]


def test_reponse_de_l_organisme_est_une_version_de_la_section_a_son_nom(monde: Monde) -> None:
    ej, maud = organisme(2).finess_ej, membre_de(monde, organisme(2).finess_ej)
    commun = {"organismes": {}, "mesures": {"1": {"etat": "non", "commentaire": ""}}}
    monde.ecrire("si", commun)
    section = repondre(monde, maud, 1, m1="en_place", m2="")
    assert (section.version, propres(monde)) == (2, [(ej, {"1": "en_place"})])
    assert section.contenu["mesures"] == commun["mesures"]
    assert VersionDeSection.objects.get(version=2).par == maud
    repondu = si.repondus(section.contenu)[ej]
    assert (repondu.par, repondu.intact) == ("Maud Membre", True)
    entree_ = Entree.objects.get(geste="repondre_aux_mesures")
    assert (entree_.par, entree_.contenu["finess_ej"]) == (maud, ej)
    assert repondre(monde, maud, 1, m1="en_place").version == 2  # a double click
    repondre(monde, maud, 2, m1="prevue")
    assert Courriel.objects.filter(gabarit="mesures_repondues").count() == 1


def test_section_changee_ailleurs_ne_gene_pas_la_sienne_changee_refuse(monde: Monde) -> None:
    ej, maud = organisme(2).finess_ej, membre_de(monde, organisme(2).finess_ej)
    repondre(monde, maud, m1="en_place")
    monde.ecrire("si", {**monde.section("si").contenu, "organismes": {ej: {"etat": "fait"}}})
    assert repondre(monde, maud, 1, m1="prevue").version == 3
    contenu = monde.section("si").contenu
    assert contenu["organismes"] == {ej: {"etat": "fait"}}
    du_porteur = [{**ligne, "m1": "non"} for ligne in contenu["propres"]]
    monde.ecrire("si", {**contenu, "propres": du_porteur})
    assert si.repondus(monde.section("si").contenu)[ej].intact is False
    with pytest.raises(VersionDepassee):
        repondre(monde, maud, 3, m1="en_cours")
    assert propres(monde) == [(ej, {"1": "non"})]


def test_ni_un_autre_ni_un_organisme_non_invite_ni_apres_le_depot(monde: Monde) -> None:
    maud = membre_de(monde, organisme(2).finess_ej)
    for qui, finess_ej in ((monde.porteur, organisme(2).finess_ej), (maud, organisme().finess_ej)):
        with pytest.raises(PermissionDenied):
            repondre_aux_mesures(
                dossier=monde.dossier, finess_ej=finess_ej, reponse={"m1": "non"}, version=0, par=qui
            )
    monde.dossier.grappe.participations.all().delete()
    with pytest.raises(PermissionDenied):
        repondre(monde, maud, m1="non")
    monde.deposer()
    with pytest.raises(EtatDepasse):
        repondre(monde, maud, m1="non")
    assert propres(monde) == []


def _se_croisent(preparer: Callable[[], None] | None = None) -> tuple[list[Any], dict[str, Any]]:
    """An organism's answer, held before it is written, and the porteur saving the same section elsewhere."""
    monde, ej = grappe_de_deux(), organisme(2).finess_ej
    inviter(monde, ej)
    maud, typee = membre_de(monde, ej), {"organismes": {ej: {"etat": "fait"}}}
    monde.ecrire("si", {"organismes": {}})
    issues = croiser(
        lambda: repondre(monde, maud, 1, m1="en_place"),
        lambda: enregistrer_section(
            dossier=monde.dossier, cle="si", contenu=typee, version=1, par=monde.porteur, reunir=True
        ),
        avant='UPDATE "instruction_section"',
        preparer=preparer,
    )
    return issues, monde.section("si").contenu


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_organisme_et_porteur_ensemble_sont_gardes_tous_deux() -> None:
    _, contenu = _se_croisent()
    ej = organisme(2).finess_ej
    assert contenu["organismes"] == {ej: {"etat": "fait"}}
    assert si.reponse_de(contenu, ej) == {"m1": "en_place"}


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_organisme_et_porteur_ensemble_sans_verrou_perdent_une_reponse() -> None:
    """Negative control: without the lock, both write version 2, and the database refuses one of them."""
    issues, contenu = _se_croisent(sans_verrou)
    assert [type(issue) for issue in issues] == [IntegrityError, Section]
    assert si.reponse_de(contenu, organisme(2).finess_ej) == {}
