"""Editing the composition of a draft: one edit at a time, nothing overwritten, confirmations kept honest."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.courriels.models import Courriel
from financement.actions.refus import CompositionDepassee
from financement.composition.entree import modifier_essms, nette, retirer
from grappes.models import EtatParticipation, Participation
from grappes.requetes_grappes import entree_de, parts_de_la_grappe
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.actions.grappe import (
    confirmer_sa_part,
    corriger_sa_part,
    inviter_organisme,
    recomposer,
    reprendre_une_simulation,
)
from tests.fabriques import Monde, entree, etablissement, organisme, simulation, utilisateur
from tests.rigueur.courses import croiser, sans_verrou

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return grappe_de_deux()


def grappe_de_deux() -> Monde:
    """A draft of 15 ESSMS of the porteur and 2 of another organism."""
    contenu, autre = entree(organisme(), 15), organisme(2, nom="Fondation des Tilleuls")
    contenu["essms"] += [
        {"finess_et": etablissement(autre, rang).finess_et, "operation": "acquisition"} for rang in (1, 2)
    ]
    return Monde(contenu=contenu)


def membre_de(monde: Monde, finess_ej: str) -> Utilisateur:
    personne = utilisateur("Maud Membre")
    Rattachement.objects.create(
        utilisateur=personne,
        role=Role.MEMBRE,
        organisme=finess_ej,
        debut="2025-01-01",
        portee=monde.dossier.pk,
    )
    return personne


def lue(monde: Monde) -> dict[str, Any]:
    return nette(entree_de(monde.relire().grappe))


def siens(monde: Monde, finess_ej: str) -> tuple[str, ...]:
    return parts_de_la_grappe(monde.relire().grappe)[finess_ej].numeros


def inviter(monde: Monde, finess_ej: str) -> Participation:
    return inviter_organisme(
        dossier=monde.dossier, finess_ej=finess_ej, courriel="maud@essais.example", par=monde.porteur
    )


def confirmer(monde: Monde, finess_ej: str, par: Utilisateur) -> Participation:
    empreinte = parts_de_la_grappe(monde.relire().grappe)[finess_ej].empreinte
    return confirmer_sa_part(dossier=monde.dossier, finess_ej=finess_ej, empreinte=empreinte, par=par)


def test_recomposer_change_la_grappe_et_le_journal_garde_les_deux_cles(monde: Monde) -> None:
    avant, numero = monde.dossier.simulation_id, monde.simulation.entree["essms"][0]["finess_et"]
    nouvelle = recomposer(
        dossier=monde.dossier, entree=retirer(lue(monde), {numero}), sur=avant, par=monde.porteur
    )
    dossier = monde.relire()
    assert (dossier.simulation_id, dossier.nombre_essms) == (nouvelle.pk, 16)
    assert nouvelle.pk != avant


def test_recomposer_sur_une_version_depassee_n_ecrase_rien(monde: Monde) -> None:
    avant, contenu = monde.dossier.simulation_id, lue(monde)
    premier, second = (essms["finess_et"] for essms in contenu["essms"][:2])
    recomposer(dossier=monde.dossier, entree=retirer(contenu, {premier}), sur=avant, par=monde.porteur)
    with pytest.raises(CompositionDepassee):
        recomposer(dossier=monde.dossier, entree=retirer(contenu, {second}), sur=avant, par=monde.porteur)
    assert second in {essms["finess_et"] for essms in lue(monde)["essms"]}


def test_recomposer_deux_fois_la_meme_chose_n_a_qu_un_effet(monde: Monde) -> None:
    avant, contenu = monde.dossier.simulation_id, lue(monde)
    voulue = retirer(contenu, {contenu["essms"][0]["finess_et"]})
    cles = {
        recomposer(dossier=monde.dossier, entree=voulue, sur=avant, par=monde.porteur).pk for _ in range(2)
    }
    assert cles == {monde.relire().simulation_id}


def test_recomposer_une_grappe_vide_est_refuse(monde: Monde) -> None:
    with pytest.raises(GesteRefuse, match="au moins un ESSMS"):
        recomposer(
            dossier=monde.dossier,
            entree={**lue(monde), "essms": []},
            sur=monde.dossier.simulation_id,
            par=monde.porteur,
        )


def test_e2_justification_est_gardee_puis_suit_son_essms(monde: Monde) -> None:
    numero = lue(monde)["essms"][0]["finess_et"]
    recomposer(
        dossier=monde.dossier,
        entree=modifier_essms(lue(monde), {numero}, {"public": "PH"}),
        sur=monde.dossier.simulation_id,
        par=monde.porteur,
        justifications={numero: " Agrément modifié en 2025. "},
    )
    assert monde.relire().grappe.justifications == {numero: "Agrément modifié en 2025."}
    recomposer(
        dossier=monde.dossier,
        entree=retirer(lue(monde), {numero}),
        sur=monde.dossier.simulation_id,
        par=monde.porteur,
    )
    assert monde.relire().grappe.justifications == {}


def test_confirmation_dit_qui_quand_et_sur_quoi(monde: Monde) -> None:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    membre = membre_de(monde, ej)
    participation = confirmer(monde, ej, membre)
    assert (participation.etat, participation.confirmee_par) == (EtatParticipation.CONFIRME, membre)
    assert participation.empreinte == parts_de_la_grappe(monde.relire().grappe)[ej].empreinte
    assert Courriel.objects.filter(gabarit="part_confirmee").count() == 1


def test_changement_d_un_essms_confirme_le_met_a_revoir_et_le_dit(monde: Monde) -> None:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    membre = membre_de(monde, ej)
    confirmer(monde, ej, membre)
    numero = siens(monde, ej)[0]
    recomposer(
        dossier=monde.dossier,
        entree=modifier_essms(lue(monde), {numero}, {"sons": "commande"}),
        sur=monde.dossier.simulation_id,
        par=monde.porteur,
    )
    assert Participation.objects.get().etat == EtatParticipation.A_REVOIR
    courriels = Courriel.objects.filter(gabarit="part_a_revoir").values_list("a", flat=True)
    assert list(courriels) == [membre.courriel]


def test_changement_d_un_autre_organisme_laisse_la_confirmation(monde: Monde) -> None:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    confirmer(monde, ej, membre_de(monde, ej))
    numero = siens(monde, organisme().finess_ej)[0]
    recomposer(
        dossier=monde.dossier,
        entree=modifier_essms(lue(monde), {numero}, {"sons": "commande"}),
        sur=monde.dossier.simulation_id,
        par=monde.porteur,
    )
    assert Participation.objects.get().etat == EtatParticipation.CONFIRME


def test_reprendre_une_simulation_remet_aussi_les_confirmations_a_revoir(monde: Monde) -> None:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    confirmer(monde, ej, membre_de(monde, ej))
    autre = simulation(modifier_essms(lue(monde), set(siens(monde, ej)), {"operation": "mise_en_conformite"}))
    reprendre_une_simulation(dossier=monde.dossier, simulation=autre, par=monde.porteur)
    assert Participation.objects.get().etat == EtatParticipation.A_REVOIR


def test_confirmer_ce_qui_a_change_depuis_la_lecture_est_refuse(monde: Monde) -> None:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    membre = membre_de(monde, ej)
    lu = parts_de_la_grappe(monde.relire().grappe)[ej].empreinte
    recomposer(
        dossier=monde.dossier,
        entree=modifier_essms(lue(monde), set(siens(monde, ej)), {"sons": "commande"}),
        sur=monde.dossier.simulation_id,
        par=monde.porteur,
    )
    with pytest.raises(EtatDepasse, match="ont changé pendant votre lecture"):
        confirmer_sa_part(dossier=monde.dossier, finess_ej=ej, empreinte=lu, par=membre)
    assert Participation.objects.get().etat == EtatParticipation.INVITE


def test_membre_corrige_son_essms_et_rien_d_autre(monde: Monde) -> None:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    membre, numero = membre_de(monde, ej), siens(monde, ej)[0]
    voulue = modifier_essms(lue(monde), {numero}, {"sons": "commande"})
    commun = {"dossier": monde.dossier, "sur": monde.dossier.simulation_id, "par": membre}
    autre = siens(monde, organisme().finess_ej)[0]
    with pytest.raises(PermissionDenied):
        corriger_sa_part(**commun, finess_et=numero, entree=retirer(voulue, {autre}))
    with pytest.raises(PermissionDenied):
        corriger_sa_part(**commun, finess_et=autre, entree=voulue)
    with pytest.raises(PermissionDenied):
        corriger_sa_part(**commun, finess_et=numero, entree=voulue, justifications={autre: "Non."})
    corriger_sa_part(**commun, finess_et=numero, entree=voulue)
    assert lue(monde) == voulue


def test_membre_ne_donne_pas_son_essms_a_un_autre_organisme(monde: Monde) -> None:
    ej = organisme(2).finess_ej
    inviter(monde, ej)
    numero = siens(monde, ej)[0]
    with pytest.raises(GesteRefuse, match="Seul le porteur"):
        corriger_sa_part(
            dossier=monde.dossier,
            finess_et=numero,
            entree=modifier_essms(lue(monde), {numero}, {"finess_ej": organisme().finess_ej}),
            sur=monde.dossier.simulation_id,
            par=membre_de(monde, ej),
        )


def test_inviter_le_porteur_ou_un_inconnu_est_refuse(monde: Monde) -> None:
    for finess_ej in (organisme().finess_ej, organisme(9).finess_ej):
        with pytest.raises(GesteRefuse, match="n’est pas un autre membre"):
            inviter(monde, finess_ej)


def _se_croisent(preparer: Callable[[], None] | None = None) -> tuple[Any, Any]:
    """A confirmation, held before it is written, and a change of what it confirms: its row, what was read."""
    monde, ej = grappe_de_deux(), organisme(2).finess_ej
    inviter(monde, ej)
    membre = membre_de(monde, ej)
    lu = parts_de_la_grappe(monde.relire().grappe)[ej].empreinte
    voulue = modifier_essms(lue(monde), set(siens(monde, ej)), {"sons": "commande"})
    sur = monde.dossier.simulation_id
    croiser(
        lambda: confirmer_sa_part(dossier=monde.dossier, finess_ej=ej, empreinte=lu, par=membre),
        lambda: recomposer(dossier=monde.dossier, entree=voulue, sur=sur, par=monde.porteur),
        avant='UPDATE "grappes_participation"',
        preparer=preparer,
    )
    assert parts_de_la_grappe(monde.relire().grappe)[ej].empreinte != lu
    return Participation.objects.get(), lu


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_confirmer_pendant_que_le_porteur_modifie_ne_confirme_que_ce_qui_est_lu() -> None:
    participation, _ = _se_croisent()
    assert participation.etat == EtatParticipation.A_REVOIR


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_confirmer_sans_verrou_garde_une_confirmation_fausse() -> None:
    """Negative control: without the locks, what was read and changed meanwhile stays « confirmé »."""
    participation, lu = _se_croisent(sans_verrou)
    assert (participation.etat, participation.empreinte) == (EtatParticipation.CONFIRME, lu)
