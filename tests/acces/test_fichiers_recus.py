"""Every place where the portal takes a file: each line of the hostile table is refused, and writes nothing.

The whole list of hostile files is played on the reader itself (tests/instruction/fichiers) and on the pieces
of a draft; here, one file per line of the table goes through each of the other doors.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from financement.models import Simulation
from grappes.models import DocumentDeCampagne, Solution
from instruction.etats import Etat
from instruction.models import DemandeDeSolde, Message, Piece, PieceDeMessage, VersionDeSection
from tests.esms.socle.test_tableurs import CLASSEUR, avec_membre
from tests.fabriques import Monde, ouvrir_session, pdf
from tests.instruction.fichiers.test_controle import HOSTILES

pytestmark = pytest.mark.django_db

UN_PAR_LIGNE = (
    "type hors liste",
    "texte nommé pdf",
    "macro Word",
    "pdf chiffré",
    "vide",
    "trop gros",
    "bombe zip",
    "image de 51 Mpx",
    "pdf à JavaScript",
    "EICAR",
)
NOMS = {
    "../../../etc/passwd.pdf": "passwd.pdf",
    "devis\u202efdp.pdf": "devisfdp.pdf",
    "n" * 300 + ".pdf": "n" * 115 + "….pdf",
    "été d’Anaïs (1).pdf": "été d’Anaïs (1).pdf",
}
# Where a form takes a file → the test that sends hostile ones there.
FORMULAIRES = {
    "PieceForm": "test_pieces (draft), ici (compléments)",
    "MessageForm": "ici",
    "DemandeDeSoldeForm": "ici",
    "DocumentForm": "ici",
    "EnvoiForm": "ici (tableurs)",
    "ImportForm": "ici (tableurs)",
    "NouvelleForm": "ici (tableurs)",
    "AjoutForm": "ici (tableurs)",
}


def _formulaires(de: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for enfant in de.__subclasses__():
        yield enfant
        yield from _formulaires(enfant)


def test_chaque_formulaire_qui_prend_un_fichier_est_eprouve() -> None:
    assert get_resolver().url_patterns  # every view, hence every form, is imported
    trouves = {
        f.__name__
        for f in _formulaires(forms.BaseForm)
        if f.__module__.split(".")[0] in {"esms", "grappes", "financement", "instruction"}
        and any(isinstance(c, forms.FileField) for c in getattr(f, "base_fields", {}).values())
    }
    assert trouves == set(FORMULAIRES)


def _lignes(*modeles: type[Model]) -> list[Any]:
    return [list(modele._default_manager.order_by("pk").values_list("pk", flat=True)) for modele in modeles]


def _page(reponse: HttpResponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def _fichier(nom: str, octets: bytes) -> SimpleUploadedFile:
    fichier = SimpleUploadedFile("x", octets)
    fichier._name = nom  # type: ignore[attr-defined]  # as a client may write it: Django cleans `name`
    return fichier


def _refuser_chacun(
    envoyer: Callable[[str, bytes], HttpResponse], modeles: tuple[type[Model], ...], disque: Any
) -> None:
    """Each file is answered with its own sentence; neither a row nor a file more."""
    avant = (_lignes(*modeles), sorted(disque.rglob("*")))
    for cas in UN_PAR_LIGNE:
        nom, octets, message = HOSTILES[cas]
        reponse = envoyer(nom, octets)
        assert (cas, reponse.status_code in (400, 422)) == (cas, True)
        assert message in _page(reponse), cas
    assert (_lignes(*modeles), sorted(disque.rglob("*"))) == avant


# --- Answers to a request for complements, messages ---


@pytest.fixture
def complements() -> Monde:
    monde = Monde(nombre=15)
    monde.amener(Etat.COMPLEMENTS_DEMANDES)
    return monde


def test_fichier_hostile_d_un_complement_et_d_un_message_n_ecrit_rien(
    complements: Monde, settings: Any
) -> None:
    monde = complements
    client = ouvrir_session(Client(), monde.porteur)
    element = monde.dossier.depot.demandes.get().elements.get()
    repondre = reverse("dossiers:joindre_complement", args=[monde.dossier.pk, element.pk])
    ecrire = reverse("dossiers:envoyer_message", args=[monde.dossier.pk])

    def en_complement(nom: str, octets: bytes) -> Any:
        return client.post(repondre, {"fichier": SimpleUploadedFile(nom, octets)})

    def en_message(nom: str, octets: bytes) -> Any:
        cle = "00000000-0000-4000-8000-000000000000"
        return client.post(
            ecrire, {"cle": cle, "texte": "Bonjour.", "fichiers": SimpleUploadedFile(nom, octets)}
        )

    _refuser_chacun(en_complement, (Piece,), settings.MEDIA_ROOT)
    _refuser_chacun(en_message, (Message, PieceDeMessage), settings.MEDIA_ROOT)


def test_nom_hostile_d_un_complement_et_d_un_message_est_nettoye(complements: Monde) -> None:
    monde = complements
    client = ouvrir_session(Client(), monde.porteur)
    element = monde.dossier.depot.demandes.get().elements.get()
    client.post(
        reverse("dossiers:joindre_complement", args=[monde.dossier.pk, element.pk]),
        {"fichier": [_fichier(nom, pdf(nom)) for nom in NOMS]},
    )
    client.post(
        reverse("dossiers:envoyer_message", args=[monde.dossier.pk]),
        {
            "cle": "00000000-0000-4000-8000-000000000000",
            "texte": "Bonjour.",
            "fichiers": [_fichier(nom, pdf(nom)) for nom in NOMS],
        },
    )
    for recus in (element.pieces.all(), PieceDeMessage.objects.all()):
        assert sorted(recus.values_list("nom", flat=True)) == sorted(NOMS.values())
        assert all(re.fullmatch(r"[a-z]+/[0-9a-f-]{36}(/[0-9a-f-]{36})?", r.fichier.name) for r in recus)


# --- Proofs of the balance ---


def test_fichier_hostile_d_une_demande_de_solde_n_ecrit_rien(settings: Any) -> None:
    monde = Monde()
    monde.amener(Etat.EN_DEPLOIEMENT)
    client = ouvrir_session(Client(), monde.porteur)
    chemin = reverse("dossiers:solde", args=[monde.dossier.pk])
    indicateurs = client.get(chemin).context["demande"].indicateurs

    def envoyer(nom: str, octets: bytes) -> Any:
        preuves = {
            f"{i.regle}-preuve": SimpleUploadedFile(f"{i.regle}.pdf", pdf(i.regle)) for i in indicateurs
        }
        preuves[f"{indicateurs[-1].regle}-preuve"] = SimpleUploadedFile(nom, octets)
        comptes = {
            f"{i.regle}-{champ}": "100" for i in indicateurs for champ in ("numerateur", "denominateur")
        }
        recapitulatif = SimpleUploadedFile("depenses.pdf", pdf("Dépenses"))
        return client.post(
            chemin,
            {
                "mesuree_le": monde.jour().isoformat(),
                "recapitulatif": recapitulatif,
                **comptes,
                **preuves,
            },
        )

    _refuser_chacun(envoyer, (DemandeDeSolde, Piece), settings.MEDIA_ROOT)


# --- Documents of a campagne ---


def test_fichier_hostile_d_une_campagne_n_ecrit_rien_et_son_nom_est_nettoye(settings: Any) -> None:
    monde = Monde()
    client = ouvrir_session(Client(), monde.administrateur)
    chemin = reverse("campagnes:publier_document", args=[monde.campagne.pk])

    def envoyer(nom: str, octets: bytes) -> Any:
        return client.post(chemin, {"titre": nom[:100], "fichier": _fichier(nom, octets)})

    _refuser_chacun(envoyer, (DocumentDeCampagne,), settings.MEDIA_ROOT)
    for nom in NOMS:
        assert envoyer(nom, pdf(nom)).status_code == 302
    publies = DocumentDeCampagne.objects.order_by("publie_le").values_list("nom", flat=True)
    assert list(publies) == list(NOMS.values())


# --- Spreadsheets: a grappe (new, or added to), a budget, the catalogue of solutions ---

TABLEURS: Mapping[str, tuple[str, bytes, str]] = {
    "type hors liste": ("g.exe", b"MZ", "n’est pas accepté"),
    "désaccord": ("g.xlsx", b"finess_et\n", "ne correspond pas à son contenu"),
    "macro": ("g.xlsx", avec_membre(CLASSEUR, "xl/vbaProject.bin", b"x"), "contient des macros"),
    "chiffré": ("g.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "mot de passe"),
    "vide": ("g.csv", b"", "est vide"),
    "octets nuls": ("g.csv", b"a;b\x00c", "octets nuls"),
    "bombe zip": (
        "g.xlsx",
        avec_membre(CLASSEUR, "xl/worksheets/sheet1.xml", b" " * (61 * 1024 * 1024)),
        "se déploie",
    ),
    "trop gros": ("g.csv", b"1" * (20 * 1024 * 1024 + 1), "dépasse 20 Mo"),
}


@pytest.mark.parametrize("porte", ["nouvelle", "ajouter", "grappe", "budget", "catalogue"])
def test_tableur_hostile_est_refuse_a_chaque_porte(porte: str) -> None:
    monde = Monde(nombre=8)
    qui = monde.administrateur if porte == "catalogue" else monde.porteur
    client = ouvrir_session(Client(), qui)
    chemin = {
        "nouvelle": reverse("simulation:nouvelle"),
        "ajouter": reverse("simulation:ajouter", args=[monde.simulation.cle]),
        "grappe": reverse("dossiers:grappe_ajouter", args=[monde.dossier.pk]),
        "budget": reverse("dossiers:budget_tableur", args=[monde.dossier.pk]),
        "catalogue": reverse("catalogue:importer"),
    }[porte]
    commun = {"aap": "occitanie-2025", "operation": "acquisition", "version": "0"}
    avant = _lignes(Simulation, Solution, VersionDeSection), monde.dossier.grappe.essms.count()
    for cas, (nom, octets, message) in TABLEURS.items():
        envoi = {**commun, "fichier": SimpleUploadedFile(nom, octets)}
        page = _page(client.post(chemin, envoi, follow=True))
        assert (cas, message in page) == (cas, True)
    assert (_lignes(Simulation, Solution, VersionDeSection), monde.dossier.grappe.essms.count()) == avant
