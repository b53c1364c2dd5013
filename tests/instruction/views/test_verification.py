"""The public page that checks a receipt: what it says, what it keeps to itself, and a proof that holds."""

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from esms.journal.actions import inscrire, sceller_le_jour
from esms.journal.models import Entree, Racine
from esms.socle.dates import a_la_seconde
from instruction.models import AccuseDeReception, Dossier
from instruction.views.verification import DebitDesVerifications
from tests.fabriques import Monde

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _compteurs_vides() -> None:
    cache.clear()


@pytest.fixture
def monde() -> Monde:
    monde = Monde()
    monde.deposer()
    return monde


def empreinte(monde: Monde) -> str:
    return str(monde.relire().depot.empreinte)


def page(client: Client, texte: str | None = None, statut: int = 200) -> str:
    reponse = client.get(reverse("verifier"), {} if texte is None else {"empreinte": texte})
    assert reponse.status_code == statut
    principal = re.search(r"<main.*</main>", reponse.content.decode(), re.DOTALL)
    assert principal is not None
    return principal.group()


def hachages(html: str) -> list[str]:
    return re.findall(r'class="empreinte">([0-9a-f]{64})<', html)


def test_page_sans_empreinte_montre_le_formulaire(client: Client) -> None:
    html = page(client)
    assert 'name="empreinte"' in html
    assert hachages(html) == []
    assert "fr-alert" not in html


def test_empreinte_connue_donne_numero_instant_et_appel(client: Client, monde: Monde) -> None:
    texte = strip_tags(page(client, empreinte(monde)))
    accuse = AccuseDeReception.objects.get()
    instant = timezone.localtime(accuse.emis_le)
    assert f"Dépôt {accuse.numero}" in texte
    assert a_la_seconde(instant, "Europe/Paris") in texte
    assert monde.campagne.titre in texte
    assert "elle est la même" in texte
    assert "aucune encore" in texte


def test_empreinte_connue_ne_dit_rien_de_plus_que_l_accuse(client: Client, monde: Monde) -> None:
    sceller_le_jour()
    html = page(client, empreinte(monde))
    scelle = monde.dossier.depot.contenu
    secrets = [
        str(monde.dossier.pk),
        monde.porteur.nom,
        monde.porteur.courriel,
        monde.entite.finess_ej,
        scelle["porteur"]["nom"],
        *(valeur for valeur in scelle["candidature"]["contacts"].values() if valeur),
        *(piece["sha256"] for piece in scelle["pieces"]),
    ]
    assert [secret for secret in secrets if str(secret) in html] == []


@pytest.mark.parametrize("habiller", [str.upper, lambda e: f"  {e[:32]}\n{e[32:]}\u00a0"])
def test_empreinte_mal_recopiee_est_lue(client: Client, monde: Monde, habiller: Any) -> None:
    assert "Dépôt OCC-2025-0001" in page(client, habiller(empreinte(monde)))


def test_empreinte_inconnue_est_dite_en_clair(client: Client, monde: Monde) -> None:
    texte = strip_tags(page(client, "0" * 64))
    assert "Cette empreinte est inconnue\u00a0: aucun dépôt reçu par ce portail n’a ce contenu." in texte
    assert monde.relire().numero not in texte


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("", "Collez l’empreinte qui figure sur l’accusé de réception."),
        ("abc", "Une empreinte compte 64 caractères\u00a0: 3 lus."),
        ("g" * 64, "Une empreinte ne contient que des chiffres et des lettres de a à f."),
        ("０" * 64, "Une empreinte ne contient que des chiffres et des lettres de a à f."),
        ("a" * 300, "200"),
        ("\x00" * 64, "Le caractère"),
        ("<script>", "Une empreinte compte 64 caractères\u00a0: 8 lus."),
    ],
)
def test_ce_qui_n_est_pas_une_empreinte_est_refuse(client: Client, texte: str, phrase: str) -> None:
    html = page(client, texte, statut=400)
    assert phrase in html
    assert 'href="#id_empreinte"' in html
    assert "<script>" not in html


