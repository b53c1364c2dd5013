"""The loader refuses what it does not understand, and names the file and the key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from esms.aap import EditionInvalide, charger
from esms.aap.catalogue import DOSSIER
from tests.moteur import EDITIONS, GUA, OCC

OCCITANIE = (DOSSIER / "occitanie-2025.toml").read_text(encoding="utf8")
F1 = "paliers = [{ du_rang = 1, montant = 7000 }, { du_rang = 50, montant = 2000 }]"


@pytest.fixture
def refus(tmp_path: Path) -> Callable[[str, str], str]:
    """Message given for the Occitanie edition once a piece of it has been replaced."""

    def charger_change(avant: str, apres: str) -> str:
        assert avant in OCCITANIE
        fichier = tmp_path / "essai.toml"
        fichier.write_text(OCCITANIE.replace(avant, apres, 1), encoding="utf8")
        with pytest.raises(EditionInvalide) as refuse:
            charger(fichier)
        return str(refuse.value)

    return charger_change


REFUS = {
    "cle_inconnue": ("annee = 2025", "annee = 2025\nanee = 2025", "essai.toml : anee : clé inconnue."),
    "cle_inconnue_profonde": (
        "moins_de = 50",
        "moins_de = 50\nmoins = 50",
        "essai.toml : guichet.regional.moins : clé inconnue.",
    ),
    "cle_deduite": (
        "annee = 2025",
        'annee = 2025\nslug = "x"',
        "essai.toml : slug : se déduit du fichier, ne s’écrit pas.",
    ),
    "article_manquant": (
        'regle = "F2"\narticle = "4.4.1.1"',
        'regle = "F2"',
        "essai.toml : financement.usages_conformite.article : manque.",
    ),
    "article_vide": (
        'regle = "F2"\narticle = "4.4.1.1"',
        'regle = "F2"\narticle = " "',
        "essai.toml : financement.usages_conformite.article : un texte non vide est attendu.",
    ),
    "article_de_piece_manquant": (
        'regle = "P1"\narticle = "annexe 2"',
        'regle = "P1"',
        "essai.toml : pieces[0].article : manque.",
    ),
    "table_manquante": (
        '[financement.base_taxes]\nregle = "F7"',
        '[financement.materiel.x]\nregle = "F7"',
        None,
    ),
    "regle_d_ailleurs": (
        'regle = "F2"',
        'regle = "F3"',
        "essai.toml : financement.usages_conformite.regle : F3 au lieu de F2.",
    ),
    "regle_hors_catalogue": (
        'regle = "P1"',
        'regle = "P99"',
        "essai.toml : pieces[0].regle : « P99 » n’est pas un identifiant de règle.",
    ),
    "regle_oubliee": (
        'regles_absentes = ["E17", "F5a"]',
        'regles_absentes = ["F5a"]',
        "essai.toml : édition : ni décrites, ni déclarées dans `regles_absentes` : E17.",
    ),
    "regle_absente_et_decrite": (
        '["E17", "F5a"]',
        '["E17", "F5a", "F1"]',
        "essai.toml : édition : F1 est à la fois absente et décrite (financement.seuil_volume).",
    ),
    "regle_absente_inconnue": (
        '["E17", "F5a"]',
        '["E17", "F5a", "Z1"]',
        "essai.toml : édition : `regles_absentes` cite une règle inconnue : Z1.",
    ),
    "paliers_qui_se_chevauchent": (
        F1,
        "paliers = [{ du_rang = 1, au_rang = 50, montant = 7000 }, { du_rang = 50, montant = 2000 }]",
        "essai.toml : financement.usages_acquisition : les paliers des rangs 1 et 50 se chevauchent.",
    ),
    "paliers_en_double": (
        F1,
        "paliers = [{ du_rang = 1, montant = 7000 }, { du_rang = 1, montant = 2000 }]",
        "essai.toml : financement.usages_acquisition : les paliers des rangs 1 et 1 se chevauchent.",
    ),
    "paliers_avec_un_trou": (
        F1,
        "paliers = [{ du_rang = 1, au_rang = 48, montant = 7000 }, { du_rang = 50, montant = 2000 }]",
        "essai.toml : financement.usages_acquisition : aucun palier ne couvre les rangs 49 à 49.",
    ),
    "paliers_sans_fin": (
        F1,
        "paliers = [{ du_rang = 1, au_rang = 48, montant = 7000 }]",
        "essai.toml : financement.usages_acquisition : aucun palier ne couvre les rangs après 48.",
    ),
    "paliers_sans_debut": (
        F1,
        "paliers = [{ du_rang = 2, montant = 7000 }]",
        "essai.toml : financement.usages_acquisition : le premier palier part du rang 1.",
    ),
    "palier_negatif": (
        F1,
        "paliers = [{ du_rang = 1, montant = -1 }]",
        "essai.toml : financement.usages_acquisition : le palier du rang 1 n’a pas de montant positif.",
    ),
    "montant_a_trois_decimales": (
        "montant = 10000",
        "montant = 10000.001",
        "essai.toml : financement.materiel.montant : un nombre à deux décimales au plus est attendu.",
    ),
    "montant_infini": (
        "montant = 10000",
        "montant = inf",
        "essai.toml : financement.materiel.montant : un nombre à deux décimales au plus est attendu.",
    ),
    "booleen_pour_un_entier": (
        "moins_de = 50",
        "moins_de = true",
        "essai.toml : guichet.regional.moins_de : un entier est attendu.",
    ),
    "fenetre_renversee": (
        "ferme = 2025-06-13",
        "ferme = 2025-04-21",
        "essai.toml : calendrier.depot : la fenêtre ferme le 2025-04-21 avant d’ouvrir le 2025-04-22.",
    ),
    "date_impossible": ("2025-06-13", "2025-06-31", None),
    "date_avec_heure": (
        "ferme = 2025-06-13",
        "ferme = 2025-06-13T12:00:00",
        "essai.toml : calendrier.depot.ferme : une date AAAA-MM-JJ est attendue.",
    ),
    "fenetre_qui_deborde": (
        "ferme = 2025-06-01",
        "ferme = 2025-06-14",
        "essai.toml : calendrier : depot_multiregional sort de la fenêtre de dépôt.",
    ),
    "recevabilite_trop_tot": (
        "jusqu_au = 2025-07-04",
        "jusqu_au = 2025-06-04",
        "essai.toml : calendrier : recevabilite.jusqu_au tombe avant la fermeture du dépôt.",
    ),
    "instruction_trop_tot": (
        "jusqu_au = 2025-09-08",
        "jusqu_au = 2025-07-03",
        "essai.toml : calendrier : instruction.jusqu_au tombe avant la fin de la phase qui la précède.",
    ),
    "fuseau_inconnu": (
        "Europe/Paris",
        "Europe/Toulouse",
        "essai.toml : fuseau : « Europe/Toulouse » n’est pas un fuseau horaire.",
    ),
    "lecture_inconnue": (
        'portee = "projet"',
        'portee = "region"',
        "essai.toml : financement.seuil_volume.portee : « region » ; valeurs admises : projet, situation.",
    ),
    "versements_incomplets": (
        'part = "1/2"',
        'part = "1/3"',
        "essai.toml : versements : les parts des versements ne font pas 1.",
    ),
    "part_illisible": (
        'part = "1/2"',
        'part = "la moitié"',
        'essai.toml : versements.cle[0].part : une fraction telle que "1/2" est attendue.',
    ),
    "grille_qui_ne_fait_pas_20": (
        "sur = 20",
        "sur = 21",
        "essai.toml : grille : les points des domaines ne font pas 21.",
    ),
    "criteres_qui_ne_font_pas_leur_domaine": (
        "points = 7",
        "points = 8",
        "essai.toml : grille : les points des critères de « vision » ne font pas ceux du domaine.",
    ),
    "gravite_d_une_categorie_inconnue": (
        'categorie_inconnue = "alerte"',
        'categorie_inconnue = "conforme"',
        (
            "essai.toml : eligibilite.essms.categorie_inconnue : « conforme » ; "
            "valeurs admises : alerte, bloquant."
        ),
    ),
    "territoire_en_double": (
        '["94", "01"',
        '["94", "94", "01"',
        "essai.toml : financement.petits_organismes : une région est citée dans deux territoires.",
    ),
    "derogation_sans_table": (
        'sous_le_minimum = "derogation"',
        'sous_le_minimum = "alerte"',
        'essai.toml : eligibilite : `minimum.sous_le_minimum = "derogation"` va avec la table `derogation`.',
    ),
    "cible_au_dessus_de_cent": (
        "cible = 70",
        "cible = 170",
        "essai.toml : cibles.indicateurs[0] : une cible est un pourcentage entre 0 et 100.",
    ),
    "piece_en_double": (
        'regle = "P3"',
        'regle = "P1"',
        "essai.toml : édition : une pièce est citée deux fois.",
    ),
}


@pytest.mark.parametrize("cas", REFUS)
def test_edition_refusee(cas: str, refus: Callable[[str, str], str]) -> None:
    avant, apres, message = REFUS[cas]
    obtenu = refus(avant, apres)
    assert obtenu.startswith("essai.toml : ")
    assert obtenu.endswith(".")
    assert message is None or obtenu == message


def test_fichier_absent(tmp_path: Path) -> None:
    with pytest.raises(EditionInvalide, match=r"^rien\.toml : illisible"):
        charger(tmp_path / "rien.toml")


def test_fichier_qui_n_est_pas_du_toml(tmp_path: Path) -> None:
    fichier = tmp_path / "binaire.toml"
    fichier.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EditionInvalide, match="TOML en UTF-8"):
        charger(fichier)


def test_version_est_l_empreinte_du_fichier() -> None:
    assert len(OCC.version) == 64
    assert OCC.version != GUA.version


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.slug)
def test_chaque_valeur_porte_sa_regle_et_son_article(edition: object) -> None:
    articles = [article for couples in edition.regles.values() for _, article in couples]  # type: ignore[attr-defined]
    assert all(articles)
    assert len(articles) >= 49
