"""The equipment section by POST: one table of ESSMS, filled like its first line, read in P9a and P9b."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from instruction.documents.modeles import MODELES
from instruction.regles.candidature.equipement import COMPTES
from instruction.requetes import Examen
from tests.fabriques import Monde, entree, organisme, ouvrir_session

pytestmark = pytest.mark.django_db
DEVIS = {"demande_ht": "1000.00", "demande_ttc": "1200.00"}


def demandeur(nombre: int = 3) -> Monde:
    """A small organism whose ESSMS, `nombre` of them, ask for equipment."""
    contenu = entree(organisme(), max(nombre, 3))
    contenu["organismes"][0]["essms_geres"] = 3
    for essms in contenu["essms"][:nombre]:
        essms["materiel"] = DEVIS
    return Monde(contenu=contenu)


def numeros(monde: Monde) -> list[str]:
    return [
        e.finess_et
        for e in Examen(monde.dossier, timezone.now()).resultat.projet.essms
        if e.materiel is not None
    ]


def adresse(monde: Monde) -> str:
    return reverse("dossiers:section", args=[monde.dossier.pk, "equipement"])


def saisie(numero: str, **change: str) -> dict[str, str]:
    cellules = {**dict.fromkeys(COMPTES, "4"), "wifi": "partiel", "observations": "Vétuste", **change}
    return {f"parc_{numero}_{cle}": valeur for cle, valeur in cellules.items()}


BESOIN = {
    "lignes-besoins": "1",
    "besoins-0-essms": "tous",
    "besoins-0-nature": "tablette",
    "besoins-0-quantite": "2",
    "besoins-0-ht": "500",
    "besoins-0-ttc": "600",
    "besoins-0-motif": "Saisir près de la personne",
}


def test_parc_et_besoins_s_enregistrent_et_se_relisent() -> None:
    monde = demandeur()
    client = ouvrir_session(Client(), monde.porteur)
    premier = numeros(monde)[0]
    recu = {**saisie(premier, fixes="1 200"), **BESOIN, "version": "0"}
    assert client.post(adresse(monde), recu).status_code == 302
    contenu = monde.section("equipement").contenu
    assert list(contenu["parcs"]) == [premier]
    assert contenu["parcs"][premier]["fixes"] == 1200
    assert contenu["besoins"] == [
        {
            "essms": "tous",
            "nature": "tablette",
            "quantite": 2,
            "ht": "500.00",
            "ttc": "600.00",
            "motif": "Saisir près de la personne",
        }
    ]
    page = client.get(reverse("dossiers:relecture", args=[monde.dossier.pk])).text
    assert "Saisir près de la personne" in page
    assert "Chaque ESSMS demandeur" in page


def test_remplir_comme_la_premiere_ligne_ne_touche_pas_ce_qui_est_saisi_et_n_ecrit_rien() -> None:
    monde = demandeur()
    client = ouvrir_session(Client(), monde.porteur)
    premier, deuxieme, troisieme = numeros(monde)
    recu = {**saisie(premier), f"parc_{deuxieme}_fixes": "9", "version": "0", "geste": "parcs:recopier"}
    page = client.post(adresse(monde), recu)
    assert page.status_code == 200
    form: Any = page.context["form"]
    assert [form[f"parc_{n}_fixes"].value() for n in (premier, deuxieme, troisieme)] == ["4", "9", "4"]
    assert form[f"parc_{troisieme}_wifi"].value() == "partiel"
    assert not monde.dossier.sections.filter(cle="equipement").exists()


@pytest.mark.parametrize("valeur", ["-1", "quatre", "4,5", "99999999999"])
def test_cellule_hostile_est_refusee_a_sa_place(valeur: str) -> None:
    monde = demandeur()
    client = ouvrir_session(Client(), monde.porteur)
    numero = numeros(monde)[0]
    page = client.post(adresse(monde), {**saisie(numero, fixes=valeur), "version": "0"})
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {f"parc_{numero}_fixes"}


def test_sans_demande_la_page_le_dit_et_rien_ne_manque() -> None:
    monde = Monde()
    client = ouvrir_session(Client(), monde.porteur)
    assert "il n’y a rien à saisir ici" in client.get(adresse(monde)).text
    assert Examen(monde.dossier, timezone.now()).manques_de("equipement") == ()


def test_p9a_et_p9b_reprennent_ce_qui_est_saisi() -> None:
    monde = demandeur()
    client = ouvrir_session(Client(), monde.porteur)
    premier, deuxieme, _ = numeros(monde)
    client.post(adresse(monde), {**saisie(premier), **BESOIN, "version": "0"})
    examen = Examen(monde.dossier, timezone.now())
    parc = _feuille(MODELES["P9a.xlsx"].ecrire(examen), "État du parc")
    assert parc[1][3:] == [4.0] * len(COMPTES) + ["partiel", "Vétuste"]
    assert parc[2][0] == deuxieme
    assert not any(parc[2][3:])
    demande = _feuille(MODELES["P9b.xlsx"].ecrire(examen), "Demande")
    assert len(demande) == 1 + 3 + 1
    assert demande[1][3:] == ["Tablette", 2.0, 500.0, 600.0, 1000.0, 1200.0, "Saisir près de la personne"]


def test_cinquante_essms_autant_de_requetes_que_trois() -> None:
    comptes = []
    for nombre in (3, 50):
        monde = demandeur(nombre)
        client = ouvrir_session(Client(), monde.porteur)
        client.get(adresse(monde))
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert client.get(adresse(monde)).status_code == 200
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]


def _feuille(octets: bytes, nom: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(octets)).get_sheet_by_name(nom).to_python()
