"""Equipment of each ESSMS that F4 pays, and what it needs."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from grappes.regles import Materiel, Organisme
from instruction.regles.candidature import equipement
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GRAND, OCC, PETIT, essms

DEVIS = Materiel(demande_ht=Decimal("1000.00"), demande_ttc=Decimal("1200.00"))
PETITS = tuple(replace(e, materiel=DEVIS) for e in essms(8, prefixe="33", finess_ej=PETIT))
GRANDS = tuple(replace(e, materiel=DEVIS) for e in essms(7, finess_ej=GRAND))
ORGANISMES = (
    Organisme(finess_ej=GRAND, region="76", essms_geres=85),
    Organisme(finess_ej=PETIT, region="76", essms_geres=8),
)
CADRE = contexte(OCC, (*PETITS, *GRANDS), organismes=ORGANISMES)
NUMEROS = [e.finess_et for e in PETITS]
PARC = {"nom": "A", **dict.fromkeys(equipement.COMPTES, 4), "wifi": "non"}
BESOIN = {
    "essms": "tous",
    "nature": "tablette",
    "quantite": 2,
    "ht": "500.00",
    "ttc": "600.00",
    "motif": "Soins",
}


def complet(**change: Any) -> dict[str, Any]:
    return {"parcs": dict.fromkeys(NUMEROS, PARC), "besoins": [{**BESOIN, **change}]}


def test_f4_seuls_les_essms_de_petits_organismes_qui_demandent_sont_concernes() -> None:
    assert [e.finess_et for e in equipement.demandeurs(CADRE)] == NUMEROS


def test_f4_rien_n_est_demande_a_qui_ne_demande_pas_de_materiel() -> None:
    sans = contexte()
    assert equipement.manques({}, sans) == ()
    assert equipement.conseils({}, sans) == ()


def test_p9a_p9b_parc_et_besoin_de_chacun_sont_attendus() -> None:
    parc, besoin = equipement.manques({}, CADRE)
    assert parc.startswith("État du parc à compléter\u00a0: ")
    assert "3 autres ESSMS" in parc
    assert besoin.startswith("Aucun besoin décrit\u00a0: ")
    assert equipement.manques(complet(), CADRE) == ()


def test_p9a_plus_de_postes_anciens_que_de_postes_se_contredit() -> None:
    saisi = complet()
    saisi["parcs"] = {**saisi["parcs"], NUMEROS[0]: {**PARC, "fixes_anciens": 5}}
    (phrase,) = equipement.manques(saisi, CADRE)
    assert phrase.startswith("Plus de postes anciens que de postes\u00a0: ")
    assert NUMEROS[0] in phrase
    assert NUMEROS[1] not in phrase


def test_p9b_une_ligne_inachevee_dit_ce_qui_manque_sur_la_base_du_porteur() -> None:
    base = "HT" if CADRE.projet.porteur.tva_recuperee else "TTC"
    prix = {base.lower(): None}
    assert equipement.manques(complet(quantite=0, motif="", **prix), CADRE) == (
        f"Besoin n°\u00a01\u00a0: la quantité, le prix unitaire {base} et le motif manquent.",
    )


def test_p9b_un_besoin_d_un_seul_essms_ne_compte_que_pour_lui() -> None:
    lus = equipement.besoins(complet(essms=NUMEROS[0]))
    assert equipement.total_de(lus, NUMEROS[0], "HT") == Decimal("1000.00")
    assert equipement.total_de(lus, NUMEROS[1], "HT") == Decimal("0.00")
    assert equipement.total_de(equipement.besoins(complet()), NUMEROS[1], "TTC") == Decimal("1200.00")


def test_f4_un_besoin_qui_n_est_pas_le_devis_est_un_conseil_jamais_un_blocage() -> None:
    assert equipement.conseils(complet(), CADRE) == ()
    autre = complet(quantite=3)
    (conseil,) = equipement.conseils(autre, CADRE)
    assert "3 autres ESSMS" in conseil
    assert equipement.manques(autre, CADRE) == ()


def test_contenu_d_une_autre_forme_se_lit_vide() -> None:
    for contenu in ({"parcs": [1], "besoins": {"a": 1}}, {"parcs": {NUMEROS[0]: "x"}, "besoins": [3, {}]}):
        assert not any(etat.complet for etat in equipement.parcs(contenu))
        assert all(b.total("HT") is None for b in equipement.besoins(contenu))
