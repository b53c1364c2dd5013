"""Complements: what may be asked, until when to the second, what is added, what is sealed, how it ends."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from esms.courriels.models import Courriel
from esms.journal.models import Entree
from instruction.actions.complements import clore_complements, demander_complements
from instruction.actions.garde import EtatDepasse, GesteRefuse, VersionDepassee
from instruction.actions.reponse import (
    ecrire_reponses,
    joindre_complement,
    repondre_complements,
    retirer_complement,
)
from instruction.etats import Etat
from instruction.models import ElementDemande, Issue, Piece
from instruction.regles.complements import Demande
from instruction.requetes_complements import demande_ouverte, pieces_au_depot, proposition
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde, pdf

pytestmark = pytest.mark.django_db
PIECE = Demande("piece", "P1", "P1", "Illisible.")
LIBRE = Demande("libre", "", "Calendrier", "Trop vague.")
FUSEAUX = {OCCITANIE: "Europe/Paris", GUADELOUPE: "America/Guadeloupe"}


def demander(monde: Monde, *demandes: Demande, jours: int = 15, **champs: Any) -> Any:
    return demander_complements(
        **{
            "dossier": monde.dossier,
            "demandes": demandes,
            "dernier_jour": monde.jour() + timedelta(days=jours),
            "message": "",
            "par": monde.instructeur,
            **champs,
        }
    )


@pytest.fixture
def monde() -> Monde:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    return monde


@pytest.fixture
def demande(monde: Monde) -> Monde:
    demander(monde, PIECE, LIBRE)
    monde.relire()
    return monde


def elements(monde: Monde) -> list[ElementDemande]:
    return list(demande_ouverte(monde.dossier).elements.all())


def repondre(monde: Monde) -> None:
    piece, libre = elements(monde)
    joindre_complement(element=piece, nom="p1.pdf", fichier=io.BytesIO(pdf("Complément")), par=monde.porteur)
    ecrire_reponses(dossier=monde.dossier, saisies={libre.pk: ("De mars à juin.", 0)}, par=monde.porteur)


@pytest.mark.parametrize(
    ("demandes", "jours", "phrases"),
    [
        ((), 15, ["Demandez au moins un élément, avec sa raison."]),
        (
            (Demande("piece", "P99", "P99", "x"),),
            15,
            ["Élément 1\u00a0: cet appel à projets ne le connaît pas."],
        ),
        (
            (Demande("section", "x", "x", "x"),),
            15,
            ["Élément 1\u00a0: cet appel à projets ne le connaît pas."],
        ),
        ((Demande("libre", "", " ", "x"),), 15, ["Élément 1\u00a0: dites ce qui est demandé."]),
        ((Demande("libre", "", "x", " "),), 15, ["Élément 1\u00a0: dites pourquoi il est demandé."]),
    ],
)
def test_demande_mal_faite_n_ecrit_rien(
    monde: Monde, demandes: tuple[Demande, ...], jours: int, phrases: list[str]
) -> None:
    with pytest.raises(GesteRefuse) as refus:
        demander(monde, *demandes, jours=jours)
    assert list(refus.value.phrases) == phrases
    assert monde.relire().etat == Etat.RECEVABILITE


def test_c5_echeance_ne_depasse_pas_la_fin_de_la_recevabilite(monde: Monde) -> None:
    fin = monde.campagne.recevabilite
    assert fin is not None
    with pytest.raises(GesteRefuse, match="ne peut pas dépasser la fin de la recevabilité"):
        demander(monde, PIECE, dernier_jour=fin + timedelta(days=1))
    with pytest.raises(GesteRefuse, match="est déjà passée"):
        demander(monde, PIECE, jours=-1)
    with pytest.raises(GesteRefuse, match="Donnez une échéance"):
        demander(monde, PIECE, dernier_jour=None)
    demander(monde, PIECE, dernier_jour=fin)
    assert monde.relire().complements_avant == datetime.combine(
        fin + timedelta(days=1), datetime.min.time(), tzinfo=ZoneInfo("Europe/Paris")
    )


@pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
@pytest.mark.parametrize(("decalage", "accepte"), [(-1, True), (0, False), (1, False)])
def test_c5_reponse_a_la_seconde_a_l_heure_de_l_ars(
    edition: str, decalage: int, accepte: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monde = Monde(edition, nombre=15 if edition == OCCITANIE else 8)
    monde.amener(Etat.RECEVABILITE)
    dernier = monde.jour() + timedelta(days=3)
    code = monde.dossier.depot.contenu["pieces_demandees"][0]["code"]
    demander(monde, Demande("piece", code, code, "x"), LIBRE, dernier_jour=dernier)
    monde.relire()
    repondre(monde)
    minuit = datetime.combine(
        dernier + timedelta(days=1), datetime.min.time(), tzinfo=ZoneInfo(FUSEAUX[edition])
    )
    monkeypatch.setattr(timezone, "now", lambda: minuit + timedelta(seconds=decalage))
    if accepte:
        repondre_complements(dossier=monde.dossier, par=monde.porteur)
        assert monde.relire().etat == Etat.RECEVABILITE
    else:
        for geste in _gestes_du_porteur(monde):
            with pytest.raises(GesteRefuse, match="L’échéance est passée"):
                geste()
        assert monde.relire().etat == Etat.COMPLEMENTS_DEMANDES


def _gestes_du_porteur(monde: Monde) -> list[Callable[[], Any]]:
    piece, libre = elements(monde)
    jointe = piece.pieces.get()
    return [
        lambda: repondre_complements(dossier=monde.dossier, par=monde.porteur),
        lambda: ecrire_reponses(dossier=monde.dossier, saisies={libre.pk: ("x", 1)}, par=monde.porteur),
        lambda: joindre_complement(
            element=piece, nom="a.pdf", fichier=io.BytesIO(pdf("a")), par=monde.porteur
        ),
        lambda: retirer_complement(piece=jointe, par=monde.porteur),
    ]


def test_seul_ce_qui_est_demande_s_ajoute(demande: Monde) -> None:
    piece, libre = elements(demande)
    with pytest.raises(GesteRefuse, match="Cet élément ne demande pas de fichier"):
        joindre_complement(element=libre, nom="a.pdf", fichier=io.BytesIO(pdf("a")), par=demande.porteur)
    with pytest.raises(GesteRefuse, match="Éléments non demandés"):
        ecrire_reponses(dossier=demande.dossier, saisies={0: ("x", 0)}, par=demande.porteur)
    deja = demande.dossier.pieces.filter(code="P1").first()
    assert deja is not None
    with deja.fichier.open() as fichier, pytest.raises(GesteRefuse, match="déjà dans votre dossier"):
        joindre_complement(element=piece, nom=deja.nom, fichier=fichier, par=demande.porteur)
    with pytest.raises(GesteRefuse, match="déjà déposé"):
        retirer_complement(piece=deja, par=demande.porteur)
    with pytest.raises(EtatDepasse):
        demande.ecrire("contacts", {"contact_nom": "Autre"})


def test_reponse_attend_chaque_element(demande: Monde) -> None:
    with pytest.raises(GesteRefuse) as refus:
        repondre_complements(dossier=demande.dossier, par=demande.porteur)
    assert refus.value.phrases == (
        "«\u00a0P1\u00a0»\u00a0: joignez un fichier.",
        "«\u00a0Calendrier\u00a0»\u00a0: écrivez votre réponse.",
    )


def test_reponse_scellee_a_cote_du_depot_qui_ne_change_pas(demande: Monde) -> None:
    avant, deposees = demande.dossier.depot.scelle, {p.pk for p in pieces_au_depot(demande.dossier)}
    repondre(demande)
    complement = repondre_complements(dossier=demande.dossier, par=demande.porteur)
    dossier = demande.relire()
    assert (dossier.etat, dossier.complements_avant) == (Etat.RECEVABILITE, None)
    assert dossier.depot.scelle == avant
    assert {p.pk for p in pieces_au_depot(dossier)} == deposees
    assert hashlib.sha256(complement.scelle.encode()).hexdigest() == complement.empreinte
    assert complement.contenu["depot"] == dossier.depot.empreinte
    assert [e["texte"] for e in complement.contenu["elements"]] == ["", "De mars à juin."]
    ajoutee = Piece.objects.get(element__isnull=False)
    assert dossier.depose_le is not None
    assert ajoutee.deposee_le > dossier.depose_le
    assert complement.contenu["elements"][0]["pieces"][0]["sha256"] == ajoutee.sha256
    entree = Entree.objects.filter(chaine=dossier.chaine).latest("rang")
    assert (entree.geste, entree.contenu["empreinte"]) == ("repondre_complements", complement.empreinte)
    assert repondre_complements(dossier=dossier, par=demande.porteur) == complement


def test_reponse_ecrite_par_deux_personnes_n_en_perd_aucune(demande: Monde) -> None:
    _, libre = elements(demande)
    ecrire_reponses(dossier=demande.dossier, saisies={libre.pk: ("Un", 0)}, par=demande.porteur)
    with pytest.raises(VersionDepassee):
        ecrire_reponses(dossier=demande.dossier, saisies={libre.pk: ("Deux", 0)}, par=demande.porteur)
    ecrire_reponses(dossier=demande.dossier, saisies={libre.pk: ("Un", 0)}, par=demande.porteur)
    libre.refresh_from_db()
    assert (libre.reponse.texte, libre.reponse.version) == ("Un", 1)


def test_cloture_attend_l_echeance_ou_un_motif(demande: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GesteRefuse, match="écrivez le motif"):
        clore_complements(dossier=demande.dossier, motif=" ", par=demande.instructeur)
    assert proposition(demande.dossier, timezone.now()) == ""
    echeance = demande.dossier.complements_avant
    assert echeance is not None
    monkeypatch.setattr(timezone, "now", lambda: echeance)
    assert "proposé «\u00a0irrecevable\u00a0»" in proposition(demande.dossier, echeance)
    close = clore_complements(dossier=demande.dossier, motif="", par=demande.instructeur)
    assert (close.issue, demande.relire().etat) == (Issue.ECHUE, Etat.RECEVABILITE)
    assert "proposé «\u00a0irrecevable\u00a0»" in proposition(demande.dossier, echeance)


def test_demande_retiree_avec_un_motif_ne_propose_rien(demande: Monde) -> None:
    close = clore_complements(dossier=demande.dossier, motif="Retrouvée.", par=demande.instructeur)
    assert (close.issue, close.motif) == (Issue.RETIREE, "Retrouvée.")
    assert proposition(demande.relire(), timezone.now()) == ""
    assert demander(demande, LIBRE).rang == 2


def test_chaque_cote_est_averti_sans_rien_de_sensible(demande: Monde) -> None:
    repondre(demande)
    repondre_complements(dossier=demande.dossier, par=demande.porteur)
    gabarits = set(Courriel.objects.values_list("gabarit", flat=True))
    assert {"complements_demandes", "complements_envoyes"} <= gabarits
    assert not any("Trop vague" in texte for texte in Courriel.objects.values_list("texte", flat=True))
    assert mail.outbox == []


def test_dates_d_une_demande_tombent_a_minuit_en_guadeloupe() -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    monde.amener(Etat.RECEVABILITE)
    demander(monde, LIBRE, dernier_jour=monde.jour() + timedelta(days=1))
    avant = monde.relire().complements_avant
    assert avant is not None
    assert avant.astimezone(ZoneInfo("America/Guadeloupe")).time() == datetime.min.time()
    assert isinstance(monde.jour(), date)
