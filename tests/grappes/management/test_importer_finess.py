import io

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from esms.comptes.models import Utilisateur
from grappes.management.commands.importer_finess import Progression
from grappes.models import Etablissement, ImportFiness
from tests.grappes.fichiers_finess import cellules_et, cle_fausse, csv_et, et

pytestmark = pytest.mark.django_db


@pytest.fixture
def fichier(tmp_path):
    chemin = tmp_path / "etalab.csv"
    chemin.write_text(csv_et([cellules_et(et(1)), cellules_et("310000001")]), encoding="utf-8")
    return str(chemin)


def lancer(*arguments):
    sortie, erreurs = io.StringIO(), io.StringIO()
    call_command("importer_finess", *arguments, stdout=sortie, stderr=erreurs)
    return sortie.getvalue().splitlines(), erreurs.getvalue().splitlines()


def test_rapport_sur_la_sortie_et_etapes_sur_l_erreur(fichier):
    rapport, etapes = lancer(fichier)
    assert rapport == [
        "Import\u00a0: etalab.csv (CSV, au 01/01/2024)",
        "Établissements\u00a0: lus 1, créés 1, modifiés 0, fermés 0, rouverts 0, inchangés 0",
        "Entités juridiques\u00a0: lues 0, créées 0, modifiées 0, fermées 0, rouvertes 0, inchangées 0",
        "Entités ajoutées par leur seul numéro\u00a0: 1",
        "Attention\u00a0: établissements sans SIRET 1, à SIRET faux 0.",
        "Lignes rejetées\u00a0: 1",
        f"  ligne 3\u00a0: ET\u00a0: {cle_fausse('310000001')}",
    ]
    assert etapes == [
        "Lecture du fichier…",
        "Contrôle des doublons…",
        "Comparaison avec le référentiel…",
        "Entités juridiques…",
        "Établissements et historique…",
    ]


def test_essai(fichier):
    rapport, _ = lancer(fichier, "--essai")
    assert rapport[0] == "Essai à blanc, rien n’est écrit\u00a0: etalab.csv (CSV, au 01/01/2024)"
    assert (Etablissement.objects.count(), ImportFiness.objects.count()) == (0, 0)


def test_fichier_refuse_en_une_phrase(tmp_path):
    with pytest.raises(
        CommandError, match=r"^Le fichier «\u00a0rien\u00a0» ne peut être ouvert\u00a0: il n’existe pas\.$"
    ):
        lancer(str(tmp_path / "rien"))


def test_forcer_demande_un_vrai_motif(fichier):
    with pytest.raises(CommandError, match=r"^--forcer demande un motif de 10 à 300 caractères\.$"):
        lancer(fichier, "--forcer", "oui")


def test_par_nomme_le_compte(fichier):
    compte = Utilisateur.objects.create_user("admin@example.org", nom="Admin")
    lancer(fichier, "--par", "Admin@example.org")
    assert ImportFiness.objects.get().par == compte
    with pytest.raises(CommandError, match="Aucun compte"):
        lancer(fichier, "--par", "inconnu@example.org")


def test_date_illisible(fichier):
    with pytest.raises(CommandError, match="n’est pas une date AAAA-MM-JJ"):
        lancer(fichier, "--date", "demain")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_barre_redessinee_sur_un_terminal():
    terminal = Terminal()
    progression = Progression(OutputWrapper(terminal))
    progression("Lecture", 0.5)
    progression("Contrôle", None)
    progression.finir()
    assert terminal.getvalue().split("\r\x1b[K") == [
        "",
        f"Lecture [{'#' * 15}{'.' * 15}]  50%",
        "Contrôle…",
        "",
    ]
