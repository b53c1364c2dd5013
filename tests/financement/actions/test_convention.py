"""The convention from its preparation to its signature: each gesture in each state, by each role, once."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError

from esms.comptes.models import Role
from esms.journal.models import Entree
from esms.socle.dates import jour
from financement.actions.convention import annuler, emettre, marquer_signee, preparer
from financement.actions.refus import EtatDepasse, GesteRefuse
from financement.actions.versement import enregistrer
from financement.models import Convention, EngagementEssms, EtatConvention, Versement
from tests.financement import mondes
from tests.rigueur.courses import ensemble, sans_verrou, se_retrouver

PREPAREE, EMISE, SIGNEE, ANNULEE = EtatConvention.values


def gestes_du_journal(convention: Convention) -> list[str]:
    return list(
        Entree.objects.filter(chaine=convention.chaine).order_by("rang").values_list("geste", flat=True)
    )


def signer(convention, par):
    return marquer_signee(convention=convention, le=mondes.aujourdhui(), par=par)


def verser(convention, par):
    return enregistrer(convention=convention, le=mondes.aujourdhui(), reference="MANDAT 12", par=par)


def emettre_(convention, par):
    return emettre(convention=convention, par=par)


def annuler_(convention, par):
    return annuler(convention=convention, par=par)


@pytest.mark.django_db
def test_preparer_fige_ce_que_la_convention_cite(monde):
    convention = monde.convention
    assert (convention.numero, convention.etat, convention.rang) == ("CONV-OCC-2025-0001", PREPAREE, 1)
    assert (convention.porteur_nom, convention.porteur_commune) == ("Association Les Tilleuls", "Toulouse")
    assert (convention.dossier_numero, convention.decision_le) == ("OCC-2025-0001", mondes.DECISION)
    assert (convention.ars_nom, convention.signataire) == ("ARS Occitanie", "Mme Camille Roux")
    assert list(EngagementEssms.objects.values_list("nom", "operation", "logiciel", "actif")) == [
        (f"EHPAD n° {rang}", "acquisition", "Logiciel A", True) for rang in (1, 2, 3)
    ]
    assert gestes_du_journal(convention) == ["preparer"]


@pytest.mark.django_db
@pytest.mark.parametrize("candidate", [False, True])
def test_e15_preparer_exige_une_solution_candidate_pour_des_ahi(candidate):
    """Refused on what was frozen: the plan's own ESSMS and solution, not those of the day."""
    campagne, administrateur = mondes.campagne(), mondes.compte("Ada Min", Role.ADMINISTRATEUR, "76")
    projet = mondes.grappe(campagne, range(1, 4))
    mondes.organisme().etablissements.update(categorie="219")
    solution = {"nom": "Logiciel A", "referencee_segur": False, "candidate_segur": candidate}
    plan = mondes.plan(projet, administrateur, mondes.entree_de(projet, solution=solution))
    mondes.organisme().etablissements.update(categorie="500")
    if candidate:
        assert mondes.preparee(projet, administrateur, plan).etat == PREPAREE
        return
    with pytest.raises(GesteRefuse) as refus:
        mondes.preparee(projet, administrateur, plan)
    (phrase,) = refus.value.phrases
    assert phrase == (
        "3\u00a0ESSMS AHI\u00a0: la solution n’est ni référencée Ségur ni candidate au référencement, ce "
        "qu’il faut à la signature de la convention. (règle E15, art.\u00a04.2.3)"
    )
    assert (Convention.objects.count(), EngagementEssms.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_preparer_une_seconde_fois_dit_qui_l_a_fait(monde):
    convention = monde.convention
    with pytest.raises(EtatDepasse) as depasse:
        mondes.preparee(convention.grappe, monde.administrateur, convention.plan)
    assert str(depasse.value).startswith(
        "La convention CONV-OCC-2025-0001 a déjà été préparée pour cette grappe le "
    )
    assert str(depasse.value).endswith(" par Valérie Deur.")
    assert Convention.objects.count() == 1


@pytest.mark.django_db
def test_preparer_numerote_sans_trou_par_campagne(monde):
    autre = mondes.campagne(sigle="GUA-2022", ars="01", edition="guadeloupe-2022")
    agent = mondes.compte("Autre Valideur", Role.VALIDEUR, "01")
    rejetee = mondes.grappe(monde.campagne, range(1, 2))
    with pytest.raises(GesteRefuse):
        mondes.preparee(rejetee, monde.valideur)
    suivante = mondes.preparee(mondes.grappe(monde.campagne, range(10, 12)), monde.valideur)
    premiere = mondes.preparee(mondes.grappe(autre, range(20, 22)), agent)
    assert (suivante.numero, premiere.numero) == ("CONV-OCC-2025-0002", "CONV-GUA-2022-0001")


@pytest.mark.django_db
def test_preparer_refuse_le_plan_d_une_autre_grappe(monde):
    autre = mondes.grappe(monde.campagne, range(10, 12))
    with pytest.raises(GesteRefuse, match="celui d’une autre grappe"):
        mondes.preparee(autre, monde.valideur, monde.convention.plan)


@pytest.mark.django_db
@pytest.mark.parametrize("signataire", ["", "   "])
def test_preparer_refuse_sans_signataire(monde, signataire):
    projet = mondes.grappe(monde.campagne, range(10, 12))
    with pytest.raises(GesteRefuse, match="Le signataire de la convention n’est pas connu"):
        preparer(
            grappe=projet,
            plan=mondes.plan(projet, monde.valideur),
            dossier_numero="OCC-2025-0002",
            decision_le=mondes.DECISION,
            signataire=signataire,
            par=monde.valideur,
        )
    assert Convention.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["instructeur", "porteur", "valideur_ailleurs"])
