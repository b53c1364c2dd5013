"""The antivirus and the pieces: quarantine, verdict, silence, replay; against a fake clamd of loopback."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from esms.courriels.models import Courriel
from esms.journal.models import Entree
from esms.socle.antivirus import AnalyseImpossible
from instruction.actions.analyse import analyser, analyser_ce_qui_attend
from instruction.actions.piece import joindre
from instruction.etats import Etat
from instruction.fichiers import FichierRefuse
from instruction.models import Analyse, Piece
from tests.esms.socle.faux_clamd import EICAR, faux_clamd
from tests.esms.socle.test_antivirus import pdf_qui_cache
from tests.fabriques import Monde, pdf
from tests.taches import en_attente, executer, jouer

pytestmark = pytest.mark.django_db
TACHE = "pieces.analyser"
ABSENT = "127.0.0.1:9"  # discard: nobody listens


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def clamd(settings: Any) -> Any:
    with faux_clamd() as serveur:
        settings.ESMS_CLAMAV = serveur.adresse
        yield serveur


def jointe(monde: Monde, octets: bytes | None = None, nom: str = "a.pdf") -> Piece:
    flux = io.BytesIO(octets if octets is not None else pdf())
    return joindre(dossier=monde.dossier, code="P1", nom=nom, fichier=flux, par=monde.porteur)


def test_sans_antivirus_le_fichier_est_dit_non_analyse_et_rien_n_attend(monde: Monde) -> None:
    assert jointe(monde).analyse == Analyse.NON_ANALYSEE
    assert en_attente(TACHE) == []


def test_fichier_joint_attend_en_quarantaine_puis_sort_sain(monde: Monde, clamd: Any) -> None:
    piece = jointe(monde)
    assert piece.en_quarantaine
    assert en_attente(TACHE) == [(TACHE, {"piece": str(piece.pk)})]
    jouer(TACHE)
    piece.refresh_from_db()
    assert (piece.analyse, piece.analyse_essais, piece.retiree_le) == (Analyse.SAINE, 1, None)
    assert clamd.recus == [pdf()]


def test_eicar_compresse_dans_un_pdf_est_isole_journalise_et_dit(monde: Monde, clamd: Any) -> None:
    envoye = pdf_qui_cache(EICAR)
    piece = jointe(monde, envoye)
    analyser(piece=piece.pk, par=None)
    piece.refresh_from_db()
    assert (piece.analyse, piece.analyse_detail) == (Analyse.INFECTEE, "Eicar-Test-Signature")
    assert piece.retiree_le == piece.analysee_le
    assert piece.retiree_par is None
    with piece.fichier.open("rb") as gardee:
        assert gardee.read() == envoye
    derniere = Entree.objects.filter(chaine=monde.dossier.chaine).order_by("-rang").first()
    assert (derniere.geste, derniere.par) == ("isoler_piece", None)
    assert derniere.contenu["signature"] == "Eicar-Test-Signature"
    courriel = Courriel.objects.get(gabarit="piece_infectee")
    assert courriel.a == monde.porteur.courriel
    assert "refusé par l’antivirus" in courriel.texte


def test_verdict_joue_deux_fois_n_a_qu_un_effet(monde: Monde, clamd: Any) -> None:
    piece = jointe(monde, pdf_qui_cache(EICAR))
    for _ in range(2):
        assert analyser(piece=piece.pk, par=None) == Analyse.INFECTEE
    assert Entree.objects.filter(chaine=monde.dossier.chaine, geste="isoler_piece").count() == 1
    assert Courriel.objects.filter(gabarit="piece_infectee").count() == 1
    assert len(clamd.recus) == 1


def test_contenu_infecte_renvoye_est_refuse_aussitot(monde: Monde, clamd: Any) -> None:
    analyser(piece=jointe(monde, pdf_qui_cache(EICAR)).pk, par=None)
    with pytest.raises(FichierRefuse, match="dangereux"):
        jointe(monde, pdf_qui_cache(EICAR), "autre-nom.pdf")


def test_infection_trouvee_apres_le_depot_previent_aussi_l_instructeur(monde: Monde, settings: Any) -> None:
    monde.amener(Etat.DEPOSE)
    piece = monde.dossier.pieces.first()
    Piece.objects.filter(pk=piece.pk).update(analyse=Analyse.EN_ATTENTE)
    type(monde.dossier).objects.filter(pk=monde.dossier.pk).update(instructeur=monde.instructeur)
    with faux_clamd(lambda octets: b"stream: Win.Trojan.Agent FOUND\0") as serveur:
        settings.ESMS_CLAMAV = serveur.adresse
        analyser(piece=piece.pk, par=None)
    prevenus = set(Courriel.objects.filter(gabarit="piece_infectee").values_list("a", flat=True))
    assert prevenus == {monde.porteur.courriel, monde.instructeur.courriel}
    assert piece.pk not in monde.dossier.pieces.filter(retiree_le__isnull=True).values_list("pk", flat=True)
    assert piece.sha256 in {p["sha256"] for p in monde.dossier.depot.contenu["pieces"]}


@pytest.mark.parametrize(
    ("panne", "raison"),
    [
        ({"muet": True}, "l’antivirus ne répond pas dans le délai"),
        ({"coupe_apres": 1}, "l’antivirus a coupé la communication"),
        ({"repondre": lambda octets: b"stream: disk full ERROR\0"}, "l’antivirus répond"),
    ],
)
def test_sans_verdict_le_fichier_reste_en_quarantaine_et_dit_pourquoi(
    monde: Monde, settings: Any, panne: dict[str, Any], raison: str
) -> None:
    with faux_clamd(**panne) as serveur:
        settings.ESMS_CLAMAV, settings.ESMS_CLAMAV_DELAI = serveur.adresse, 0.3
        piece = jointe(monde)
        for _ in range(2):
            with pytest.raises(AnalyseImpossible):
                analyser(piece=piece.pk, par=None)
    piece.refresh_from_db()
    assert (piece.analyse, piece.analyse_essais) == (Analyse.EN_ATTENTE, 2)
    assert piece.analyse_detail.startswith(raison)


def test_antivirus_revenu_reprend_ce_qui_attend(monde: Monde, settings: Any) -> None:
    settings.ESMS_CLAMAV = ABSENT
    pieces = [jointe(monde, pdf(str(n)), f"{n}.pdf") for n in range(4)]
    assert analyser_ce_qui_attend(par=None) == {Analyse.EN_ATTENTE: 3}  # the fourth is not even tried
    with faux_clamd() as serveur:
        settings.ESMS_CLAMAV = serveur.adresse
        assert analyser_ce_qui_attend(par=None, depuis=timedelta(hours=2)) == {}
        Piece.objects.filter(pk=pieces[0].pk).update(deposee_le=timezone.now() - timedelta(hours=3))
        assert analyser_ce_qui_attend(par=None, depuis=timedelta(hours=2)) == {Analyse.SAINE: 1}
        assert analyser_ce_qui_attend(par=None) == {Analyse.SAINE: 3}


def test_commande_dit_ce_qui_reste_en_quarantaine(monde: Monde, settings: Any) -> None:
    with pytest.raises(CommandError, match="Aucun antivirus"):
        call_command("analyser_pieces")
    settings.ESMS_CLAMAV = ABSENT
    jointe(monde)
    with pytest.raises(
        CommandError, match=r"Restent en quarantaine\u00a0: 1 \(l’antivirus est injoignable\)"
    ):
        call_command("analyser_pieces", stdout=io.StringIO())
    with faux_clamd() as serveur:
        settings.ESMS_CLAMAV = serveur.adresse
        sortie = io.StringIO()
        call_command("analyser_pieces", stdout=sortie)
    assert sortie.getvalue() == "Fichiers sains\u00a0: 1\u202f; refusés\u00a0: 0.\n"


@pytest.mark.django_db(transaction=True)
def test_ouvrier_reel_analyse_puis_reessaie(settings: Any) -> None:
    monde = Monde()
    settings.ESMS_CLAMAV = ABSENT
    piece = jointe(monde)
    executer("antivirus")
    piece.refresh_from_db()
    assert (piece.analyse, piece.analyse_essais) == (Analyse.EN_ATTENTE, 1)
    assert len(en_attente(TACHE)) == 1  # to be tried again
    with faux_clamd() as serveur:
        settings.ESMS_CLAMAV = serveur.adresse
        jouer(TACHE)
    piece.refresh_from_db()
    assert piece.analyse == Analyse.SAINE
