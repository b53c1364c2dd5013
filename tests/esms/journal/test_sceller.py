"""The root of the day: once, over everything that was added, and nothing that comes later slips below it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from esms.journal import racines
from esms.journal.actions import inscrire, sceller_le_jour
from esms.journal.merkle import sommet
from esms.journal.models import Entree, Racine
from esms.journal.requetes import preuve_de
from tests.esms.journal.falsifications import MIDI
from tests.rigueur.courses import croiser, ensemble, sans, se_retrouver

VERROU = "LOCK TABLE journal_entree IN SHARE ROW EXCLUSIVE MODE"
MESSAGE = "Le journal ne se modifie pas, ne s'efface pas et ne se vide pas : on y ajoute seulement."
Horloge = Callable[[datetime], None]


def ecrire(nombre: int = 1, chaine: str = "essai:1") -> list[Entree]:
    with transaction.atomic():
        return [inscrire(chaine=chaine, geste="creer", par=None, contenu={}) for _ in range(nombre)]


@pytest.mark.django_db
def test_sceller_couvre_ce_qui_est_ajoute_depuis_la_racine_precedente(horloge: Horloge) -> None:
    horloge(MIDI)
    ecrire(3)
    un = sceller_le_jour()
    horloge(MIDI + timedelta(days=1))
    ajoutees = ecrire(2)
    deux = sceller_le_jour()
    assert [(r.rang, r.nombre, str(r.jour)) for r in (un, deux)] == [
        (1, 3, "2025-05-05"),
        (2, 2, "2025-05-06"),
    ]
    assert (deux.apres, deux.jusqua, deux.precedente) == (un.jusqua, ajoutees[-1].pk, un.empreinte)
    assert deux.racine == sommet(racines.hachage_de(entree.empreinte) for entree in ajoutees).hex()


@pytest.mark.django_db
def test_sceller_deux_fois_le_meme_jour_rend_la_meme_racine(horloge: Horloge) -> None:
    horloge(MIDI)
    ecrire()
    un = sceller_le_jour()
    horloge(MIDI + timedelta(hours=8))
    ecrire()
    assert sceller_le_jour() == un
    assert Racine.objects.count() == 1


@pytest.mark.django_db
def test_sceller_un_jour_sans_entree_le_dit(horloge: Horloge) -> None:
    horloge(MIDI)
    ecrire()
    un = sceller_le_jour()
    horloge(MIDI + timedelta(days=1))
    deux = sceller_le_jour()
    assert (deux.nombre, deux.apres, deux.jusqua, deux.blocs) == (0, un.jusqua, un.jusqua, [])
    assert deux.racine == sommet([]).hex()
    assert list(racines.relire()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre",
    ["UPDATE journal_racine SET nombre = 9", "DELETE FROM journal_racine", "TRUNCATE journal_racine"],
)
def test_racine_refuse_le_sql_direct(ordre: str) -> None:
    racine = sceller_le_jour()
    with connection.cursor() as curseur:  # else TRUNCATE would be refused for another reason
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError) as erreur, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
    assert str(erreur.value).splitlines()[0] == MESSAGE
    assert Racine.objects.get().nombre == racine.nombre


@pytest.mark.django_db
def test_sceller_journal_imprime_la_racine_et_verifier_la_retrouve(
    capsys: pytest.CaptureFixture[str], horloge: Horloge
) -> None:
    horloge(MIDI)
    call_command("verifier_journal")
    ecrire(3)
    call_command("sceller_journal")
    empreinte = Racine.objects.get().empreinte
    ecrire(2)
    call_command("verifier_journal", "--racine", empreinte.upper())
    assert capsys.readouterr().out.splitlines() == [
        "Aucune racine : lancez sceller_journal chaque jour.",
        "Entrées qu’aucune racine ne couvre encore : 0.",
        "Journal intact : 0 entrée(s).",
        f"Racine n°\u00a01 du 05/05/2025\u00a0: 3 entrée(s), empreinte {empreinte}",
        "Racine gardée au-dehors retrouvée : n°\u00a01 du 05/05/2025.",
        f"Dernière racine : n°\u00a01 du 05/05/2025, empreinte {empreinte}.",
        "Entrées qu’aucune racine ne couvre encore : 2.",
        "Journal intact : 5 entrée(s).",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("texte", ["", "abc", "g" * 64, "0" * 65])
def test_verifier_journal_refuse_ce_qui_n_est_pas_une_empreinte(texte: str) -> None:
    with pytest.raises(CommandError, match="une empreinte compte 64 caractères"):
        call_command("verifier_journal", f"--racine={texte}")


@pytest.mark.django_db
@pytest.mark.parametrize("nombre", [1, 3, 4, 5, 9])
def test_preuve_de_chaque_entree_remonte_a_la_racine(nombre: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(racines, "PAR_BLOC", 4)
    entrees = ecrire(nombre)
    assert preuve_de(entrees[0]) is None
    racine = sceller_le_jour()
    preuves = [preuve_de(entree) for entree in entrees]
    assert [(p.racine, p.tient) for p in preuves if p] == [(racine, True)] * nombre
    assert preuve_de(ecrire()[0]) is None


@pytest.mark.django_db
def test_preuve_compte_autant_de_requetes_pour_une_ou_neuf_entrees(
    monkeypatch: pytest.MonkeyPatch, horloge: Horloge, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(racines, "PAR_BLOC", 4)
    for jour, nombre in enumerate((1, 9)):
        horloge(MIDI + timedelta(days=jour))
        entrees = ecrire(nombre)
        sceller_le_jour()
        with django_assert_num_queries(2):
            preuve_de(entrees[-1])


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_sceller_a_plusieurs_fait_une_racine() -> None:
    ecrire(3)
    resultats = ensemble(6, lambda _: sceller_le_jour())
    assert resultats == [Racine.objects.get()] * 6


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_sceller_a_plusieurs_sans_verrou_echoue() -> None:
    """Negative control: the same race, the lock taken out of the SQL of the very same code."""
    ecrire(3)
    sans_verrou = sans(VERROU, "SELECT 1")
    lus_avant_d_ecrire = se_retrouver(6, avant='INSERT INTO "journal_racine"', preparer=sans_verrou)
    resultats = ensemble(6, lambda _: sceller_le_jour(), lus_avant_d_ecrire)
    assert [type(r) for r in resultats].count(IntegrityError) == 5


def _ecrire_pendant_le_scellement(preparer: Callable[[], None] | None) -> Racine:
    """One writes and is held before it commits; the other writes after, commits, and seals."""

    def ecrire_lentement() -> None:
        with transaction.atomic(), connection.cursor() as curseur:
            inscrire(chaine="lente", geste="creer", par=None, contenu={})
            curseur.execute("SELECT 'fin'")

    def sceller() -> Racine:
        ecrire(chaine="rapide")
        return sceller_le_jour()

    racine = croiser(ecrire_lentement, sceller, avant="SELECT 'fin'", preparer=preparer)[1]
    assert isinstance(racine, Racine)
    return racine


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_sceller_attend_les_ecritures_en_cours() -> None:
    assert _ecrire_pendant_le_scellement(None).nombre == 2
    assert list(racines.relire()) == []


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_sceller_sans_verrou_manque_une_ecriture_en_cours() -> None:
    """Negative control: the late entry has an identifier below the last one sealed."""
    assert _ecrire_pendant_le_scellement(sans(VERROU, "SELECT 1")).nombre == 1
    assert [anomalie.motif for anomalie in racines.relire()] == [
        "1 entrée(s) scellée(s), 2 trouvée(s)",
        "les entrées ne sont plus celles qui ont été scellées",
    ]
