"""Office documents: zip archives whose members are looked at without being extracted."""

import zipfile
from collections.abc import Callable
from typing import BinaryIO

from instruction.fichiers.refus import (
    BOMBE,
    CHIFFRE,
    DESACCORD,
    EICAR,
    ILLISIBLE,
    MACRO,
    OBJET,
    VIRUS,
    FichierRefuse,
)
from instruction.fichiers.traces import sans_detour, trace, trace_odf

MEMBRES_MAX = 5_000
DECOMPRESSE_MAX = 300 * 1024 * 1024  # bytes
TAUX_MAX = 200  # uncompressed / compressed; a real spreadsheet stays under 60
_SEUIL_DU_TAUX = 10 * 1024 * 1024  # bytes: a small file may compress as it likes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # container of encrypted OOXML and of the old binary formats
_CHIFFREMENT_OLE = "EncryptedPackage".encode("utf-16-le")
_MACROS = ("vbaproject.bin", "/macrosheets/", "/activex/")
_MACROS_ODF = ("basic/", "scripts/")
_METHODES = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the only ones of the two standards
_BLOC = 1024 * 1024  # bytes read at once


def controler_docx(fichier: BinaryIO) -> None:
    """A text document of Office, without macro nor password."""
    _controler_ooxml(fichier, "docx", "word/document.xml", b"wordprocessingml")


def controler_xlsx(fichier: BinaryIO) -> None:
    """A spreadsheet of Office, without macro nor password."""
    _controler_ooxml(fichier, "xlsx", "xl/workbook.xml", b"spreadsheetml")


def controler_odt(fichier: BinaryIO) -> None:
    """A text document of OpenDocument, without macro nor password."""
    _controler_odf(fichier, "odt", b"application/vnd.oasis.opendocument.text")


def controler_ods(fichier: BinaryIO) -> None:
    """A spreadsheet of OpenDocument, without macro nor password."""
    _controler_odf(fichier, "ods", b"application/vnd.oasis.opendocument.spreadsheet")


def _controler_ooxml(fichier: BinaryIO, extension: str, principal: str, famille: bytes) -> None:
    with _ouvrir(fichier, extension) as archive:
        noms = {nom.lower() for nom in archive.namelist()}
        types = sans_detour(_lire(archive, "[Content_Types].xml"))
        if principal not in archive.namelist() or famille not in types:
            raise FichierRefuse(DESACCORD.format(extension=extension))
        if b"macroEnabled" in types or any(trace in f"/{nom}" for nom in noms for trace in _MACROS):
            raise FichierRefuse(MACRO)
        _verifier_les_octets(archive, trace)


def _controler_odf(fichier: BinaryIO, extension: str, nature: bytes) -> None:
    with _ouvrir(fichier, extension) as archive:
        if _lire(archive, "mimetype").strip() != nature:
            raise FichierRefuse(DESACCORD.format(extension=extension))
        if b"encryption-data" in _lire(archive, "META-INF/manifest.xml"):
            raise FichierRefuse(CHIFFRE)
        if "content.xml" not in archive.namelist():
            raise FichierRefuse(DESACCORD.format(extension=extension))
        if any(nom.lower().startswith(_MACROS_ODF) for nom in archive.namelist()):
            raise FichierRefuse(MACRO)
        _verifier_les_octets(archive, trace_odf)


def _ouvrir(fichier: BinaryIO, extension: str) -> zipfile.ZipFile:
    """The archive, once its size, its number of members and its encryption are known to be right."""
    entete = fichier.read(8)
    if entete == _OLE:
        fichier.seek(0)
        raise FichierRefuse(
            CHIFFRE if _CHIFFREMENT_OLE in fichier.read() else DESACCORD.format(extension=extension)
        )
    if not entete.startswith(b"PK"):
        raise FichierRefuse(DESACCORD.format(extension=extension))
    fichier.seek(0)
    archive = zipfile.ZipFile(fichier)
    membres = archive.infolist()
    if any(membre.flag_bits & 1 for membre in membres):
        raise FichierRefuse(CHIFFRE)
    if any(membre.compress_type not in _METHODES or ".." in membre.filename.split("/") for membre in membres):
        raise FichierRefuse(ILLISIBLE)
    gros = sum(membre.file_size for membre in membres)
    petit = sum(membre.compress_size for membre in membres) or 1
    if (
        len(membres) > MEMBRES_MAX
        or gros > DECOMPRESSE_MAX
        or (gros > _SEUIL_DU_TAUX and gros / petit > TAUX_MAX)
    ):
        raise FichierRefuse(BOMBE)
    return archive


def _lire(archive: zipfile.ZipFile, nom: str) -> bytes:
    """A small member; empty when it is missing."""
    try:
        with archive.open(nom) as membre:
            return membre.read(_BLOC)
    except KeyError:
        return b""


def _verifier_les_octets(archive: zipfile.ZipFile, suspecte: Callable[[bytes], str | None]) -> None:
    """Read every member through: broken, lying, infected or acting by itself, it is found before the reader.

    A part is looked at one block at a time, with the end of the block before: no trace hides in between.
    """
    for membre in archive.infolist():
        est_xml = membre.filename.lower().endswith((".xml", ".rels"))
        fin_precedente = b""
        with archive.open(membre) as partie:
            while bloc := partie.read(_BLOC):
                vu = fin_precedente + bloc
                if EICAR in vu:
                    raise FichierRefuse(VIRUS)
                if not fin_precedente and bloc.startswith(_OLE):
                    raise FichierRefuse(OBJET)
                if est_xml and (message := suspecte(vu)):
                    raise FichierRefuse(message)
                fin_precedente = vu[-1024:]
