"""The first payment: of the plan's amount, once, on a signed convention; then the balance."""

from datetime import timedelta
from decimal import Decimal

import pytest

from esms.comptes.models import Role
from esms.journal.models import Entree
from financement.actions.refus import EtatDepasse, GesteRefuse
from financement.actions.versement import enregistrer, enregistrer_solde
from financement.models import EtatConvention, Versement
from tests.financement import mondes
from tests.rigueur.courses import ensemble


def payer(convention, par, **autres):
    return enregistrer(
        **{
            "convention": convention,
            "le": mondes.aujourdhui(),
            "reference": "MANDAT 12",
            "par": par,
            **autres,
        }
    )


@pytest.mark.django_db
def test_f8_premier_versement_du_montant_du_plan(monde, a_l_etat):
    convention = a_l_etat(EtatConvention.SIGNEE)
    versement = payer(convention, monde.administrateur, reference="  MANDAT 12 ")
    assert (versement.rang, versement.montant, versement.reference) == (
        1,
        convention.plan.total / 2,
        "MANDAT 12",
    )
    assert Entree.objects.filter(chaine=convention.chaine).order_by("-rang").first().contenu == {
        "numero": convention.numero,
        "rang": 1,
        "montant": "31500.00",
        "verse_le": mondes.aujourdhui().isoformat(),
        "reference": "MANDAT 12",
    }


@pytest.mark.django_db
def test_versement_deja_fait_dit_qui_et_quand(monde, a_l_etat):
    convention = a_l_etat(EtatConvention.SIGNEE)
    payer(convention, monde.administrateur)
    second = mondes.compte("Second Agent", Role.ADMINISTRATEUR, "76")
    with pytest.raises(EtatDepasse) as depasse:
        payer(convention, second, reference="MANDAT 13")
    assert str(depasse.value).startswith(
        "Le versement 1 de la convention CONV-OCC-2025-0001 a déjà été enregistré le "
    )
    assert str(depasse.value).endswith(" par Alix Ministre.")
    assert Versement.objects.get().reference == "MANDAT 12"


@pytest.mark.django_db
def test_f8_solde_vient_apres_le_premier_versement_et_complete_la_subvention(monde, a_l_etat):
    convention, aujourdhui = a_l_etat(EtatConvention.SIGNEE), mondes.aujourdhui()
    solde = {"convention": convention, "le": aujourdhui, "reference": "MANDAT 13"}
    with pytest.raises(GesteRefuse, match="Le premier versement n’est pas enregistré"):
        enregistrer_solde(**solde, demande_le=aujourdhui, par=monde.administrateur)
    payer(convention, monde.administrateur)
    with pytest.raises(GesteRefuse, match=r"rien n’a pu être versé avant\."):
        enregistrer_solde(**solde, demande_le=aujourdhui + timedelta(days=1), par=monde.administrateur)
    enregistrer_solde(**solde, demande_le=aujourdhui, par=monde.administrateur)
    assert sum(v.montant for v in Versement.objects.all()) == convention.plan.total
    with pytest.raises(EtatDepasse, match="Le versement 2 de la convention"):
        enregistrer_solde(**solde, demande_le=aujourdhui, par=monde.administrateur)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ecart", "reference", "phrase"),
    [
        (timedelta(days=1), "X", "La date du versement est dans le futur."),
        (timedelta(days=-1), "X", "rien n’a pu être versé avant."),
        (timedelta(0), "  ", "La référence du paiement manque."),
    ],
)
def test_versement_impossible_refuse(monde, a_l_etat, ecart, reference, phrase):
    convention = a_l_etat(EtatConvention.SIGNEE)
    with pytest.raises(GesteRefuse) as refus:
        payer(convention, monde.administrateur, le=mondes.aujourdhui() + ecart, reference=reference)
    assert str(refus.value).endswith(phrase)
    assert Versement.objects.count() == 0


@pytest.mark.django_db
def test_f8_les_deux_versements_font_le_total_au_centime(monde):
    plan = monde.convention.plan
    plan.resultat = {
        "versements": [{"rang": 1, "montant": "0.02"}, {"rang": 2, "montant": "0.01"}],
    }
    assert plan.montant_du_versement(1) + plan.montant_du_versement(2) == Decimal("0.03")
    with pytest.raises(LookupError):
        plan.montant_du_versement(3)


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_versement_a_plusieurs_un_seul_effet():
    monde = mondes.monde(nombre=2)
    convention = mondes.signee(monde)
    resultats = ensemble(8, lambda n: payer(convention, monde.administrateur, reference=f"MANDAT {n}"))
    assert [type(r) for r in resultats if not isinstance(r, EtatDepasse)] == [Versement]
    assert Versement.objects.count() == 1
