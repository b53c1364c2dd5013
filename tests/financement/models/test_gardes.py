"""What the database refuses by itself, in French, when somebody goes round the actions."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from financement.models import Convention, EtatConvention, Versement
from tests.financement import mondes

pytestmark = pytest.mark.django_db
DATE = "'2025-10-01'"
EMETTRE = (
    "etat = 'emise', emise_le = clock_timestamp(), emise_par_id = preparee_par_id, document = 'x', "
    f"document_empreinte = '{'a' * 64}', document_taille = 1"
)
SIGNER = f"etat = 'signee', signee_le = {DATE}, signee_par_id = preparee_par_id"


def modifier(champs: str) -> str:
    return f"UPDATE financement_convention SET {champs}"  # noqa: S608 - constants of this file


def refuser(ordre: str, message: str) -> None:
    with pytest.raises(IntegrityError) as erreur, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
    assert str(erreur.value).splitlines()[0] == message


@pytest.mark.parametrize(
    ("depart", "champs", "message"),
    [
        ("preparee", f"{EMETTRE}, {SIGNER}".replace("etat = 'emise', ", ""), "de « preparee » à « signee »"),
        ("emise", "etat = 'preparee'", "de « emise » à « preparee »"),
        ("signee", "etat = 'emise'", "de « signee » à « emise »"),
        ("signee", "etat = 'preparee'", "de « signee » à « preparee »"),
    ],
)
def test_convention_la_base_refuse_les_passages_interdits(a_l_etat, depart, champs, message):
    a_l_etat(depart)
    refuser(modifier(champs), f"Une convention ne passe pas {message}.")


@pytest.mark.parametrize("etat", EtatConvention.values)
@pytest.mark.parametrize("champ", ["porteur_nom = 'Autre'", "numero = 'X'", "signataire = 'Autre'"])
def test_convention_la_base_refuse_une_retouche_sans_changement_d_etat(a_l_etat, etat, champ):
    a_l_etat(etat)
    refuser(modifier(champ), "Une convention ne change qu'en changeant d'état.")


@pytest.mark.parametrize(
    ("depart", "champs"),
    [
        ("preparee", f"{EMETTRE}, porteur_nom = 'Autre'"),
        ("emise", f"{SIGNER}, plan_id = plan_id + 1"),
        ("emise", f"{SIGNER}, document = 'autre'"),
    ],
)
def test_convention_la_base_refuse_une_retouche_au_passage(a_l_etat, depart, champs):
    a_l_etat(depart)
    refuser(modifier(champs), "Ce qu'une convention a figé ne se modifie pas.")


@pytest.mark.parametrize(
    ("depart", "champs", "contrainte"),
    [
        ("preparee", "etat = 'emise'", "convention_etat_et_dates"),
        ("preparee", EMETTRE.replace("emise_par_id = preparee_par_id, ", ""), "convention_le_et_par"),
        ("preparee", EMETTRE.replace("document = 'x', ", ""), "convention_emise_avec_document"),
        ("preparee", EMETTRE.replace("clock_timestamp()", "'2020-01-01'"), "convention_dates_ordonnees"),
        ("emise", SIGNER.replace(", signee_par_id = preparee_par_id", ""), "convention_le_et_par"),
    ],
)
def test_convention_la_base_refuse_des_dates_sans_accord(a_l_etat, depart, champs, contrainte):
    a_l_etat(depart)
    with (
        pytest.raises(IntegrityError, match=contrainte),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(modifier(champs))


def test_convention_la_base_refuse_de_commencer_emise(monde):
    copie = Convention.objects.get()
    copie.pk, copie.rang, copie.numero = None, 2, "CONV-OCC-2025-0002"
    Convention._meta.get_field("etat").protected = False
    try:
        copie.etat = EtatConvention.EMISE
    finally:
        Convention._meta.get_field("etat").protected = True
    with (
        pytest.raises(IntegrityError, match="Une convention commence à l'état « préparée »"),
        transaction.atomic(),
    ):
        copie.save(force_insert=True)


@pytest.mark.parametrize("table", ["financement_convention", "financement_engagementessms"])
def test_convention_et_engagements_la_base_refuse_d_effacer(monde, table):
    with (
        pytest.raises(IntegrityError, match="ne s'efface pas"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant above


def test_engagement_la_base_ne_laisse_changer_que_son_activite(monde):
    refuser(
        "UPDATE financement_engagementessms SET logiciel = 'Autre'",
        "Un financement d'ESSMS ne change que d'activité.",
    )
    assert monde.convention.engagements.update(actif=False) == 3


def test_convention_etat_protege_et_sources_nommees(monde):
    with pytest.raises(AttributeError):
        monde.convention.etat = EtatConvention.SIGNEE
    with pytest.raises(TransitionNotAllowed):
        monde.convention.signer(le=mondes.aujourdhui(), par=monde.administrateur)


def versement(convention: Convention, rang: int, montant: str) -> Versement:
    return Versement.objects.create(
        convention=convention,
        rang=rang,
        montant=montant,
        verse_le=mondes.aujourdhui(),
        reference="X",
        enregistre_le=timezone.now(),
        enregistre_par=convention.preparee_par,
    )


def test_versement_la_base_refuse_avant_la_signature(a_l_etat):
    convention = a_l_etat(EtatConvention.EMISE)
    with pytest.raises(IntegrityError, match="Rien n'est versé avant la signature"), transaction.atomic():
        versement(convention, 1, "1.00")


def test_versement_la_base_refuse_de_depasser_la_subvention(a_l_etat):
    convention = a_l_etat(EtatConvention.SIGNEE)
    versement(convention, 1, "62999.99")
    with pytest.raises(IntegrityError, match="dépasseraient la subvention"), transaction.atomic():
        versement(convention, 2, "0.02")
    assert versement(convention, 2, "0.01").montant == "0.01"


@pytest.mark.parametrize(
    "ordre", ["UPDATE financement_versement SET montant = 1", "DELETE FROM financement_versement"]
)
def test_versement_la_base_refuse_d_y_revenir(a_l_etat, ordre):
    versement(a_l_etat(EtatConvention.SIGNEE), 1, "1.00")
    refuser(ordre, "Un versement enregistré ne se modifie pas.")


@pytest.mark.parametrize(
    ("rang", "montant", "contrainte"),
    [(3, "1.00", "versement_rang_connu"), (1, "0.00", "versement_montant_positif")],
)
def test_versement_la_base_refuse_l_impossible(a_l_etat, rang, montant, contrainte):
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        versement(a_l_etat(EtatConvention.SIGNEE), rang, montant)
