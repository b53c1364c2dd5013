"""What if: exact against the engine played again, and every proposal really unblocks."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings

from esms.aap import Edition
from financement.bareme import calculer
from financement.simulation import ReferentielVide, et_si, evaluer, simuler
from grappes.regles import Amoa, Essms, Materiel, Organisme, Porteur, Projet, Rejoint, Solution
from tests.financement.bareme.test_proprietes import editions, projets
from tests.moteur import FICTIVE, GRAND, GUA, OCC, PETIT, cas_publics, essms, projet


def _sans(un_projet: Projet, ligne: Essms) -> Projet:
    return replace(un_projet, essms=tuple(autre for autre in un_projet.essms if autre is not ligne))


@given(projets(maximum=6), editions)
@settings(max_examples=60)
def test_marginal_est_le_total_avec_moins_le_total_sans(un_projet: Projet, edition: Edition) -> None:
    resultat = evaluer(un_projet, edition)
    naif = [
        resultat.financement.total - calculer(_sans(un_projet, ligne), edition).total
        for ligne in un_projet.essms
    ]
    assert [marginal.euros for marginal in et_si(resultat).marginaux] == naif


def test_marginal_exact_sur_les_cas_publics() -> None:
    for ligne in cas_publics()[0]:
        resultat = simuler(json.loads(ligne), ReferentielVide())
        premier, dernier = resultat.projet.essms[0], resultat.projet.essms[-1]
        marginaux = et_si(resultat).marginaux
        for essai, marginal in ((premier, marginaux[0]), (dernier, marginaux[-1])):
            sans = calculer(_sans(resultat.projet, essai), resultat.edition).total
            assert marginal.euros == resultat.financement.total - sans


def test_marginal_dit_le_seuil_qu_il_franchit() -> None:
    premier = et_si(evaluer(projet(15), OCC)).marginaux[0]
    assert premier.euros == 21_000
    assert premier.explication == (
        f"{premier.finess_et} apporte 21\u202f000\u00a0€\u00a0: sans lui, 294\u202f000\u00a0€ au lieu de "
        "315\u202f000\u00a0€, et le projet passerait sous le minimum de 15 ESSMS (E3)."
    )


def test_marginal_negatif_quand_il_fait_perdre_l_amoa() -> None:
    organismes = (
        Organisme(finess_ej=PETIT, region="76", essms_geres=14),
        Organisme(finess_ej=GRAND, region="76", essms_geres=85),
    )
    (grand,) = essms(1)
    lignes = (*essms(14, prefixe="84", finess_ej=PETIT), grand)
    resultat = evaluer(projet(lignes, organismes=organismes, amoa=Amoa(pilotage=True)), OCC)
    marginal = next(m for m in et_si(resultat).marginaux if m.finess_et == grand.finess_et)
    assert marginal.euros == Decimal(21_000 - 100_000)
    assert "coûte 79\u202f000\u00a0€" in marginal.explication


def test_seuils_lus_dans_l_edition() -> None:
    occ = {(s.regle, s.nombre, s.ecart) for s in et_si(evaluer(projet(12), OCC)).seuils}
    assert occ == {("E3", 15, 3), ("F1", 50, 38)}
    fictifs = {(s.regle, s.nombre) for s in et_si(evaluer(projet(essms(3, region="53")), FICTIVE)).seuils}
    assert fictifs == {("E3", 5), ("F1", 4), ("G2", 30)}


def test_seuil_du_minimum_avec_ses_chiffres() -> None:
    seuil = et_si(evaluer(projet(12), OCC)).seuils[0]
    assert seuil.explication == (
        "Avec 3\u00a0ESSMS de plus, soit 15, le minimum est atteint (E3 conforme) et la subvention va à "
        "315\u202f000\u00a0€."
    )


def test_seuil_du_rang_cinquante() -> None:
    seuil = next(s for s in et_si(evaluer(projet(40), OCC)).seuils if s.regle == "F1")
    assert seuil.explication == (
        "À partir du rang 50, 10\u00a0ESSMS de plus, le barème passe de 21\u202f000\u00a0€ à "
        "5\u202f000\u00a0€ "
        "par ESSMS (F1 et F3)\u202f; la subvention est alors de 1\u202f034\u202f000\u00a0€."
    )


def test_seuil_du_petit_organisme() -> None:
    organismes = (Organisme(finess_ej=PETIT, region="76", essms_geres=14),)
    lignes = essms(15, finess_ej=PETIT, materiel=Materiel())
    seuil = next(
        s for s in et_si(evaluer(projet(lignes, organismes=organismes), OCC)).seuils if s.regle == "F4"
    )
    assert (seuil.portee, seuil.nombre, seuil.ecart, seuil.total) == (PETIT, 15, 1, 315_000)
    assert "perd 150\u202f000\u00a0€" in seuil.explication


def test_rien_a_debloquer() -> None:
    assert et_si(evaluer(projet(15), OCC)).deblocage is None


def _avec(nombre: int, change: dict[str, object], reste: int = 15) -> tuple[Essms, ...]:
    return (*essms(nombre, prefixe="84", **change), *essms(reste))


CONFORMITE_GUA = essms(1, prefixe="84", region="01", operation="mise_en_conformite")
EX_AEQUO = (*essms(10), *essms(10, prefixe="84", region="84"))
MULTI = (*essms(30), *essms(25, prefixe="84", region="84"))
DEBLOCAGES = {
    "ajouter": (projet(14), OCC, "Ajoutez 1\u00a0ESSMS"),
    "sons": (projet(_avec(1, {"sons": "commande"})), OCC, "Passez 840000004 en mise en conformité"),
    "sons_guadeloupe": (
        projet(_avec(1, {"sons": "commande", "region": "01"}, 0) + essms(9, region="01")),
        GUA,
        "Retirez 840000004 (commande ou prestation SONS)",
    ),
    "ferme": (
        projet(_avec(2, {"categorie": "355"})),
        OCC,
        "Retirez 840000004 et 840000012 (fermeture, ou catégorie hors de l’article L.312-1)",
    ),
    "logiciel": (
        projet(solution=Solution(referencee_segur=False)),
        OCC,
        "Choisissez une solution référencée Ségur",
    ),
    "national": (projet(MULTI), OCC, "Retirez 6\u00a0ESSMS"),
    "pivot": (
        projet(
            (*essms(10), *essms(10, prefixe="84", region="84")), porteur=Porteur(finess_ej=GRAND, region="11")
        ),
        OCC,
        "Choisissez Occitanie comme région pivot",
    ),
    "mixte": (
        projet(
            (*essms(8, region="01"), *essms(1, prefixe="84", region="01", operation="mise_en_conformite"))
        ),
        GUA,
        "Passez 840000004 en acquisition",
    ),
    "portee_nationale": (
        projet(essms(8, region="01"), portee_nationale=True),
        GUA,
        "Renoncez à la portée nationale",
    ),
    "depot": (
        projet(15, depose_le=datetime.fromisoformat("2025-04-01T00:00:00+02:00")),
        OCC,
        "Déposez à partir du 22 avril 2025",
    ),
    "derogation": (
        projet(14, rejoint=Rejoint(convention="X", conforme_marche=True)),
        OCC,
        "Ajoutez 1\u00a0ESSMS",
    ),
}


@pytest.mark.parametrize("nom", DEBLOCAGES)
def test_plus_petit_changement_qui_debloque(nom: str) -> None:
    bloque, edition, action = DEBLOCAGES[nom]
    resultat = evaluer(bloque, edition)
    deblocage = et_si(resultat).deblocage
    assert deblocage is not None
    assert [geste.action for geste in deblocage.gestes] == [action]
    apres = evaluer(deblocage.gestes[-1].projet, edition)
    assert deblocage.leve is True
    assert (apres.verdict != "bloquant", apres.financement.total) == (True, deblocage.total)


def test_blocage_sans_changement_simple() -> None:
    tous = projet(essms(15, categorie="355"))
    deblocage = et_si(evaluer(tous, OCC)).deblocage
    assert deblocage is not None
    assert (deblocage.gestes, deblocage.leve) == ((), False)
    assert deblocage.explication == (
        "Aucun changement simple ne lève E1 (ESSMS de l’article L.312-1 du CASF)."
    )


def test_et_si_ne_depend_pas_de_l_ordre() -> None:
    lignes = (*_avec(3, {"sons": "commande"}), *essms(40, prefixe="11", region="11"))
    assert et_si(evaluer(projet(lignes), OCC)) == et_si(evaluer(projet(tuple(reversed(lignes))), OCC))
