"""Who is told of what, once, in the transaction of the gesture; and never more than may be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.courriels.actions.lecture import marquer_tout_lu
from esms.courriels.models import Courriel, Notification
from esms.courriels.requetes import nombre_non_lues, notifications_de
from instruction.actions.avertir import annoncer_le_depot, avertir_ars, avertir_porteur, gens_du_porteur
from instruction.actions.depot import deposer
from instruction.actions.garde import GesteRefuse
from instruction.etats import Etat
from instruction.models import Section
from tests.fabriques import Monde, agent, utilisateur
from tests.taches import en_attente

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


def rattacher(monde: Monde, role: Role, **champs: object) -> Utilisateur:
    personne = utilisateur(f"{role}")
    Rattachement.objects.create(
        utilisateur=personne,
        role=role,
        organisme=monde.entite.finess_ej,
        **{"debut": timezone.localdate(), **champs},
    )
    return personne


def contact(monde: Monde, adresse: str) -> None:
    Section.objects.update_or_create(
        dossier=monde.dossier, cle="contacts", defaults={"contenu": {"contact_courriel": adresse}}
    )


def test_titulaires_auteur_du_geste_et_contact_sont_avertis(monde: Monde) -> None:
    redacteur, second = rattacher(monde, Role.REDACTEUR), rattacher(monde, Role.PORTEUR)
    rattacher(monde, Role.REPRESENTANT)
    rattacher(monde, Role.PORTEUR, retire_le=timezone.now())
    contact(monde, " Camille@association.example ")
    assert gens_du_porteur(monde.dossier, redacteur) == {
        monde.porteur.courriel: monde.porteur,
        second.courriel: second,
        redacteur.courriel: redacteur,
        "camille@association.example": None,
    }


def test_contact_qui_a_un_compte_de_l_organisme_a_sa_notification(monde: Monde) -> None:
    redacteur = rattacher(monde, Role.REDACTEUR)
    contact(monde, redacteur.courriel)
    gens = gens_du_porteur(monde.dossier, None)
    assert gens == {monde.porteur.courriel: monde.porteur, redacteur.courriel: redacteur}


def test_contact_qui_a_un_compte_ailleurs_n_a_que_le_courriel(monde: Monde) -> None:
    contact(monde, monde.instructeur.courriel)
    assert gens_du_porteur(monde.dossier, None)[monde.instructeur.courriel] is None


def test_organisme_sans_titulaire_avertit_tous_ceux_qui_ecrivent(monde: Monde) -> None:
    redacteur = rattacher(monde, Role.REDACTEUR)
    Rattachement.objects.filter(utilisateur=monde.porteur).update(retire_le=timezone.now())
    attendus = {monde.representant.courriel: monde.representant, redacteur.courriel: redacteur}
    assert gens_du_porteur(monde.dossier, monde.instructeur) == attendus


def test_meme_geste_rejoue_n_avertit_qu_une_fois_et_une_autre_occurrence_de_nouveau(monde: Monde) -> None:
    def ecrits(occurrence: str) -> int:
        return len(avertir_porteur(monde.dossier, "versement", None, occurrence=occurrence))

    assert [ecrits("1"), ecrits("1"), ecrits("2")] == [1, 0, 1]


def test_ars_est_avertie_a_son_adresse_et_l_agent_en_charge_de_ce_qu_il_n_a_pas_fait(monde: Monde) -> None:
    monde.dossier.instructeur = monde.instructeur
    service = monde.campagne.courriel
    autre = agent(Role.INSTRUCTEUR)
    ecrits = avertir_ars(monde.dossier, "dossier_depose", autre, occurrence="1")
    assert {c.a for c in ecrits} == {service, monde.instructeur.courriel}
    assert list(Notification.objects.values_list("utilisateur", flat=True)) == [monde.instructeur.pk]
    ecrits = avertir_ars(monde.dossier, "dossier_depose", monde.instructeur, occurrence="2")
    assert {c.a for c in ecrits} == {service}


def notifies(gabarit: str) -> set[Utilisateur]:
    notifications = Notification.objects.filter(courriel__gabarit=gabarit).select_related("utilisateur")
    return {notification.utilisateur for notification in notifications}


def test_depot_sans_agent_en_charge_est_notifie_aux_instructeurs_et_valideurs_de_l_ars(monde: Monde) -> None:
    second = agent(Role.INSTRUCTEUR)
    parti, ailleurs = agent(Role.VALIDEUR), agent(Role.INSTRUCTEUR, "11")
    parti.is_active = False
    parti.save()
    agent(Role.JURY)
    monde.deposer()
    assert notifies("dossier_depose") == {monde.instructeur, monde.valideur, second}
    assert [c.a for c in Courriel.objects.filter(gabarit="dossier_depose")] == [monde.campagne.courriel]
    lues = {p: notifications_de(p).count() for p in (second, parti, ailleurs, monde.administrateur)}
    assert lues == {second: 1, parti: 0, ailleurs: 0, monde.administrateur: 0}


@pytest.mark.parametrize("parti", ["compte fermé", "rôle retiré"])
def test_agent_parti_qui_etait_en_charge_laisse_la_place_a_l_equipe(monde: Monde, parti: str) -> None:
    monde.dossier.instructeur = monde.instructeur
    if parti == "compte fermé":
        monde.instructeur.is_active = False
        monde.instructeur.save()
    else:
        Rattachement.objects.filter(utilisateur=monde.instructeur).update(retire_le=timezone.now())
    avertir_ars(monde.dossier, "message_recu", None, auteur="Le porteur")
    assert notifies("message_recu") == {monde.valideur}


def test_message_va_a_l_equipe_puis_a_l_agent_en_charge_seul(monde: Monde) -> None:
    avertir_ars(monde.dossier, "message_recu", None, occurrence="1", auteur="Le porteur")
    assert notifies("message_recu") == {monde.instructeur, monde.valideur}
    monde.dossier.instructeur = monde.instructeur
    avertir_ars(monde.dossier, "message_recu", None, occurrence="2", auteur="Le porteur")
    suivantes = Notification.objects.filter(courriel__cle__contains=":message_recu:2:")
    assert [notification.utilisateur for notification in suivantes] == [monde.instructeur]


def test_equipe_nombreuse_s_avertit_en_autant_de_requetes_qu_une_personne(monde: Monde) -> None:
    def requetes(occurrence: str) -> int:
        with CaptureQueriesContext(connection) as mesure:
            avertir_ars(monde.dossier, "message_recu", None, occurrence=occurrence, auteur="Le porteur")
        return len(mesure)

    avant = requetes("1")
    for _ in range(3):
        agent(Role.INSTRUCTEUR)
    assert requetes("2") == avant
    assert Notification.objects.filter(courriel__cle__contains=":message_recu:2:").count() == 5


def test_notification_lue_par_l_un_ne_l_est_pas_par_les_autres(monde: Monde) -> None:
    avertir_ars(monde.dossier, "message_recu", None, auteur="Le porteur")
    assert marquer_tout_lu(par=monde.instructeur) == 1
    assert (nombre_non_lues(monde.instructeur), nombre_non_lues(monde.valideur)) == (0, 1)


def courriels(gabarit: str) -> list[tuple[str, str]]:
    return sorted(Courriel.objects.filter(gabarit=gabarit).values_list("a", "lien"))


def test_depot_donne_son_accuse_au_porteur_et_le_dossier_a_l_ars(monde: Monde) -> None:
    monde.deposer()
    accuse = f"/dossiers/{monde.dossier.pk}/accuse/"
    assert (monde.porteur.courriel, accuse) in courriels("depot_enregistre")
    assert courriels("dossier_depose") == [(monde.campagne.courriel, f"/dossiers/{monde.dossier.pk}/")]
    ecrits = Courriel.objects.filter(gabarit__in=("depot_enregistre", "dossier_depose"))
    assert set(ecrits.values_list("chaine", "ars")) == {(monde.dossier.chaine, "76")}


def test_depot_n_ecrit_pas_lui_meme_ses_courriels_mais_depose_leur_tache(monde: Monde) -> None:
    monde.completer()
    depot = deposer(dossier=monde.dossier, par=monde.porteur)
    assert courriels("depot_enregistre") == []
    assert en_attente("depots.annoncer") == [("depots.annoncer", {"depot": depot.pk})]


def test_depot_annonce_deux_fois_n_avertit_qu_une_fois(monde: Monde) -> None:
    monde.deposer()
    ecrits = (courriels("depot_enregistre"), courriels("dossier_depose"))
    assert all(ecrits)
    assert annoncer_le_depot(depot=monde.dossier.depot.pk, par=None) == []
    assert (courriels("depot_enregistre"), courriels("dossier_depose")) == ecrits


@pytest.mark.parametrize(
    ("etat", "gabarit"),
    [
        (Etat.RECEVABLE, "decision_recevabilite"),
        (Etat.IRRECEVABLE, "decision_recevabilite"),
        (Etat.INELIGIBLE, "decision_recevabilite"),
        (Etat.RETENU, "decision_selection"),
        (Etat.NON_RETENU, "decision_selection"),
        (Etat.CONVENTIONNE, "convention_signee"),
        (Etat.EN_DEPLOIEMENT, "versement"),
    ],
)
def test_decision_et_ses_suites_sont_dites_au_porteur_sans_leur_contenu(
    monde: Monde, etat: Etat, gabarit: str
) -> None:
    monde.amener(etat)
    ecrits = Courriel.objects.filter(gabarit=gabarit, a=monde.porteur.courriel)
    (ecrit,) = ecrits
    assert "OCC-" in ecrit.objet
    dit = f"{ecrit.objet} {ecrit.texte}".lower()
    secrets = ("irrecevable", "inéligible", "retenu", "hors champ", "illisibles", "épuisée", "€")
    assert [secret for secret in secrets if secret in dit] == []
    assert Notification.objects.get(courriel=ecrit).utilisateur == monde.porteur


def test_depot_refuse_n_avertit_personne(monde: Monde) -> None:
    with pytest.raises(GesteRefuse):
        deposer(dossier=monde.dossier, par=monde.porteur)
    assert not Courriel.objects.exists()