def test_preparer_refuse_a_qui_n_en_a_pas_le_role(monde, role):
    projet = mondes.grappe(monde.campagne, range(10, 12))
    le_plan = mondes.plan(projet, monde.valideur)
    ailleurs = mondes.compte("Valideur Ailleurs", Role.VALIDEUR, "01")
    par = {"instructeur": monde.instructeur, "porteur": monde.porteur, "valideur_ailleurs": ailleurs}[role]
    with pytest.raises(PermissionDenied):
        mondes.preparee(projet, par, le_plan)
    assert Convention.objects.count() == 1


# Every gesture in every state: the state it leads to, or the sentence that refuses it.
CYCLE = [
    (emettre_, PREPAREE, EMISE),
    (emettre_, EMISE, EMISE),
    (emettre_, SIGNEE, SIGNEE),
    (signer, PREPAREE, "a été préparée le"),
    (signer, EMISE, SIGNEE),
    (signer, SIGNEE, "est déjà marquée signée le"),
    (verser, PREPAREE, "et n’est pas émise."),
    (verser, EMISE, "et n’est pas signée."),
    (verser, SIGNEE, SIGNEE),
    (emettre_, ANNULEE, ANNULEE),
    (signer, ANNULEE, "a été annulée le"),
    (verser, ANNULEE, "a été annulée le"),
    (annuler_, PREPAREE, ANNULEE),
    (annuler_, EMISE, ANNULEE),
    (annuler_, SIGNEE, "est déjà marquée signée le"),
    (annuler_, ANNULEE, ANNULEE),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("geste", "etat", "issue"), CYCLE, ids=lambda cas: getattr(cas, "__name__", cas))
def test_convention_chaque_geste_dans_chaque_etat(monde, a_l_etat, geste, etat, issue):
    convention = a_l_etat(etat)
    if issue in EtatConvention.values:
        geste(convention, monde.administrateur)
    else:
        with pytest.raises(EtatDepasse, match=issue):
            geste(convention, monde.administrateur)
    assert Convention.objects.get().etat == (issue if issue in EtatConvention.values else etat)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["valideur", "instructeur", "porteur"])
@pytest.mark.parametrize(("geste", "etat"), [(emettre_, PREPAREE), (signer, EMISE), (verser, SIGNEE)])
def test_convention_chaque_geste_refuse_aux_autres_roles(monde, a_l_etat, geste, etat, role):
    convention = a_l_etat(etat)
    avant = gestes_du_journal(convention)
    with pytest.raises(PermissionDenied):
        geste(convention, getattr(monde, role))
    assert (Convention.objects.get().etat, gestes_du_journal(convention)) == (etat, avant)


@pytest.mark.django_db
def test_convention_un_administrateur_d_une_autre_ars_est_refuse(monde):
    ailleurs = mondes.compte("Admin Ailleurs", Role.ADMINISTRATEUR, "01")
    with pytest.raises(PermissionDenied):
        emettre(convention=monde.convention, par=ailleurs)