def recalculer(html: str) -> str:
    """Do what the page tells the visitor to do, with nothing but the page."""
    entree = re.search(r'Empreinte de l’entrée</dt><dd class="empreinte">([0-9a-f]{64})', html)
    assert entree is not None
    haut = hashlib.sha256(b"\x00" + entree.group(1).encode()).digest()
    for cote, voisine in re.findall(
        r'<li>(à droite|à gauche)\u00a0: <span class="empreinte">([0-9a-f]{64})', html
    ):
        paire = (haut, bytes.fromhex(voisine)) if cote == "à droite" else (bytes.fromhex(voisine), haut)
        haut = hashlib.sha256(b"\x01" + b"".join(paire)).digest()
    return haut.hex()


def test_preuve_se_recalcule_avec_la_seule_page(client: Client, monde: Monde) -> None:
    for rang in range(5):
        inscrire(chaine=f"autre:{rang}", geste="creer", par=None, contenu={})
    racine = sceller_le_jour()
    html = page(client, empreinte(monde))
    assert recalculer(html) == racine.racine
    assert f'<dd class="empreinte">{racine.racine}</dd>' in html
    scellee = re.search(r'<p class="empreinte">(\{.*\})</p>', html)
    assert scellee is not None
    caracteres = scellee.group(1).replace("&quot;", '"').encode()
    assert hashlib.sha256(caracteres).hexdigest() == racine.empreinte
    assert f'<dd class="empreinte">{racine.empreinte}</dd>' in html


def sans_garde(table: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("table", "ordre", "phrase"),
    [
        (
            "instruction_depot",
            "UPDATE instruction_depot SET scelle = replace(scelle, 'OCC-2025', 'OCC-2026')",
            "le contenu conservé ne la donne plus",
        ),
        (
            "journal_entree",
            "UPDATE journal_entree SET geste = 'autre' WHERE geste = 'deposer'",
            "le journal ne porte pas ce dépôt",
        ),
        (
            "journal_entree",
            "UPDATE journal_entree SET le = le - interval '1 day' WHERE geste = 'deposer'",
            "l’entrée du journal qui le porte a changé",
        ),
        (
            "journal_entree",
            "UPDATE journal_entree SET empreinte = repeat('0', 64) WHERE rang = 1 AND chaine ~ '^dossier:'",
            "la preuve ne mène plus à la racine du journal",
        ),
    ],
    ids=["contenu", "geste", "entree", "voisine"],
)
def test_depot_altere_est_dit(client: Client, monde: Monde, table: str, ordre: str, phrase: str) -> None:
    sceller_le_jour()
    attendue = empreinte(monde)
    sans_garde(table)
    with connection.cursor() as curseur:
        curseur.execute(ordre, [])
        assert curseur.rowcount == 1
    html = page(client, attendue)
    assert phrase in html
    assert "fr-alert--error" in html
    assert "elle est la même" not in html


def test_page_ne_change_rien(client: Client, monde: Monde) -> None:
    modeles = (Entree, Racine, Dossier, AccuseDeReception)
    avant = [list(modele.objects.order_by("pk").values()) for modele in modeles]
    page(client, empreinte(monde))
    page(client, "0" * 64)
    assert [list(modele.objects.order_by("pk").values()) for modele in modeles] == avant
    assert client.post(reverse("verifier"), {"empreinte": "0" * 64}).status_code == 405


def test_trop_d_empreintes_attendent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DebitDesVerifications, "rate", "2/min")
    statuts = [client.get(reverse("verifier"), {"empreinte": "0" * 64}).status_code for _ in range(3)]
    assert statuts == [200, 200, 429]
    assert client.get(reverse("verifier")).status_code == 200


def test_requetes_en_nombre_constant(
    client: Client, monde: Monde, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four for the answer; the others count the visitor, in the shared cache."""
    monkeypatch.setattr(DebitDesVerifications, "attente", lambda *_: 0)
    connue = empreinte(monde)
    sceller_le_jour()
    with django_assert_num_queries(4):
        page(client, connue)
    demain = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: demain)
    autre = Monde(rang=2)
    autre.deposer()
    for rang in range(40):
        inscrire(chaine=f"autre:{rang}", geste="creer", par=None, contenu={})
    sceller_le_jour()
    connue = empreinte(autre)
    with django_assert_num_queries(4):
        page(client, connue)


def test_accuse_et_pied_de_page_menent_a_la_verification(client: Client, monde: Monde) -> None:
    client.force_login(monde.porteur)
    html = client.get(reverse("dossiers:accuse", args=[monde.dossier.pk])).content.decode()
    assert f'href="{reverse("verifier")}?empreinte={empreinte(monde)}"' in html
    assert f'href="{reverse("verifier")}"' in html
