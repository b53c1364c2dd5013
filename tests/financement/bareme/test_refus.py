"""F4, F5a, F5b asked for and not granted: the rule, its article, the figures."""

from decimal import Decimal

import pytest

from financement.bareme import Ecartee, Modulation, calculer, moduler
from grappes.regles import Amoa, Materiel, Organisme, Projet
from tests.moteur import FICTIVE, GRAND, GUA, OCC, PETIT, essms, projet

PETITS = (Organisme(finess_ej=PETIT, region="01", essms_geres=7),)


def _raisons(un_projet: Projet, edition=OCC) -> list[tuple[str, str, str]]:
    return [(e.regle, e.portee, e.explication) for e in calculer(un_projet, edition).ecartees]


def test_rien_de_demande_rien_d_ecarte() -> None:
    assert calculer(projet(), OCC).ecartees == ()


def test_rien_d_ecarte_quand_tout_est_accorde() -> None:
    lignes = essms(7, finess_ej=PETIT, region="01", materiel=Materiel())
    accorde = projet(lignes, organismes=PETITS, amoa=Amoa(marche=True, pilotage=True))
    assert calculer(accorde, GUA).ecartees == ()


def test_f5b_refusee_nomme_l_organisme_et_le_seuil() -> None:
    assert calculer(projet(amoa=Amoa(pilotage=True)), OCC).ecartees == (
        Ecartee(
            "F5b",
            "4.4.1.3",
            "projet",
            f"AMOA «\u00a0pilotage\u00a0» refusée\u00a0: l’organisme {GRAND} n’est pas petit "
            "(85\u00a0ESSMS gérés, seuil 15).",
        ),
    )


def test_f5a_inconnue_de_l_appel_a_projets() -> None:
    assert calculer(projet(amoa=Amoa(marche=True)), OCC).ecartees == (
        Ecartee(
            "F5a",
            "4.4.1.3",
            "projet",
            "AMOA «\u00a0marché\u00a0» refusée\u00a0: cet appel à projets ne la finance pas.",
        ),
    )


def test_f5a_sans_acquisition() -> None:
    conformites = projet(
        essms(7, finess_ej=PETIT, region="01", operation="mise_en_conformite"),
        organismes=PETITS,
        amoa=Amoa(marche=True, pilotage=True),
    )
    assert _raisons(conformites, GUA) == [
        ("F5a", "projet", "AMOA «\u00a0marché\u00a0» refusée\u00a0: aucune acquisition au projet.")
    ]


@pytest.mark.parametrize(
    ("organisme", "raison"),
    [
        (Organisme(finess_ej=GRAND), f"on ignore combien d’ESSMS gère l’organisme {GRAND}"),
        (
            Organisme(finess_ej=GRAND, essms_geres=10),
            f"on ignore si l’organisme {GRAND} est petit (10\u00a0ESSMS gérés, région du siège inconnue)",
        ),
        (
            Organisme(finess_ej=GRAND, essms_geres=15),
            f"l’organisme {GRAND} n’est pas petit (15\u00a0ESSMS gérés)",
        ),
    ],
)
def test_f4_refuse_faute_de_petit_organisme(organisme: Organisme, raison: str) -> None:
    (demande,) = essms(1, materiel=Materiel())
    assert _raisons(projet((demande,), organismes=(organisme,))) == [
        ("F4", demande.finess_et, f"Matériel refusé à {demande.finess_et}\u00a0: {raison}.")
    ]


def test_f4_sans_organisme_connu() -> None:
    (demande,) = essms(1, finess_ej=None, materiel=Materiel())
    phrase = (
        f"Matériel refusé à {demande.finess_et}\u00a0: l’organisme gestionnaire de "
        f"{demande.finess_et} est inconnu."
    )
    assert _raisons(projet((demande,), organismes=())) == [("F4", demande.finess_et, phrase)]


def test_f4_demande_nulle() -> None:
    lignes = essms(1, finess_ej=PETIT, region="01", materiel=Materiel(demande_ttc=Decimal("0.00")))
    ((regle, portee, phrase),) = _raisons(projet(lignes, organismes=PETITS))
    assert (regle, portee) == ("F4", lignes[0].finess_et)
    assert phrase.startswith("Rien à financer. Petit organisme ")


def test_f5b_un_petit_au_moins() -> None:
    lignes = (*essms(2), *essms(2, prefixe="97", finess_ej=PETIT))
    grands = tuple(Organisme(finess_ej=numero, region="76", essms_geres=40) for numero in (GRAND, PETIT))
    refuse = projet(lignes, organismes=grands, amoa=Amoa(pilotage=True))
    ((_, _, phrase),) = _raisons(refuse, FICTIVE)
    assert phrase == (
        "AMOA «\u00a0pilotage\u00a0» refusée\u00a0: il faut un petit organisme au moins\u202f; l’organisme "
        f"{GRAND if GRAND < PETIT else PETIT} n’est pas petit (40\u00a0ESSMS gérés, seuil 20) et l’organisme "
        f"{PETIT if GRAND < PETIT else GRAND} n’est pas petit (40\u00a0ESSMS gérés, seuil 20)."
    )


def test_f5b_cinquante_grands_organismes_tiennent_dans_une_phrase() -> None:
    lignes = essms(50)
    lignes = tuple(
        type(ligne)(finess_et=ligne.finess_et, operation="acquisition", finess_ej=ligne.finess_et)
        for ligne in lignes
    )
    organismes = tuple(Organisme(finess_ej=ligne.finess_et, region="76", essms_geres=20) for ligne in lignes)
    ((_, _, phrase),) = _raisons(projet(lignes, organismes=organismes, amoa=Amoa(pilotage=True)))
    assert phrase.endswith("et 47 autres.")


def test_f9_une_modulation_garde_les_refus() -> None:
    calcule = calculer(projet(amoa=Amoa(pilotage=True)), OCC)
    modulation = Modulation(
        cible="F1",
        portee=calcule.lignes[0].portee,
        motif=OCC.financement.modulation.motifs[0].cle,
        explication="Motif.",
        par="Agent",
        montant=Decimal(1),
    )
    assert moduler(calcule, modulation, OCC).ecartees == calcule.ecartees
