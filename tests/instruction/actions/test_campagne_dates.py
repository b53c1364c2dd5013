"""Moving the dates of a campagne: motive, journal, guards, replay, races with the last filings."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from esms.comptes.models import Role
from esms.courriels.models import Courriel
from esms.journal.models import Entree
from esms.socle.dates import derniere_seconde
from grappes.models import Campagne
from grappes.regles.jours_ouvres import jour_ouvre_suivant
from instruction.actions.campagne_dates import changer_les_dates, dates_de, prolonger, situation_de
from instruction.actions.depot import deposer
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.actions.prolongation import prevenir
from instruction.etats import Etat
from instruction.models import Depot, Dossier
from instruction.taches import RELANCES, prevenir_d_une_prolongation
from tests.fabriques import Monde, agent, campagne, organisme, porteur, rattacher, utilisateur
from tests.rigueur.courses import SCELLEMENT, compteur_lu_a_cote, croiser, ensemble
from tests.taches import en_attente, jouer

MOTIF = "Report demandé par les fédérations"


@pytest.fixture
def ouverte(db: None) -> Campagne:
    return campagne()


@pytest.fixture
def ada(db: None) -> Any:
    return agent(Role.ADMINISTRATEUR, nom="Ada")


def changer(ouverte: Campagne, par: Any, motif: str = MOTIF, version: str = "", **dates: Any) -> Campagne:
    lues = dates_de(ouverte)
    return changer_les_dates(
        campagne=ouverte, dates=replace(lues, **dates), motif=motif, version=version or lues.version, par=par
    )


def histoire(ouverte: Campagne) -> list[str]:
    return list(Entree.objects.filter(chaine=ouverte.chaine).order_by("rang").values_list("geste", flat=True))


def test_dates_changees_avec_leur_motif_et_leur_auteur(ouverte: Campagne, ada: Any) -> None:
    reportee = ouverte.fermeture + timedelta(days=7)
    changee = changer(ouverte, ada, fermeture=reportee, motif="  Report\n demandé ")
    assert Campagne.objects.get().fermeture == changee.fermeture == reportee
    derniere = Entree.objects.filter(chaine=ouverte.chaine).order_by("-rang").first()
    assert (derniere.geste, derniere.par, derniere.contenu["motif"]) == (
        "changer_dates",
        ada,
        "Report demandé",
    )
    assert derniere.contenu["avant"]["fermeture"] == ouverte.fermeture.isoformat()
    assert derniere.contenu["fermeture"] == reportee.isoformat()


@pytest.mark.parametrize("motif", ["", "   ", "\n", "x" * 501])
def test_dates_sans_motif_ne_changent_pas(ouverte: Campagne, ada: Any, motif: str) -> None:
    with pytest.raises(GesteRefuse):
        changer(ouverte, ada, motif=motif, fermeture=ouverte.fermeture + timedelta(days=7))
    assert histoire(ouverte) == ["ouvrir"]


def test_dates_rejouees_n_ont_qu_un_effet(ouverte: Campagne, ada: Any) -> None:
    version, reportee = dates_de(ouverte).version, ouverte.fermeture + timedelta(days=7)
    for _ in range(2):
        assert changer(ouverte, ada, version=version, fermeture=reportee).fermeture == reportee
    assert histoire(ouverte) == ["ouvrir", "changer_dates"]


def test_dates_lues_avant_un_autre_changement_sont_depassees(ouverte: Campagne, ada: Any) -> None:
    version = dates_de(ouverte).version
    changer(ouverte, ada, fermeture=ouverte.fermeture + timedelta(days=7))
    autre = agent(Role.ADMINISTRATEUR, nom="Alan")
    with pytest.raises(EtatDepasse, match="Ada a changé les dates"):
        changer(ouverte, autre, version=version, fermeture=ouverte.fermeture + timedelta(days=9))


@pytest.mark.parametrize("role", [Role.INSTRUCTEUR, Role.VALIDEUR])
def test_dates_ne_changent_que_par_l_administrateur_de_l_ars(ouverte: Campagne, role: Role) -> None:
    for qui in (agent(role), agent(Role.ADMINISTRATEUR, "01")):
        with pytest.raises(PermissionDenied):
            changer(ouverte, qui, fermeture=ouverte.fermeture + timedelta(days=7))
        with pytest.raises(PermissionDenied):
            prolonger(campagne=ouverte, motif=MOTIF, version=dates_de(ouverte).version, par=qui)


@pytest.mark.django_db
def test_fenetre_ouverte_ne_se_raccourcit_plus_avec_un_brouillon(ada: Any) -> None:
    monde = Monde()
    with pytest.raises(GesteRefuse, match="1\u00a0candidature compte sur la date publiée"):
        changer(monde.campagne, ada, fermeture=monde.campagne.fermeture - timedelta(days=1))


@pytest.mark.django_db
def test_situation_compte_brouillons_et_depots_au_jour_de_l_ars() -> None:
    monde = Monde()
    Monde(rang=2)
    monde.amener(Etat.DEPOSE)
    situation = situation_de(monde.campagne)
    jour = timezone.localdate(monde.relire().depose_le)
    assert (situation.brouillons, situation.deposes) == (1, 1)
    assert (situation.premier_depot, situation.dernier_depot) == (jour, jour)


# --- Extension --------------------------------------------------------------------------------------------


def test_prolongation_en_un_clic_va_au_jour_ouvre_suivant(ada: Any) -> None:
    aujourd_hui = timezone.localdate()
    ouverte = campagne(fermeture=aujourd_hui, fermeture_multiregionale=aujourd_hui, recevabilite=aujourd_hui)
    version = dates_de(ouverte).version
    for _ in range(2):  # a double click
        prolongee = prolonger(campagne=ouverte, motif="Incident technique", version=version, par=ada)
    attendu = jour_ouvre_suivant(aujourd_hui, "76")
    assert (prolongee.fermeture, prolongee.fermeture_multiregionale, prolongee.recevabilite) == (attendu,) * 3
    assert histoire(ouverte) == ["ouvrir", "prolonger"]
    assert len(en_attente("campagnes.prevenir_d_une_prolongation")) == 1


def test_prolongation_d_une_campagne_close_depuis_longtemps_est_refusee(ada: Any) -> None:
    aujourd_hui = timezone.localdate()
    close = campagne(
        ouverture=aujourd_hui - timedelta(days=60),
        fermeture=aujourd_hui - timedelta(days=8),
        fermeture_multiregionale=aujourd_hui - timedelta(days=20),
    )
    with pytest.raises(GesteRefuse, match="Au-delà, changez les dates"):
        prolonger(campagne=close, motif="Incident", version=dates_de(close).version, par=ada)


@pytest.mark.django_db
def test_prolongation_previent_une_fois_chaque_porteur_d_un_brouillon(ada: Any) -> None:
    monde, depose = Monde(), Monde(rang=2)
    depose.amener(Etat.DEPOSE)
    redacteur = rattacher(utilisateur("Rémi"), Role.REDACTEUR, organisme=monde.entite.finess_ej)
    rattacher(redacteur, Role.REPRESENTANT, organisme=monde.entite.finess_ej)
    rattacher(utilisateur("Membre"), Role.MEMBRE, organisme=monde.entite.finess_ej)
    porteur(organisme(3).finess_ej)
    prolonger(campagne=monde.campagne, motif="Incident", version=dates_de(monde.campagne).version, par=ada)
    jouer("campagnes.prevenir_d_une_prolongation")
    courriels = Courriel.objects.filter(gabarit="campagne_prolongee")
    prevenus = set(courriels.values_list("a", flat=True))
    assert {monde.porteur.courriel, redacteur.courriel} <= prevenus
    assert depose.porteur.courriel not in prevenus
    assert courriels.count() == len(prevenus)
    assert "est prolongée à la suite d’un incident technique" in courriels.first().texte
    rang = Entree.objects.filter(chaine=monde.campagne.chaine, geste="prolonger").get().rang
    assert prevenir(campagne=monde.campagne.pk, rang=rang, par=None) == 0
    (trace,) = Entree.objects.filter(chaine=monde.campagne.chaine, geste="prevenir_de_la_prolongation")
    assert (trace.par, trace.contenu) == (None, {"mouvement": rang, "courriels": len(prevenus)})
    assert histoire(monde.campagne) == ["ouvrir", "prolonger", "prevenir_de_la_prolongation"]


@pytest.mark.django_db
def test_prolongation_se_dit_a_la_seconde_en_autant_de_requetes_pour_tous(ada: Any) -> None:
    def requetes() -> int:
        rang = Entree.objects.filter(chaine=monde.campagne.chaine, geste="prolonger").latest("rang").rang
        with CaptureQueriesContext(connection) as mesure:
            prevenir(campagne=monde.campagne.pk, rang=rang, par=None)
        return len(mesure)

    monde = Monde()
    version = dates_de(monde.campagne).version
    prolongee = prolonger(campagne=monde.campagne, motif="Incident", version=version, par=ada)
    avant = requetes()
    texte = Courriel.objects.filter(gabarit="campagne_prolongee").latest("pk").texte
    assert f"jusqu’au {derniere_seconde(prolongee.fermeture, 'Europe/Paris')}" in texte
    for _ in range(3):
        porteur(monde.entite.finess_ej)
    version = dates_de(prolongee).version
    prolonger(campagne=prolongee, motif="Second incident", version=version, par=ada)
    assert requetes() == avant


def test_prolongation_qui_echoue_se_reprend() -> None:
    assert prevenir_d_une_prolongation.retry_strategy is RELANCES


# --- Races ------------------------------------------------------------------------------------------------


def _depots_pendant_la_prolongation() -> tuple[list[Any], Campagne]:
    """Three last filings on the day of the closing, while an administrator extends."""
    aujourd_hui = timezone.localdate()
    ouverte = campagne(fermeture=aujourd_hui, fermeture_multiregionale=aujourd_hui)
    mondes = [Monde(rang=rang) for rang in (1, 2, 3)]
    for monde in mondes:
        monde.completer()
    administratrice, version = mondes[0].administrateur, dates_de(ouverte).version

    def courir(rang: int) -> Any:
        if rang == len(mondes):
            return prolonger(
                campagne=ouverte, motif="Incident", version=version, par=administratrice
            ).fermeture
        return deposer(dossier=mondes[rang].dossier, par=mondes[rang].porteur).dossier.numero

    return ensemble(len(mondes) + 1, courir), Campagne.objects.get()


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_prolonger_pendant_les_derniers_depots_ne_perd_ni_depot_ni_numero() -> None:
    resultats, prolongee = _depots_pendant_la_prolongation()
    assert sorted(resultats[:3]) == ["OCC-2025-0001", "OCC-2025-0002", "OCC-2025-0003"]
    assert prolongee.dernier_numero == 3
    assert prolongee.fermeture == resultats[3] == jour_ouvre_suivant(timezone.localdate(), "76")
    assert Dossier.objects.filter(etat=Etat.DEPOSE).count() == 3


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_prolonger_pendant_un_dernier_depot_sans_verrou_du_compteur_heurte_le_suivant() -> None:
    """Negative control: the second filing reads the counter while the first one holds its number."""
    mondes = [Monde(rang=rang) for rang in (1, 2)]
    for monde in mondes:
        monde.completer()
    gestes = [partial(deposer, dossier=monde.dossier, par=monde.porteur) for monde in mondes]
    rendus = croiser(*gestes, avant=SCELLEMENT, preparer=compteur_lu_a_cote)
    assert [type(rendu) for rendu in rendus] == [Depot, IntegrityError]
