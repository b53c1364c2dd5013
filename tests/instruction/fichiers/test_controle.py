"""The hostile files: each refused with its own sentence, the honest ones accepted."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from random import Random

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
    communs = {"META-INF/manifest.xml": b"<manifest/>", "content.xml": b"<content/>"}
    return archive(**{"mimetype": nature.encode(), **communs, **autres})


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


def _action(nom: str) -> Callable[[pikepdf.Pdf], None]:
    def poser(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name(nom), F=pikepdf.String("cible"))

    return poser


def _fermeture(document: pikepdf.Pdf) -> None:
    document.Root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("x")))


def _xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Stream(document, b"<xdp/>"))


def _annotation(nature: str) -> Callable[[pikepdf.Pdf], None]:
    def poser(document: pikepdf.Pdf) -> None:
        notes = [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(nature))]
        document.pages[0].obj.Annots = pikepdf.Array(notes)

    return poser


def _chaine_de_17_mo(document: pikepdf.Pdf) -> None:
    """Kept apart from the pages: a hundred objects at most share a stream."""
    objets = [pikepdf.Dictionary(N=rang) for rang in range(150)] + [pikepdf.String("a" * (17 * 1024 * 1024))]
    document.Root.X = pikepdf.Array([document.make_indirect(objet) for objet in objets])


def _piece_jointe(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="a.exe")


def _ouverture_a_la_page(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def _etiquette_latine(document: pikepdf.Pdf) -> None:
    """A tag named in Latin-1, as French programs wrote; its true name is put in afterwards."""
    document.Root.StructTreeRoot = pikepdf.Dictionary(S=pikepdf.Name.LgendeXXX)


def _lien_clique(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://exemple.example"))
    lien = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    document.pages[0].obj.Annots = pikepdf.Array([lien])


def relation(nature: str, cible: str) -> dict[str, bytes]:
    texte = f'<Relationship Type="http://x/{nature}" Target="{cible}" TargetMode="External"/>'
    return {"word/_rels/settings.xml.rels": texte.encode()}


def word(autres: dict[str, bytes]) -> bytes:
    return ooxml("word/document.xml", WORD, **autres)


def avec(contenu: bytes) -> bytes:
    return word({"word/footer1.xml": contenu})


def en_utf16(membres: dict[str, bytes]) -> dict[str, bytes]:
    return {nom: contenu.decode().encode("utf-16") for nom, contenu in membres.items()}


def lien_odf(element: bytes) -> bytes:
    return odf(ODT, **{"content.xml": b"<" + element + b' xlink:href="https://exemple.example/x"/>'})


def lzma() -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_LZMA) as zip_:
        zip_.writestr("[Content_Types].xml", f'<Override ContentType="{WORD}"/>')
        zip_.writestr("word/document.xml", "<document/>")
    return tampon.getvalue()


DDE_COUPE = b"<w:fldChar w:fldCharType='begin'/><w:instrText>D</w:instrText><w:instrText>DE x</w:instrText>"
MACRO_XL4 = ooxml("xl/workbook.xml", EXCEL, **{"xl/macrosheets/s.xml": b"x"})
PDF_BOMBE = pdf_modifie(_chaine_de_17_mo, object_stream_mode=pikepdf.ObjectStreamMode.generate)
ODT_CHIFFRE = archive(mimetype=ODT.encode(), **{"META-INF/manifest.xml": b"<encryption-data/>"})
PDF_CHIFFRE = pdf_modifie(lambda d: None, encryption=pikepdf.Encryption(owner="o", user="u"))
PDF_PROTEGE = pdf_modifie(lambda d: None, encryption=pikepdf.Encryption(owner="o", user=""))
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LECTURE_MAX = 8.0  # seconds of processor
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMBE = ooxml("word/document.xml", WORD, **{"word/media/a.bin": b"\0" * (40 * 1024 * 1024)})

HONNETES = {
    "a.pdf": pdf(),
    "a.PDF": pdf("majuscules"),
    "a.docx": ooxml("word/document.xml", WORD),
    "b.docx": word(relation("hyperlink", "https://exemple.example")),
    "c.docx": word(relation("attachedTemplate", "file:///C:/Normal.dotm")),
    "e.docx": avec(b"<w:t>Voir &lt;!ENTITY x&gt;</w:t><w:instrText> TOC DDE annexe</w:instrText>"),
    "b.odt": lien_odf(b"text:a"),
    "e.pdf": pdf_modifie(_etiquette_latine).replace(b"/LgendeXXX", b"/L#E9gende"),
    "d.docx": avec(b"<w:t>DDE de l'Aude</w:t>"),
    "b.pdf": pdf_modifie(_ouverture_a_la_page),
    "c.pdf": pdf_modifie(_lien_clique),
    "d.pdf": b"\xef\xbb\xbf\r\n" + pdf(),
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
    "bombe pdf": ("a.pdf", PDF_BOMBE, "bombe zip"),
    "image de 51 Mpx": ("a.png", png_declare(51_000, 1_000), "50 millions de pixels"),
    "image de 4 Gpx": ("a.png", png_declare(65_000, 65_000), "50 millions de pixels"),
    "pdf qui envoie": ("a.pdf", pdf_modifie(_action("/SubmitForm")), "action automatique"),
    "pdf qui importe": ("a.pdf", pdf_modifie(_action("/ImportData")), "action automatique"),
    "pdf qui ouvre un site": ("a.pdf", pdf_modifie(_action("/URI")), "action automatique"),
    "pdf qui ouvre un autre fichier": ("a.pdf", pdf_modifie(_action("/GoToR")), "action automatique"),
    "pdf qui agit en se fermant": ("a.pdf", pdf_modifie(_fermeture), "action automatique"),
    "pdf à formulaire XFA": ("a.pdf", pdf_modifie(_xfa), "action automatique"),
    "pdf à animation": ("a.pdf", pdf_modifie(_annotation("/RichMedia")), "action automatique"),
    "pdf à pièce jointe": ("a.pdf", pdf_modifie(_piece_jointe), "fichier incorporé"),
    "pdf qui est aussi une page web": ("a.pdf", b"<html><script>" + pdf(), "ne correspond pas"),
    "pdf qui est aussi une archive": ("a.pdf", pdf() + archive(a=b"1"), "ne correspond pas"),
    "png qui est aussi une archive": ("a.png", image("PNG") + archive(a=b"1"), "ne correspond pas"),
    "macro sous un autre nom": ("a.docx", word(relation("vbaProject", "a.bin")), "une macro"),
    "macro sur événement": ("a.odt", odf(ODT, **{"content.xml": b"<script:event-listener/>"}), "une macro"),
    "objet OLE incorporé": ("a.docx", word({"word/embeddings/o.bin": OLE}), "objet ou un fichier incorporé"),
    "modèle distant": ("a.docx", word(relation("attachedTemplate", "https://x/t.dotm")), "hors du document"),
    "image sur un partage": ("a.docx", word(relation("image", "file:////x/y.png")), "hors du document"),
    "champ DDE": ("a.docx", avec(b"<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>"), "hors du document"),
    "entité XML": ("a.docx", avec(b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///x'>]>"), "hors du document"),
    "modèle de serveur": ("a.docx", word(relation("image", "file://x/t.dotm")), "hors du document"),
    "modèle d'un partage": ("a.docx", word(relation("image", r"file:///\\x\t.png")), "hors du document"),
    "adresse en références": ("a.docx", word(relation("image", "&#104;ttps://x/y.png")), "hors du document"),
    "relation déguisée": ("a.docx", word(relation('image" x:Type="/hyperlink', "ftp:x")), "hors du document"),
    "relation à chevron": ("a.docx", word(relation('image" Id="a>b', "https://x/y.png")), "hors du document"),
    "relation en UTF-16": ("a.docx", word(en_utf16(relation("image", "https://x/y"))), "hors du document"),
    "macro en UTF-16": ("a.docx", word(en_utf16(relation("vbaProject", "a.bin"))), "une macro"),
    "macro en références": ("a.docx", word(relation("vba&#80;roject", "a.bin")), "une macro"),
    "champ DDE simple": ("a.docx", avec(b"<w:fldSimple w:instr='DDEAUTO c:\\cmd'/>"), "hors du document"),
    "champ DDE coupé": ("a.docx", avec(DDE_COUPE), "hors du document"),
    "lien DDE d'un odt": ("a.odt", odf(ODT, **{"a.xml": b"<office:dde-source/>"}), "hors du document"),
    "image distante d'un odt": ("a.odt", lien_odf(b"draw:image"), "hors du document"),
    "chemin qui remonte": ("a.docx", word({"../../x": b"x"}), "endommagé"),
    "compression inconnue": ("a.docx", lzma(), "endommagé"),
    "odt sans contenu": ("a.odt", archive(mimetype=ODT.encode()), "ne correspond pas"),
    "jpg tronqué": ("a.jpg", image("JPEG", 900, 900)[:400], "endommagé"),
    "EICAR dans un docx": ("a.docx", word({"word/a.bin": EICAR}), "antivirus"),
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


@pytest.mark.parametrize("nom", HONNETES)
def test_fichier_abime_n_importe_ou_est_lu_ou_refuse(nom: str) -> None:
    hasard, entier = Random(nom), HONNETES[nom]
    for _ in range(25):
        abime = bytearray(entier)
        for _ in range(hasard.randint(1, 6)):
            abime[hasard.randrange(len(abime))] = hasard.randrange(256)
        with suppress(FichierRefuse):
            assert controler(nom, io.BytesIO(bytes(abime))).taille == len(entier)


def test_xml_fait_pour_ralentir_la_lecture_n_y_parvient_pas() -> None:
    """A pattern that looks on to the end from each of these took ninety seconds, those that stop took one."""
    debut = time.process_time()  # whoever else works
    for piege in (b"<Relationship ", b"instrText ", b"<a ", b"<Relationship '", b'<a "', b"instr="):
        controler("a.docx", io.BytesIO(avec(piege * 70_000)))
        controler("a.odt", io.BytesIO(odf(ODT, **{"content.xml": piege * 70_000})))
    assert time.process_time() - debut < LECTURE_MAX


def test_virus_a_cheval_sur_deux_blocs_est_vu() -> None:
    octets = b"%PDF-1.4\n" + b"a" * (1024 * 1024 - 40) + EICAR
    with pytest.raises(FichierRefuse, match="antivirus"):
        controler("a.pdf", io.BytesIO(octets))


def test_trace_a_cheval_sur_deux_blocs_est_vue() -> None:
    bourrage = b" " * (1024 * 1024 - 20)
    with pytest.raises(FichierRefuse, match="hors du document"):
        controler("a.docx", io.BytesIO(avec(bourrage + b"<w:instrText>DDEAUTO x</w:instrText>")))
