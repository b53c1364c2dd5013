"""The pieces of a draft: several at once, each refusal its own, quarantine, models, certified hours."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Role
from esms.socle.televersement import ENVOI_MAX, FICHIER_MAX
from instruction.actions.piece import joindre
from instruction.etats import Etat
from instruction.fichiers.refus import VIRUS
from instruction.models import Analyse, Piece
from tests.fabriques import (
    GUADELOUPE,
    Monde,
    entree,
    organisme,
    ouvrir_session,
    pdf,
    rattacher,
    utilisateur,
)
from tests.instruction.fichiers.test_controle import HOSTILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def client(monde: Monde) -> Client:
    return entrer(monde.porteur)


def entrer(personne: Any) -> Client:
    return ouvrir_session(Client(), personne)


def adresse(monde: Monde, nom: str, *suite: Any) -> str:
    return reverse(f"dossiers:{nom}", args=[monde.dossier.pk, *suite])


def envoyer(
    client: Client, monde: Monde, *fichiers: tuple[str, bytes], code: str = "P1", **autres: Any
) -> Any:
    corps = {"fichier": [SimpleUploadedFile(nom, octets) for nom, octets in fichiers], **autres}
    return client.post(adresse(monde, "joindre", code), corps)


def jointes(monde: Monde) -> list[str]:
    return list(monde.dossier.pieces.filter(retiree_le__isnull=True).values_list("nom", flat=True))


def sur_le_disque(settings: Any) -> int:
    return sum(chemin.is_file() for chemin in settings.MEDIA_ROOT.rglob("*"))


def page_de(reponse: HttpResponse) -> str:
    """The page, its no-break spaces made plain."""
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def lire(reponse: HttpResponse) -> bytes:
    octets = b"".join(reponse.streaming_content)
    for fermer in reponse._resource_closers:
        fermer()
    return octets


# --- Several files at once --------------------------------------------------------------------------------


def test_plusieurs_fichiers_d_un_seul_envoi(monde: Monde, client: Client) -> None:
    reponse = envoyer(client, monde, ("un.pdf", pdf("1")), ("deux.pdf", pdf("2")), ("trois.pdf", pdf("3")))
    assert reponse.status_code == 302
    assert jointes(monde) == ["un.pdf", "deux.pdf", "trois.pdf"]
    assert "3 fichiers sont joints." in page_de(client.get(reponse["Location"]))


def test_les_bons_fichiers_d_un_envoi_restent_et_les_mauvais_disent_pourquoi(
    monde: Monde, client: Client, settings: Any
) -> None:
    reponse = envoyer(client, monde, ("un.pdf", pdf("1")), ("faux.pdf", b"texte"), ("vide.pdf", b""))
    page = page_de(reponse)
    assert reponse.status_code == 400
    assert "2 fichiers n’ont pas été joints" in page
    assert "« faux.pdf » : Le contenu du fichier ne correspond pas" in page
    assert "« vide.pdf » : Le fichier est vide." in page
    assert "Joint : un.pdf." in page
    assert (jointes(monde), sur_le_disque(settings)) == (["un.pdf"], 1)


def test_remplacer_par_plusieurs_retire_une_fois_et_garde_l_ancien(monde: Monde, client: Client) -> None:
    envoyer(client, monde, ("ancien.pdf", pdf("0")))
    ancien = monde.dossier.pieces.get()
    envoyer(
        client, monde, ("faux.pdf", b"x"), ("un.pdf", pdf("1")), ("deux.pdf", pdf("2")), remplace=ancien.pk
    )
    ancien.refresh_from_db()
    assert (jointes(monde), ancien.retiree_par) == (["un.pdf", "deux.pdf"], monde.porteur)
    page = page_de(client.get(adresse(monde, "pieces")))
    assert "Fichiers retirés ou remplacés" in page
    assert f"ancien.pdf</a>, retiré par {monde.porteur.nom} le " in page


def test_un_envoi_entierement_refuse_ne_remplace_rien(monde: Monde, client: Client) -> None:
    envoyer(client, monde, ("ancien.pdf", pdf("0")))
    ancien = monde.dossier.pieces.get()
    assert envoyer(client, monde, ("faux.pdf", b"x"), remplace=ancien.pk).status_code == 400
    assert jointes(monde) == ["ancien.pdf"]


def test_plus_de_dix_fichiers_a_la_fois_sont_refuses(monde: Monde, client: Client) -> None:
    reponse = envoyer(client, monde, *((f"{n}.pdf", pdf(str(n))) for n in range(11)))
    assert reponse.status_code == 400
    assert "10 fichiers au plus" in page_de(reponse)
    assert jointes(monde) == []


# --- Hostile files ----------------------------------------------------------------------------------------


def test_fichier_hostile_n_ecrit_rien_et_laisse_les_autres_pieces(
    monde: Monde, client: Client, settings: Any
) -> None:
    envoyer(client, monde, ("bonne.pdf", pdf("bonne")))
    avant = list(Piece.objects.values_list("pk", "sha256", "retiree_le"))
    for cas, (nom, octets, message) in HOSTILES.items():
        reponse = envoyer(client, monde, (nom, octets), code="P2")
        assert (cas, reponse.status_code) == (cas, 400)
        assert message in page_de(reponse), cas
    assert list(Piece.objects.values_list("pk", "sha256", "retiree_le")) == avant
    assert sur_le_disque(settings) == 1


@pytest.mark.parametrize(
    ("nom", "montre"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\autoexec.pdf", "autoexec.pdf"),
        ("devis\u202efdp.pdf", "devisfdp.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("n" * 300 + ".pdf", "n" * 115 + "….pdf"),
    ],
)
def test_nom_hostile_est_nettoye_et_ne_fait_pas_de_chemin(
    nom: str, montre: str, monde: Monde, settings: Any
) -> None:
    piece = joindre(dossier=monde.dossier, code="P1", nom=nom, fichier=io.BytesIO(pdf()), par=monde.porteur)
    assert piece.nom == montre
    assert (settings.MEDIA_ROOT / "pieces" / str(monde.dossier.pk) / str(piece.pk)).is_file()
    assert sur_le_disque(settings) == 1


def test_envoi_trop_gros_est_refuse_avant_d_etre_lu(monde: Monde, client: Client) -> None:
    class Illisible(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, tampon: Any) -> int:
            raise AssertionError("le corps est lu")

    reponse = client.generic(
        "POST",
        adresse(monde, "joindre", "P1"),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(ENVOI_MAX + 1),
        **{"wsgi.input": Illisible()},
    )
    assert reponse.status_code == 413
    assert "trop volumineux" in page_de(reponse)
    assert jointes(monde) == []


def test_fichier_enorme_n_occupe_jamais_plus_que_la_limite(
    monde: Monde, client: Client, monkeypatch: Any
) -> None:
    ecrits: list[int] = []
    controler = joindre.__globals__["controler"]

    def mesurer(nom: str, fichier: Any) -> Any:
        ecrits.append(fichier.size)
        return controler(nom, fichier)

    monkeypatch.setitem(joindre.__globals__, "controler", mesurer)
    reponse = envoyer(client, monde, ("gros.pdf", pdf() + b"\0" * (2 * FICHIER_MAX)))
    assert reponse.status_code == 400
    assert "dépasse 20 Mo" in page_de(reponse)
    assert FICHIER_MAX < ecrits[0] < FICHIER_MAX + 200_000


def test_envoi_coupe_au_milieu_ne_laisse_rien(monde: Monde, client: Client, settings: Any) -> None:
    debut = (
        b'--x\r\nContent-Disposition: form-data; name="fichier"; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + pdf()[:200]
    )
    reponse = client.generic(
        "POST", adresse(monde, "joindre", "P1"), debut, content_type="multipart/form-data; boundary=x"
    )
    assert reponse.status_code == 400
    assert (jointes(monde), sur_le_disque(settings)) == ([], 0)


def test_avertissement_sur_les_donnees_au_dessus_de_chaque_envoi(monde: Monde, client: Client) -> None:
    page = page_de(client.get(adresse(monde, "pieces")))
    assert page.count('type="file"') == page.count("Aucune donnée d’usager accompagné ne doit entrer.") == 5


def test_chaque_piece_dit_la_regle_et_l_article_qui_l_exigent(client: Client) -> None:
    contenu = entree(organisme(), 15)
    contenu["organismes"][0]["entite_nationale"] = True
    contenu["essms"][0] |= {"saad": True, "public": "DOM", "materiel": {"demande_ht": "1000"}}
    monde = Monde(contenu=contenu)
    page = page_de(entrer(monde.porteur).get(adresse(monde, "pieces")))
    for phrase in (
        'Exigée de tout projet. <span class="simu-article">règle P1, annexe 2</span>',
        '1 ESSMS d’aide à domicile. <span class="simu-article">règle F6, annexe 1</span>',
        "règle E11, art. 4.2.2",
        "règle P9a, annexe 2",
        'Facultative. <span class="simu-article">règle E19, art. 4.2.5</span>',
    ):
        assert phrase in page, phrase


def test_piece_et_section_facultatives_disent_qu_elles_n_empechent_pas_le_depot() -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    client = entrer(monde.porteur)
    taches = page_de(client.get(monde.dossier.get_absolute_url()))
    assert taches.count("Facultatif, n’empêche pas le dépôt") == 2  # equipment and planning
    occitanie = Monde()
    page = page_de(entrer(occitanie.porteur).get(adresse(occitanie, "pieces")))
    assert page.count("N’empêche pas le dépôt.") == 1  # P11


def test_piece_de_plusieurs_fichiers_compte_a_partir_d_aucun() -> None:
    contenu = entree(organisme(), 15)
    contenu["essms"][0]["materiel"] = {"demande_ht": "1000"}
    monde = Monde(contenu=contenu)
    client = entrer(monde.porteur)
    assert "Aucun fichier sur 2 attendus" in page_de(client.get(adresse(monde, "pieces")))
    envoyer(client, monde, ("un.pdf", pdf("1")), code="P9c")
    page = page_de(client.get(adresse(monde, "pieces")))
    assert "1 fichier sur 2 attendus" in page
    assert "0 fichier" not in page


# --- Quarantine -------------------------------------------------------------------------------------------


def test_fichier_en_quarantaine_compte_mais_seul_son_auteur_le_lit(monde: Monde, client: Client) -> None:
    envoyer(client, monde, ("a.pdf", pdf("a")))
    piece = monde.dossier.pieces.get()
    Piece.objects.update(analyse=Analyse.EN_ATTENTE, analyse_detail="l’antivirus est injoignable")
    collegue = entrer(rattacher(utilisateur("Claude"), Role.REDACTEUR, organisme=monde.entite.finess_ej))
    page = page_de(collegue.get(adresse(monde, "pieces")))
    assert "Jointe" in page
    assert "Analyse antivirus en cours" in page
    assert "Dernier essai : l’antivirus est injoignable" in page
    assert adresse(monde, "telecharger", piece.pk) + '"' not in page
    assert collegue.get(adresse(monde, "telecharger", piece.pk)).status_code == 404
    assert lire(client.get(adresse(monde, "telecharger", piece.pk))) == pdf("a")


def test_fichier_infecte_ne_se_telecharge_plus_et_se_dit(monde: Monde, client: Client) -> None:
    envoyer(client, monde, ("a.pdf", pdf("a")))
    piece = monde.dossier.pieces.get()
    piece.analyse, piece.analyse_detail = Analyse.INFECTEE, "Eicar-Test-Signature"
    piece.analysee_le = piece.retiree_le = piece.deposee_le
    piece.save()
    assert client.get(adresse(monde, "telecharger", piece.pk)).status_code == 404
    assert "refusé par l’antivirus (Eicar-Test-Signature)" in page_de(client.get(adresse(monde, "pieces")))
    reponse = envoyer(client, monde, ("b.pdf", pdf("a")))
    assert reponse.status_code == 400
    assert VIRUS.replace("\u00a0", " ") in page_de(reponse)


def test_agent_voit_qu_un_fichier_depose_attend_l_antivirus(monde: Monde) -> None:
    monde.amener(Etat.DEPOSE)
    piece = monde.dossier.pieces.first()
    Piece.objects.filter(pk=piece.pk).update(analyse=Analyse.EN_ATTENTE)
    inspecteur = entrer(monde.instructeur)
    page = page_de(inspecteur.get(adresse(monde, "depose")))
    assert page.count("Analyse antivirus en cours") == 1
    assert inspecteur.get(adresse(monde, "telecharger", piece.pk)).status_code == 404


def test_page_des_pieces_lit_autant_quel_que_soit_le_nombre_de_fichiers(
    monde: Monde, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    envoyer(client, monde, ("0.pdf", pdf("0")))
    client.get(adresse(monde, "pieces"))
    with django_assert_max_num_queries(20) as un:
        client.get(adresse(monde, "pieces"))
    nombre = len(un)
    envoyer(client, monde, *((f"{n}.pdf", pdf(str(n))) for n in range(1, 9)))
    client.get(adresse(monde, "pieces"))
    with django_assert_num_queries(nombre):
        client.get(adresse(monde, "pieces"))


def test_piece_d_un_autre_dossier_est_introuvable(monde: Monde, client: Client) -> None:
    assert client.get(adresse(monde, "telecharger", uuid4())).status_code == 404
