"""The screens of the conventions: who reads what, whose gesture is open, what a stale page gets."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Role, Utilisateur
from esms.journal import securite
from esms.journal.models import Entree
from financement.models import Convention, EtatConvention, Versement
from tests.financement import mondes

pytestmark = pytest.mark.django_db
PREPAREE, EMISE, SIGNEE, _ = EtatConvention.values
PAGES = {"fiche": "conventions:convention", "document": "conventions:document"}
GESTES = {"emettre": "conventions:emettre", "signer": "conventions:signer", "verser": "conventions:verser"}
AVANT = {"emettre": PREPAREE, "signer": EMISE, "verser": SIGNEE}


@pytest.fixture
def gens(monde: mondes.Monde) -> dict[str, Utilisateur]:
    """One person per place from which somebody may knock."""
    return {
        "administrateur": monde.administrateur,
        "valideur": monde.valideur,
        "instructeur": monde.instructeur,
        "porteur": monde.porteur,
        "administrateur_ailleurs": mondes.compte("Admin Ailleurs", Role.ADMINISTRATEUR, "01"),
        "porteur_ailleurs": mondes.compte("Porteur Ailleurs", Role.PORTEUR, mondes.numero_finess(5)),
        "sans_role": Utilisateur.objects.create_user("sans.role@exemple.fr", nom="Sans Rôle"),
    }


@pytest.fixture
def client_de(gens):
    def ouvrir(qui: str) -> Client:
        client = Client()
        client.force_login(gens[qui])
        return client

    return ouvrir


def adresse(nom: str) -> str:
    return reverse({**PAGES, **GESTES}[nom], args=["CONV-OCC-2025-0001"])


def saisie(geste: str, *, ecart: int = 0, reference: str = "MANDAT 12") -> dict[str, str]:
    jour = (mondes.aujourdhui() + timedelta(days=ecart)).isoformat()
    return {
        "emettre": {},
        "signer": {"signature-le": jour},
        "verser": {"versement-le": jour, "versement-reference": reference},
    }[geste]


QUI = [
    "administrateur",
    "valideur",
    "instructeur",
    "porteur",
    "administrateur_ailleurs",
    "porteur_ailleurs",
    "sans_role",
]


@pytest.mark.parametrize(
    ("qui", "attendus"), [*((agent, 200) for agent in QUI[:4]), *((autre, 404) for autre in QUI[4:])]
)
def test_conventions_lecture_par_role(a_l_etat, client_de, qui, attendus):
    a_l_etat(SIGNEE)
    client = client_de(qui)
    assert [client.get(adresse(page)).status_code for page in PAGES] == [attendus, attendus]
    assert client.get(reverse("conventions:liste")).status_code == 200


@pytest.mark.parametrize(
    ("qui", "attendu"),
    [("administrateur", 302), *((agent, 403) for agent in QUI[1:3]), *((autre, 404) for autre in QUI[4:])],
)
@pytest.mark.parametrize("geste", GESTES)
def test_conventions_geste_par_role(a_l_etat, client_de, geste, qui, attendu):
    a_l_etat(AVANT[geste])
    avant = Entree.objects.exclude(chaine=securite.CHAINE).count()
    assert client_de(qui).post(adresse(geste), saisie(geste)).status_code == attendu
    gestes = Entree.objects.exclude(chaine=securite.CHAINE).count() - avant
    assert gestes == (1 if attendu == 302 else 0)


@pytest.mark.parametrize(("geste", "attendu"), [("emettre", 404), ("signer", 403), ("verser", 403)])
def test_conventions_geste_du_porteur_refuse(a_l_etat, client_de, geste, attendu):
    a_l_etat(AVANT[geste])
    assert client_de("porteur").post(adresse(geste), saisie(geste)).status_code == attendu
    assert Convention.objects.get().etat == AVANT[geste]


def test_conventions_le_porteur_ne_voit_rien_avant_l_emission(monde, client_de):
    client = client_de("porteur")
    assert client.get(adresse("fiche")).status_code == 404
    assert client.get(reverse("conventions:liste")).context["conventions"].paginator.count == 0


@pytest.mark.parametrize("page", ["conventions:liste", "fiche", "document", *GESTES])
def test_conventions_fermees_sans_compte(monde, client, page):
    chemin = reverse(page) if ":" in page else adresse(page)
    reponse = client.post(chemin) if page in GESTES else client.get(chemin)
    assert (reponse.status_code, reponse.headers["Location"].split("?")[0]) == (
        302,
        reverse("comptes:connexion"),
    )


@pytest.mark.parametrize("geste", GESTES)
def test_conventions_un_get_n_ecrit_jamais(monde, client_de, geste):
    assert client_de("administrateur").get(adresse(geste)).status_code == 405


@pytest.mark.parametrize(
    ("geste", "etat", "phrase"),
    [
        ("signer", PREPAREE, "et n’est pas émise."),
        ("signer", SIGNEE, "est déjà marquée signée le"),
        ("verser", EMISE, "et n’est pas signée."),
    ],
)
def test_conventions_page_depassee_repond_409(a_l_etat, client_de, geste, etat, phrase):
    a_l_etat(etat)
    reponse = client_de("administrateur").post(adresse(geste), saisie(geste))
    assert (reponse.status_code, reponse.context["retour"]) == (409, adresse("fiche"))
    assert phrase in reponse.context["message"]
    assert Convention.objects.get().etat == etat


@pytest.mark.parametrize(
    ("geste", "saisi", "champ", "erreur"),
    [
        ("signer", saisie("signer", ecart=1), "__all__", "La date de signature est dans le futur."),
        ("signer", {"signature-le": ""}, "le", "Indiquez cette date."),
        ("signer", {"signature-le": "31/02/2025"}, "le", "Cette date n’existe pas."),
        ("verser", saisie("verser", ecart=1), "__all__", "La date du versement est dans le futur."),
        ("verser", saisie("verser", reference=" "), "reference", "Indiquez la référence du paiement."),
    ],
)
def test_conventions_saisie_refusee_garde_ce_qui_est_tape(a_l_etat, client_de, geste, saisi, champ, erreur):
    a_l_etat(AVANT[geste])
    reponse = client_de("administrateur").post(adresse(geste), saisi)
    form = reponse.context["form_signature" if geste == "signer" else "form_versement"]
    assert (reponse.status_code, form.errors[champ], form.data.dict()) == (422, [erreur], saisi)
    assert Convention.objects.get().etat == AVANT[geste]
    assert Versement.objects.count() == 0


def test_conventions_du_premier_bouton_au_premier_versement(monde, client_de):
    client = client_de("administrateur")
    for geste, etat in (("emettre", EMISE), ("signer", SIGNEE), ("verser", SIGNEE)):
        page = client.get(adresse("fiche"))
        assert re.findall(r'action="(/conventions/[^"]+)"', page.content.decode()) == [adresse(geste)]
        reponse = client.post(adresse(geste), saisie(geste))
        assert (reponse.status_code, reponse.headers["Location"]) == (302, adresse("fiche"))
        assert Convention.objects.get().etat == etat
    page = client.get(adresse("fiche"))
    assert re.findall(r'action="(/conventions/[^"]+)"', page.content.decode()) == []
    assert [fait.phrase.split(" ")[:2] for fait in page.context["faits"]] == [
        ["Convention", "préparée"],
        ["Convention", "émise,"],
        ["Convention", "marquée"],
        ["Versement", "1"],
    ]


@pytest.mark.parametrize("qui", ["valideur", "instructeur", "porteur"])
def test_conventions_aucun_bouton_pour_qui_ne_gere_pas(a_l_etat, client_de, qui):
    a_l_etat(EMISE)
    page = client_de(qui).get(adresse("fiche"))
    assert re.findall(r'action="(/conventions/[^"]+)"', page.content.decode()) == []


def test_emettre_rejoue_sans_second_effet(monde, client_de):
    client = client_de("administrateur")
    for _ in range(2):
        assert client.post(adresse("emettre")).status_code == 302
    assert Entree.objects.filter(geste="emettre").count() == 1


def test_document_en_piece_jointe(a_l_etat, client_de):
    convention = a_l_etat(EMISE)
    reponse = client_de("porteur").get(adresse("document"))
    assert {
        nom: reponse.headers[nom] for nom in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="CONV-OCC-2025-0001.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert len(reponse.content) == convention.document_taille


def test_document_avant_l_emission_introuvable(monde, client_de):
    assert client_de("administrateur").get(adresse("document")).status_code == 404


@pytest.mark.parametrize("atteinte", ["remplace", "efface"])
def test_document_altere_n_est_pas_servi(a_l_etat, client_de, atteinte):
    convention = a_l_etat(EMISE)
    default_storage.delete(convention.document)
    if atteinte == "remplace":
        assert default_storage.save(convention.document, ContentFile(b"%PDF-faux")) == convention.document
    reponse = client_de("administrateur").get(adresse("document"))
    assert reponse.status_code == 409
    assert reponse.context["message"].endswith("évenez l’exploitant.")


@pytest.fixture
def trois(monde):
    for rang in (10, 20):
        mondes.preparee(mondes.grappe(monde.campagne, range(rang, rang + 2)), monde.valideur)


@pytest.mark.parametrize("etat", ["", PREPAREE, EMISE, "inconnu"])
def test_liste_filtree_par_l_adresse(trois, client_de, etat):
    page = client_de("instructeur").get(reverse("conventions:liste"), {"etat": etat})
    assert page.context["conventions"].paginator.count == (0 if etat == EMISE else 3)
    assert page.context["etat"] == ("" if etat == "inconnu" else etat)


@pytest.mark.parametrize("page", ["", "0", "999", "-1", "x"])
def test_liste_page_impossible_ramenee_a_une_vraie(trois, client_de, page):
    assert client_de("instructeur").get(reverse("conventions:liste"), {"page": page}).status_code == 200


def test_liste_paginee(trois, client_de, monkeypatch):
    monkeypatch.setattr("financement.views.convention_liste.PAR_PAGE", 2)
    client = client_de("instructeur")
    numeros = [
        [c.numero for c in client.get(reverse("conventions:liste"), {"page": n}).context["conventions"]]
        for n in (1, 2)
    ]
    assert numeros == [["CONV-OCC-2025-0003", "CONV-OCC-2025-0002"], ["CONV-OCC-2025-0001"]]


def test_liste_meme_nombre_de_requetes(monde, client_de, django_assert_num_queries):
    client = client_de("administrateur")
    client.get(reverse("conventions:liste"))
    with django_assert_num_queries(6):
        client.get(reverse("conventions:liste"))
    for rang in (10, 20):
        mondes.preparee(mondes.grappe(monde.campagne, range(rang, rang + 2)), monde.valideur)
    with django_assert_num_queries(6):
        client.get(reverse("conventions:liste"))


def test_fiche_meme_nombre_de_requetes(monde, client_de, django_assert_num_queries):
    grande = mondes.preparee(mondes.grappe(monde.campagne, range(100, 160)), monde.valideur)
    client = client_de("administrateur")
    for convention in (monde.convention, grande):
        with django_assert_num_queries(7):
            page = client.get(convention.get_absolute_url())
        assert len(page.context["lignes"]) == min(50, len(convention.plan.lignes))
