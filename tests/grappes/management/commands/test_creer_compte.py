"""Opening an account from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.journal.models import Entree
from tests.fabriques import organisme

pytestmark = pytest.mark.django_db
MOT = "quatre moutons bleus nagent"


def _ouvrir(monkeypatch: pytest.MonkeyPatch, *arguments: str, mot: str = MOT) -> str:
    sortie = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{mot}\n"))
    call_command("creer_compte", *arguments, stdout=sortie)
    return sortie.getvalue()


def test_compte_d_un_porteur_ouvert_et_utilisable(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    numero = organisme().finess_ej
    sortie = _ouvrir(monkeypatch, " Camille@Asso.example ", "Camille Roux", "porteur", "--organisme", numero)
    assert sortie == "Compte ouvert\u00a0: camille@asso.example (Porteur titulaire).\n"
    rattachement = Rattachement.objects.get()
    assert (rattachement.role, rattachement.organisme, rattachement.ars) == (Role.PORTEUR, numero, "")
    assert client.login(username="camille@asso.example", password=MOT)
    entree = Entree.objects.get()
    assert entree.geste == "creer_compte"
    assert MOT not in str(entree.contenu)


def test_compte_d_un_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    _ouvrir(monkeypatch, "ines@ars.example", "Inès", "instructeur", "--ars", "76")
    assert Rattachement.objects.get().ars == "76"


@pytest.mark.parametrize(
    ("arguments", "mot", "phrase"),
    [
        (("a@ars.example", "A", "instructeur", "--ars", "76"), "court", "14 caractères"),
        (("a@ars.example", "A", "instructeur", "--ars", "76"), "aaaaaaaaaaaaaaaaaa", "se devine trop"),
        (("pas une adresse", "A", "instructeur", "--ars", "76"), MOT, "adresse"),
        (("a@ars.example", "", "instructeur", "--ars", "76"), MOT, "vide"),
        (("a@ars.example", "A", "instructeur", "--ars", "99"), MOT, "99 n’est pas un code de région"),
        (("a@ars.example", "A", "porteur", "--ars", "76"), MOT, "Un porteur est rattaché à un organisme"),
        (("a@ars.example", "A", "porteur", "--organisme", "310000001"), MOT, "clé"),
        (("a@ars.example", "A", "porteur", "--organisme", "310000005"), MOT, "ne connaît pas"),
    ],
)
def test_compte_refuse_dit_pourquoi_et_n_ecrit_rien(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], mot: str, phrase: str
) -> None:
    with pytest.raises(CommandError, match=phrase):
        _ouvrir(monkeypatch, *arguments, mot=mot)
    assert not Utilisateur.objects.exists()
    assert not Entree.objects.exists()


def test_compte_deja_ouvert_n_est_pas_touche(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("ines@ars.example", "Inès", "instructeur", "--ars", "76")
    _ouvrir(monkeypatch, *arguments)
    with pytest.raises(CommandError, match="existe déjà"):
        _ouvrir(monkeypatch, *arguments, mot="cinq chevaux verts galopent")
    assert Utilisateur.objects.get().check_password(MOT)
