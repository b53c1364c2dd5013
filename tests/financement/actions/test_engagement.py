"""No ESSMS is financed twice for one operation (E8), nor for two software products (E9)."""

import pytest
from django.db import connection

from esms.comptes.models import Role
from financement.actions.refus import EssmsDejaFinances, GesteRefuse
from financement.models import Convention, EngagementEssms
from tests.financement import mondes
from tests.rigueur.courses import ensemble, se_retrouver

DEJA = (
    "L’ESSMS EHPAD n° 1 ({essms}) est déjà financé pour une acquisition du logiciel «\u00a0Logiciel A\u00a0» "
    "par la convention CONV-OCC-2025-0001 (ARS Occitanie)."
)


def seconde(monde: mondes.Monde, **projet):
    return mondes.preparee(mondes.grappe(monde.campagne, range(1, 2), **projet), monde.valideur)


@pytest.mark.django_db
def test_e8_meme_operation_refusee_en_nommant_l_essms_et_la_convention(monde):
    with pytest.raises(EssmsDejaFinances) as refus:
        seconde(monde)
    assert refus.value.phrases == (DEJA.format(essms=mondes.numero_finess(1)),)
    assert Convention.objects.count() == 1


@pytest.mark.django_db
def test_e8_autre_operation_du_meme_logiciel_admise(monde):
    convention = seconde(monde, operation="mise_en_conformite", logiciel="LOGICIEL A")
    assert list(convention.engagements.values_list("operation", flat=True)) == ["mise_en_conformite"]


@pytest.mark.django_db
def test_e9_autre_logiciel_refuse_meme_pour_une_autre_operation(monde):
    with pytest.raises(EssmsDejaFinances) as refus:
        seconde(monde, operation="mise_en_conformite", logiciel="Logiciel B")
    assert refus.value.phrases == (DEJA.format(essms=mondes.numero_finess(1)),)


@pytest.mark.django_db
def test_e8_un_engagement_inactif_ne_retient_plus(monde):
    EngagementEssms.objects.update(actif=False)
    assert seconde(monde).numero == "CONV-OCC-2025-0002"


@pytest.mark.django_db
def test_e8_toutes_ars_confondues(monde):
    ailleurs = mondes.campagne(sigle="GUA-2022", ars="01", edition="guadeloupe-2022")
    agent = mondes.compte("Autre Valideur", Role.VALIDEUR, "01")
    with pytest.raises(EssmsDejaFinances, match="CONV-OCC-2025-0001"):
        mondes.preparee(mondes.grappe(ailleurs, range(1, 2)), agent)


@pytest.mark.django_db
def test_engager_refuse_une_solution_sans_nom(monde):
    with pytest.raises(GesteRefuse, match="La solution retenue n’est pas nommée"):
        mondes.preparee(mondes.grappe(monde.campagne, range(10, 12), logiciel=" "), monde.valideur)
    assert Convention.objects.count() == 1


COUREURS = 40


def engager_ensemble(preparer=None) -> list:
    """Forty ARS prepare, at once, a convention that holds the same ESSMS."""
    courses = []
    for rang in range(COUREURS):
        campagne = mondes.campagne(sigle=f"ARS-{rang}", ars=f"{rang:03d}")
        agent = mondes.compte(f"Agent {rang}", Role.VALIDEUR, f"{rang:03d}")
        projet = mondes.grappe(campagne, range(1, 2))
        courses.append((projet, mondes.plan(projet, agent), agent))

    def courir(rang: int) -> str:
        projet, plan, agent = courses[rang]
        return mondes.preparee(projet, agent, plan).numero

    return ensemble(COUREURS, courir, preparer)


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_e8_quarante_ecritures_ensemble_une_seule_passe():
    resultats = engager_ensemble()
    (gagnante,) = [r for r in resultats if isinstance(r, str)]
    attendue = DEJA.format(essms=mondes.numero_finess(1)).replace("CONV-OCC-2025-0001", gagnante)
    assert {str(r) for r in resultats if not isinstance(r, str)} == {attendue}
    assert EngagementEssms.objects.filter(actif=True).count() == Convention.objects.count() == 1


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_e8_quarante_ecritures_sans_l_index_financent_deux_fois():
    """Negative control: the same race, the partial unique index dropped. The action alone does not hold."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_get_indexdef('essms_finance_une_fois'::regclass)")
        (definition,) = curseur.fetchone()
        curseur.execute("DROP INDEX essms_finance_une_fois")
    ecriture = 'INSERT INTO "financement_engagementessms"'
    try:
        resultats = engager_ensemble(se_retrouver(COUREURS, avant=ecriture))
        doubles = EngagementEssms.objects.filter(actif=True).count()
    finally:
        with connection.cursor() as curseur:
            curseur.execute("ALTER TABLE financement_engagementessms DISABLE TRIGGER engagement_ineffacable")
            curseur.execute("DELETE FROM financement_engagementessms")
            curseur.execute("ALTER TABLE financement_engagementessms ENABLE TRIGGER engagement_ineffacable")
            curseur.execute(definition)
    assert sum(isinstance(r, str) for r in resultats) == doubles == COUREURS


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_e9_deux_logiciels_ensemble_un_seul_passe():
    """Different operations: only the exclusion constraint stands between them."""
    courses = []
    for rang, (operation, logiciel) in enumerate([("acquisition", "A"), ("mise_en_conformite", "B")] * 4):
        campagne = mondes.campagne(sigle=f"ARS-{rang}", ars=f"{rang:03d}")
        agent = mondes.compte(f"Agent {rang}", Role.VALIDEUR, f"{rang:03d}")
        projet = mondes.grappe(campagne, range(1, 3), operation=operation, logiciel=logiciel)
        courses.append((projet, mondes.plan(projet, agent), agent))
    resultats = ensemble(len(courses), lambda n: mondes.preparee(*_ordre(courses[n])))
    assert {type(r) for r in resultats} == {Convention, EssmsDejaFinances}
    assert EngagementEssms.objects.values("logiciel").distinct().count() == 1
    assert Convention.objects.count() == 1


def _ordre(course):
    projet, plan, agent = course
    return projet, agent, plan