@pytest.mark.django_db
def test_emettre_conserve_un_document_et_son_empreinte(monde):
    convention = emettre(convention=monde.convention, par=monde.administrateur)
    with default_storage.open(convention.document) as fichier:
        octets = fichier.read()
    assert (convention.document_empreinte, convention.document_taille) == (
        hashlib.sha256(octets).hexdigest(),
        len(octets),
    )
    assert convention.numero not in convention.document
    assert (octets[:5], convention.emise_par) == (b"%PDF-", monde.administrateur)


@pytest.mark.django_db
def test_emettre_deux_fois_rend_le_meme_document(monde):
    un = emettre(convention=monde.convention, par=monde.administrateur)
    deux = emettre(convention=monde.convention, par=monde.administrateur)
    assert (un.document, un.emise_le) == (deux.document, deux.emise_le)
    assert gestes_du_journal(un) == ["preparer", "emettre"]
    assert len(default_storage.listdir("conventions")[1]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ecart", "phrase"),
    [
        (timedelta(days=1), "La date de signature est dans le futur."),
        (timedelta(days=-1), "elle n’a pas pu être signée avant."),
    ],
)
def test_marquer_signee_a_une_date_impossible(monde, a_l_etat, ecart, phrase):
    convention = a_l_etat(EMISE)
    with pytest.raises(GesteRefuse) as refus:
        marquer_signee(convention=convention, le=mondes.aujourdhui() + ecart, par=monde.administrateur)
    assert str(refus.value).endswith(phrase)
    assert Convention.objects.get().etat == EMISE


@pytest.mark.django_db
def test_marquer_signee_deux_fois_dit_qui_et_quand(monde, a_l_etat):
    convention = a_l_etat(SIGNEE)
    second = mondes.compte("Second Agent", Role.ADMINISTRATEUR, "76")
    with pytest.raises(EtatDepasse) as depasse:
        signer(convention, second)
    assert str(depasse.value) == (
        f"La convention CONV-OCC-2025-0001 est déjà marquée signée le {jour(mondes.aujourdhui())}, "
        "par Alix Ministre."
    )


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_marquer_signee_a_plusieurs_un_seul_effet():
    monde = mondes.monde(nombre=2)
    convention = emettre(convention=monde.convention, par=monde.administrateur)
    resultats = ensemble(8, lambda _: signer(convention, monde.administrateur))
    assert [type(r) for r in resultats if not isinstance(r, EtatDepasse)] == [Convention]
    assert gestes_du_journal(convention) == ["preparer", "emettre", "marquer_signee"]


def preparer_ensemble(coureurs: int, preparation=None) -> list:
    """As many conventions of one campagne, prepared at once."""
    campagne = mondes.campagne()
    agent = mondes.compte("Valérie Deur", Role.VALIDEUR, "76")
    grappes = [mondes.grappe(campagne, range(10 * rang, 10 * rang + 2)) for rang in range(1, coureurs + 1)]
    plans = [mondes.plan(projet, agent) for projet in grappes]
    return ensemble(coureurs, lambda n: mondes.preparee(grappes[n], agent, plans[n]).numero, preparation)


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_preparer_a_plusieurs_numerote_sans_trou_ni_double():
    numeros = preparer_ensemble(8)
    assert sorted(numeros) == [f"CONV-OCC-2025-{rang:04d}" for rang in range(1, 9)]


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_preparer_a_plusieurs_sans_verrou_se_marche_dessus():
    """Negative control: without the lock, several take one number and the database refuses them."""
    resultats = preparer_ensemble(
        8, se_retrouver(8, avant='INSERT INTO "financement_convention"', preparer=sans_verrou)
    )
    refus = [r for r in resultats if isinstance(r, IntegrityError)]
    assert (len(refus), Convention.objects.count()) == (7, 1)


@pytest.mark.django_db
def test_versement_sans_objet_avant_signature_n_ecrit_rien(monde, a_l_etat):
    with pytest.raises(EtatDepasse):
        enregistrer(convention=a_l_etat(EMISE), le=date(2025, 10, 1), reference="X", par=monde.administrateur)
    assert Versement.objects.count() == 0
