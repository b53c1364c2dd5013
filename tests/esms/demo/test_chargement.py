"""The whole world: five dossiers, each as far as it is said to be, with the amounts that the AAP gives."""

import time
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.demo.campagnes import MOTIF
from esms.demo.comptes import comptes, mot_de_passe
from esms.journal.models import Entree
from financement.models import Convention, Versement
from grappes.models import Campagne, ImportFiness
from grappes.requetes_campagnes import est_ouverte
from instruction.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demonstration(settings: Any) -> None:
    settings.ESMS_DEMO = True


def _charger(*options: str) -> str:
    sortie = StringIO()
    call_command("charger_demo", *options, stdout=sortie)
    return sortie.getvalue()


@pytest.mark.usefixtures("_demonstration")
def test_monde_charge_montants_du_moteur_egaux_au_calcul_a_la_main() -> None:
    _charger()
    dossiers = {(d.nom_porteur, d.etat): (d.nombre_essms, d.montant) for d in Dossier.objects.all()}
    assert dossiers == {
        # 18 × 21 000, one SAAD at 13 800 / 18 400 = 3/4 (15 750), 4 requests of 8 820 with VAT
        ("ASSOCIATION LES CHEMINS DU PASTEL", "brouillon"): (19, Decimal("429030.00")),
        # 16 × 5 000
        ("ASSOCIATION SIDOBRE HANDICAP", "depose"): (16, Decimal("80000.00")),
        # 49 × 21 000 + 11 × 5 000
        ("FONDATION TRAMONTANE ET MARIN", "en_instruction"): (60, Decimal("1084000.00")),
        # 17 × 21 000, 4 SAAD at 20 800 / 26 000 = 4/5
        ("MUTUALITE DES CEDRES BLEUS", "convention_a_signer"): (21, Decimal("424200.00")),
        # 20 × 21 000
        ("ASSOCIATION GARRIGUE SOLIDAIRE", "complements_demandes"): (20, Decimal("420000.00")),
        # 15 × 21 000
        ("ASSOCIATION AUBRAC PARTAGE", "liste_complementaire"): (15, Decimal("315000.00")),
        # 9 × (7 000 + 14 500)
        ("ASSOCIATION LES ALIZES FAMILIERS", "en_deploiement"): (9, Decimal("193500.00")),
    }
    assert [v.montant for v in Versement.objects.all()] == [Decimal("96750.00")]
    assert sorted(Convention.objects.values_list("etat", flat=True)) == ["emise", "signee"]


@pytest.mark.usefixtures("_demonstration")
def test_monde_charge_campagnes_ouvertes_aujourd_hui() -> None:
    _charger()
    assert [est_ouverte(campagne, timezone.now()) for campagne in Campagne.objects.all()] == [True, True]
    ouvertures = Entree.objects.filter(chaine__startswith="campagne:", geste="ouvrir").order_by("pk")
    assert [entree.contenu["motif"] for entree in ouvertures] == [MOTIF, MOTIF]
    assert Utilisateur.objects.count() == len(comptes())


@pytest.mark.usefixtures("_demonstration")
def test_monde_charge_journal_scelle_et_intact() -> None:
    _charger()
    sortie = StringIO()
    call_command("verifier_journal", stdout=sortie)
    assert sortie.getvalue().splitlines()[1:] == [
        "Entrées qu’aucune racine ne couvre encore : 0.",
        f"Journal intact : {Entree.objects.count()} entrée(s).",
    ]


@pytest.mark.usefixtures("_demonstration")
def test_monde_charge_deux_fois_rien_de_plus() -> None:
    _charger()
    avant = (Entree.objects.count(), ImportFiness.objects.count(), Dossier.objects.count())
    _charger()
    assert (Entree.objects.count(), ImportFiness.objects.count(), Dossier.objects.count()) == avant


@pytest.mark.usefixtures("_demonstration")
def test_monde_charge_si_vide_ne_dit_et_ne_fait_rien() -> None:
    _charger()
    debut = time.perf_counter()
    assert _charger("--si-vide") == ""
    assert time.perf_counter() - debut < 1


def test_monde_refuse_la_ou_la_demonstration_n_est_pas_demandee() -> None:
    with pytest.raises(CommandError, match="le mot de passe des comptes de démonstration est public"):
        _charger()
    assert Utilisateur.objects.count() == 0
    assert ImportFiness.objects.count() == 0


def test_comptes_demo_affiche_chaque_compte_et_le_mot_de_passe() -> None:
    sortie = StringIO()
    call_command("comptes_demo", stdout=sortie)
    premiere, *lignes, rappel = sortie.getvalue().splitlines()
    assert premiere == f"Comptes de démonstration (mot de passe de tous\u00a0: {mot_de_passe()})"
    assert "code_demo" in rappel
    assert [ligne.split()[0] for ligne in lignes] == [compte.courriel for compte in comptes()]
