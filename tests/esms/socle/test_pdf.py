"""The PDF renderer: valid and tagged files, the same bytes twice, and nothing read outside its own table."""

import logging
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from esms.socle import pdf

GABARITS = Path(__file__).parent / "gabarits"
LE = datetime(2025, 6, 2, 9, 30, tzinfo=UTC)
HOSTILE = (
    "<img src=file:///etc/passwd> {{ settings.SECRET_KEY }} {% debug %} http://127.0.0.1:8000/ "
    "<script>1</script>"
)
outils = pytest.mark.skipif(
    not (shutil.which("qpdf") and shutil.which("pdftotext")), reason="qpdf et pdftotext ne sont pas installés"
)


@pytest.fixture
def gabarits_d_essai(settings) -> None:
    moteur = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**moteur, "DIRS": [*moteur["DIRS"], GABARITS]}]


def rendre(texte: str = "Bonjour.", adresses: tuple[str, ...] = (), titre: str = "Essai") -> bytes:
    return pdf.rendre_pdf(
        "pdf_hostile.html",
        {"texte": texte, "adresses": adresses},
        titre=titre,
        identifiant="essai-1",
        date=LE,
    )


def texte_de(octets: bytes, dossier: Path) -> str:
    fichier = dossier / "document.pdf"
    fichier.write_bytes(octets)
    sortie = subprocess.run(["pdftotext", "-layout", fichier, "-"], check=True, capture_output=True).stdout
    return sortie.decode("utf8")


@pytest.fixture
def oreille() -> Iterator[socket.socket]:
    """A loopback port that remembers whether anybody knocked."""
    with socket.create_server(("127.0.0.1", 0)) as serveur:
        serveur.setblocking(False)
        yield serveur


@outils
def test_pdf_bien_forme(gabarits_d_essai, tmp_path):
    fichier = tmp_path / "document.pdf"
    fichier.write_bytes(rendre())
    controle = subprocess.run(["qpdf", "--check", fichier], capture_output=True, check=False)
    assert (controle.returncode, controle.stderr) == (0, b"")


@outils
def test_pdf_balise_titre_et_dates_fixes(gabarits_d_essai, tmp_path):
    fichier = tmp_path / "document.pdf"
    fichier.write_bytes(rendre(titre="Convention n° 1"))
    lignes = subprocess.run(
        ["pdfinfo", fichier], check=True, capture_output=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"}
    ).stdout.decode()
    infos = dict(re.findall(r"^(.+?): +(.*)$", lignes, re.M))
    assert [
        infos[cle] for cle in ("Title", "Tagged", "CreationDate", "ModDate", "JavaScript", "Encrypted")
    ] == [
        "Convention n° 1",
        "yes",
        "Mon Jun  2 09:30:00 2025 UTC",
        "Mon Jun  2 09:30:00 2025 UTC",
        "no",
        "no",
    ]


def test_pdf_memes_octets_pour_la_meme_entree(gabarits_d_essai):
    assert rendre() == rendre()


def test_pdf_autres_octets_pour_un_autre_identifiant(gabarits_d_essai):
    communs = {"titre": "Essai", "date": LE}
    un = pdf.rendre_pdf("pdf_hostile.html", {}, identifiant="a", **communs)
    deux = pdf.rendre_pdf("pdf_hostile.html", {}, identifiant="b", **communs)
    assert un != deux


@outils
def test_pdf_texte_hostile_imprime_comme_du_texte(gabarits_d_essai, tmp_path, caplog):
    texte = texte_de(rendre(HOSTILE), tmp_path)
    assert " ".join(texte.split()).count(HOSTILE) == 1
    assert [ligne for ligne in caplog.records if ligne.name == pdf.__name__] == []


@pytest.mark.parametrize(
    "adresse",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1:{port}/secret",
        "https://127.0.0.1:{port}/secret",
        "ftp://127.0.0.1:{port}/secret",
        "data:text/css,body%7Bcolor:red%7D",
        "pdf:../base.css",
        "pdf:inconnu.css",
    ],
)
def test_pdf_adresse_hors_table_refusee_et_journalisee(gabarits_d_essai, oreille, caplog, adresse):
    adresse = adresse.format(port=oreille.getsockname()[1])
    with caplog.at_level(logging.WARNING, logger=pdf.__name__):
        octets = rendre(adresses=(adresse,))
    refus = {ligne.getMessage() for ligne in caplog.records if ligne.name == pdf.__name__}
    assert {message.casefold() for message in refus} == {
        f"Ressource refusée dans un PDF : {adresse}".casefold()
    }
    assert b"root:" not in octets
    assert b"/EmbeddedFile" not in octets
    with pytest.raises(BlockingIOError):
        oreille.accept()


@outils
def test_pdf_tres_long_texte_reste_dans_la_page(gabarits_d_essai, tmp_path):
    texte = texte_de(rendre("W" * 20_000), tmp_path)
    assert texte.count("W") == 20_000


def test_pdf_titre_sans_caractere_de_controle(gabarits_d_essai):
    assert rendre(titre="Es\x0bs\u202eai") == rendre(titre="Essai")


def test_pdf_date_sans_fuseau_refusee(gabarits_d_essai):
    with pytest.raises(ValueError, match="fuseau"):
        pdf.rendre_pdf("pdf_hostile.html", {}, titre="x", identifiant="x", date=LE.replace(tzinfo=None))


def test_pdf_gabarits_sans_echappement_leve():
    fautes = [
        fichier.name
        for fichier in pdf.DOSSIER.glob("*.html")
        if re.search(
            r"\|\s*safe|autoescape\s+off|safeseq",
            re.sub(r"{% comment %}.*?{% endcomment %}", "", fichier.read_text(), flags=re.S),
        )
    ]
    assert fautes == []


def test_pdf_sans_la_marque_de_l_etat_aucune_fonte_reservee(settings, gabarits_d_essai):
    settings.ESMS_MARQUE_ETAT = False
    pdf.ressources.cache_clear()
    try:
        noms = [nom for nom in pdf.ressources() if nom.endswith("woff2")]
        octets = rendre()
    finally:
        pdf.ressources.cache_clear()
    assert noms == []
    assert b"Marianne" not in octets
