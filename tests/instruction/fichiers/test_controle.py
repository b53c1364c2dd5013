"""The hostile files: each refused with its own sentence, the honest ones accepted."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from instruction.fichiers import TAILLE_MAX, FichierRefuse, controler
from tests.fabriques import pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def archive(**membres: bytes) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, contenu in membres.items():
            zip_.writestr(nom, contenu)
    return tampon.getvalue()


def ooxml(principal: str, nature: str, **autres: bytes) -> bytes:
    types = f'<Types><Override ContentType="{nature}"/></Types>'.encode()
    return archive(**{"[Content_Types].xml": types, principal: b"<document/>", **autres})


def odf(nature: str, **autres: bytes) -> bytes:
    return archive(**{"mimetype": nature.encode(), "META-INF/manifest.xml": b"<manifest/>", **autres})


def image(format_: str, largeur: int = 10, hauteur: int = 10) -> bytes:
    tampon = io.BytesIO()
    Image.new("L", (largeur, hauteur)).save(tampon, format_)
    return tampon.getvalue()


def png_declare(largeur: int, hauteur: int) -> bytes:
    """A PNG that announces a size without holding its pixels."""

    def bloc(nature: bytes, corps: bytes) -> bytes:
        return struct.pack(">I", len(corps)) + nature + corps + struct.pack(">I", zlib.crc32(nature + corps))

    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", zlib.compress(b"")) + bloc(b"IEND", b"")
    )


def pdf_modifie(modifier: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    tampon = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        modifier(document)
        document.save(tampon, **options)
    return tampon.getvalue()


def _javascript(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def _lancement(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))


def zip_chiffre() -> bytes:
    octets = bytearray(ooxml("word/document.xml", WORD))
    debut = octets.find(b"PK\x01\x02")
    while debut != -1:
        octets[debut + 8] |= 1
        debut = octets.find(b"PK\x01\x02", debut + 4)
    return bytes(octets)


MACRO_XL4 = ooxml("xl/workbook.xml", EXCEL, **{"xl/macrosheets/s.xml": b"x"})
ODT_CHIFFRE = archive(mimetype=ODT.encode(), **{"META-INF/manifest.xml": b"<encryption-data/>"})
PDF_CHIFFRE = pdf_modifie(lambda d: None, encryption=pikepdf.Encryption(owner="o", user="u"))
PDF_PROTEGE = pdf_modifie(lambda d: None, encryption=pikepdf.Encryption(owner="o", user=""))
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMBE = ooxml("word/document.xml", WORD, **{"word/media/a.bin": b"\0" * (40 * 1024 * 1024)})

HONNETES = {
    "a.pdf": pdf(),
    "a.PDF": pdf("majuscules"),
    "a.docx": ooxml("word/document.xml", WORD),
    "a.xlsx": ooxml("xl/workbook.xml", EXCEL),
    "a.odt": odf(ODT),
    "a.ods": odf(ODS),
    "a.png": image("PNG"),
    "a.jpg": image("JPEG"),
    "a.jpeg": image("JPEG", 20),
}
HOSTILES = {
    "type hors liste": ("a.exe", b"MZ", "n’est pas accepté"),
    "sans extension": ("candidature", pdf(), "n’est pas accepté"),
    "macro déclarée": ("a.docm", ooxml("word/document.xml", WORD), "n’est pas accepté"),
    "double extension": ("a.pdf.exe", pdf(), "n’est pas accepté"),
    "svg": ("a.svg", b"<svg onload='x'/>", "n’est pas accepté"),
    "vide": ("a.pdf", b"", "est vide"),
    "trop gros": ("a.pdf", pdf() + b"\0" * TAILLE_MAX, "dépasse 20"),
    "texte nommé pdf": ("a.pdf", b"bonjour", "ne correspond pas à son extension « .pdf »"),
    "pdf nommé docx": ("a.docx", pdf(), "ne correspond pas à son extension « .docx »"),
    "png nommé jpg": ("a.jpg", image("PNG"), "ne correspond pas à son extension « .jpg »"),
    "xlsx nommé docx": ("a.docx", ooxml("xl/workbook.xml", EXCEL), "ne correspond pas"),
    "odt nommé ods": ("a.ods", odf(ODT), "ne correspond pas"),
    "zip nommé xlsx": ("a.xlsx", archive(a=b"1"), "ne correspond pas"),
    "vieux doc nommé docx": ("a.docx", OLE + b"\0" * 512, "ne correspond pas"),
    "macro Word": ("a.docx", ooxml("word/document.xml", WORD, **{"word/vbaProject.bin": b"x"}), "une macro"),
    "macro Excel 4": ("a.xlsx", MACRO_XL4, "une macro"),
    "macro LibreOffice": ("a.odt", odf(ODT, **{"Basic/Standard/Module1.xml": b"x"}), "une macro"),
    "docx chiffré": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    "zip chiffré": ("a.docx", zip_chiffre(), "mot de passe"),
    "odt chiffré": ("a.odt", ODT_CHIFFRE, "mot de passe"),
    "pdf chiffré": ("a.pdf", PDF_CHIFFRE, "mot de passe"),
    "pdf protégé sans mot de passe": ("a.pdf", PDF_PROTEGE, "mot de passe"),
    "pdf à JavaScript": ("a.pdf", pdf_modifie(_javascript), "JavaScript"),
    "pdf qui lance un programme": ("a.pdf", pdf_modifie(_lancement), "JavaScript ou une action automatique"),
    "pdf tronqué": ("a.pdf", pdf()[:200], "endommagé"),
    "docx tronqué": ("a.docx", ooxml("word/document.xml", WORD)[:80], "endommagé"),
    "png tronqué": ("a.png", image("PNG", 300, 300)[:40], "endommagé"),
    "bombe zip": ("a.docx", BOMBE, "bombe zip"),
    "image de 51 Mpx": ("a.png", png_declare(51_000, 1_000), "50 millions de pixels"),
    "image de 4 Gpx": ("a.png", png_declare(65_000, 65_000), "50 millions de pixels"),
    "EICAR": ("a.pdf", b"%PDF-1.4\n" + EICAR, "antivirus"),
}  # fmt: skip


@pytest.mark.parametrize("nom", HONNETES)
def test_fichier_honnete_entre(nom: str) -> None:
    constat = controler(nom, io.BytesIO(HONNETES[nom]))
    assert constat.taille == len(HONNETES[nom])
    assert constat.extension == nom.split(".")[1].lower().replace("jpeg", "jpg")


@pytest.mark.parametrize("cas", HOSTILES)
def test_fichier_hostile_est_refuse_pour_sa_propre_raison(cas: str) -> None:
    nom, octets, message = HOSTILES[cas]
    with pytest.raises(FichierRefuse) as refus:
        controler(nom, io.BytesIO(octets))
    assert message in str(refus.value).replace("\u00a0", " ")


def test_virus_a_cheval_sur_deux_blocs_est_vu() -> None:
    octets = b"%PDF-1.4\n" + b"a" * (1024 * 1024 - 40) + EICAR
    with pytest.raises(FichierRefuse, match="antivirus"):
        controler("a.pdf", io.BytesIO(octets))
