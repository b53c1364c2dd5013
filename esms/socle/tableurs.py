"""Spreadsheets that strangers send, and cells that strangers wrote.

Reading: CSV, XLSX and ODS, told apart by their bytes and never by the client's word; macros, encryption,
decompression bombs and grids too large are refused before the parser sees them.
Writing: no text of a user becomes a formula.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import python_calamine
import xlsxwriter

from esms.socle.grille import tient
from esms.socle.odf import lignes_ods

TAILLE_MAX = 20 * 1024 * 1024  # bytes, as sent
DEPLOYE_MAX = 60 * 1024 * 1024  # bytes, once decompressed
LIGNES_MAX = 20_000
COLONNES_MAX = 100
MEMBRES_MAX = 5_000
CELLULE_MAX = 500  # characters kept of a cell

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MIME_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
# What the reader of workbooks is given of an archive: nothing in it makes another format of it.
_PARTIE = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/.*\.(?:xml|rels)", re.IGNORECASE)
_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n")
_ENTETE_LOCAL = 30  # bytes, fixed part of a local zip header


class TableurRefuse(ValueError):
    """The file cannot be read safely; the message says why, in French, for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Rangee:
    """One line of a sheet: its number as the person sees it, and its cells as text."""

    numero: int
    cellules: tuple[str, ...]


def lire(nom: str, octets: bytes) -> list[Rangee]:
    """Rows of the first visible sheet that are not empty. Raises TableurRefuse; never partial."""
    if not octets:
        raise TableurRefuse("Ce fichier est vide.")
    if len(octets) > TAILLE_MAX:
        raise TableurRefuse("Ce fichier dépasse 20\u00a0Mo.")
    extension = PurePath(nom).suffix.lower()
    lecteur = _LECTEURS.get(extension)
    if lecteur is None:
        raise TableurRefuse(
            "Ce type de fichier n’est pas accepté\u00a0: envoyez un CSV, un XLSX ou un ODS sans macro."
        )
    rangees = []
    for numero, cellules in enumerate(lecteur(octets), start=1):
        if numero > LIGNES_MAX:
            raise TableurRefuse("Ce tableau compte plus de 20\u202f000 lignes.")
        textes = tuple(_net(cellule) for cellule in cellules[:COLONNES_MAX])
        if any(textes):
            rangees.append(Rangee(numero, textes))
    return rangees


def colonne(indice: int) -> str:
    """Letter of a column counted from 0, as spreadsheets name it."""
    lettres = ""
    reste = indice + 1
    while reste:
        reste, chiffre = divmod(reste - 1, 26)
        lettres = chr(ord("A") + chiffre) + lettres
    return lettres


def neutre(texte: str) -> str:
    """Text that no spreadsheet takes for a formula (CSV: a leading apostrophe)."""
    return f"'{texte}" if texte.startswith(_FORMULE) else texte


def ecrire_csv(lignes: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> bytes:
    """CSV that French spreadsheets open as it is: UTF-8 with BOM, semicolons, neutral cells."""
    flux = io.StringIO()
    csv.writer(flux, delimiter=";").writerows([neutre(cellule) for cellule in ligne] for ligne in lignes)
    return flux.getvalue().encode("utf-8-sig")


def classeur(flux: io.BytesIO) -> xlsxwriter.Workbook:
    """New XLSX in memory in which strings are never read as formulas, numbers or links."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    return xlsxwriter.Workbook(flux, options)


def _net(cellule: object) -> str:
    if cellule is None:
        return ""
    if isinstance(cellule, bool):
        return "oui" if cellule else "non"
    if isinstance(cellule, float) and cellule.is_integer() and abs(cellule) < 1e15:
        return str(int(cellule))
    return str(cellule).replace("\x00", "").strip()[:CELLULE_MAX]


def _lire_csv(octets: bytes) -> Iterator[list[str]]:
    if octets.startswith((b"PK\x03\x04", _OLE, b"%PDF")):
        raise TableurRefuse("L’extension de ce fichier ne correspond pas à son contenu.")
    texte = _decoder(octets)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=_separateur(texte))
    try:
        yield from lecteur
    except csv.Error as erreur:
        raise TableurRefuse(
            "Ce CSV est mal formé\u00a0: une cellule est démesurée ou un guillemet n’est pas fermé."
        ) from erreur


def _decoder(octets: bytes) -> str:
    """Text of a CSV: UTF-8 with or without BOM, UTF-16 with BOM, else Windows Latin-1."""
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodages = ["utf-16"]
    elif b"\x00" in octets:
        raise TableurRefuse("Ce fichier n’est pas un CSV\u00a0: il contient des octets nuls.")
    else:
        encodages = ["utf-8-sig", "cp1252", "latin-1"]
    for encodage in encodages:
        try:
            return octets.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise TableurRefuse("Le codage de ce CSV n’est pas reconnu\u00a0: enregistrez-le en UTF-8.")


def _separateur(texte: str) -> str:
    """The separator most used on the first lines; a semicolon when there is none."""
    debut = texte[:4096]
    return max(";\t,|", key=lambda signe: (debut.count(signe), signe == ";"))


def _lire_xlsx(octets: bytes) -> Iterator[Sequence[object]]:
    contenus = _ouvrir_archive(octets)
    if any(nom.lower().endswith("vbaproject.bin") for nom in contenus):
        raise TableurRefuse("Ce classeur contient des macros\u00a0: enregistrez-le en XLSX sans macro.")
    if "xl/workbook.xml" not in contenus:
        raise TableurRefuse("L’extension de ce fichier ne correspond pas à son contenu.")
    for contenu in contenus.values():
        # A sheet, wherever the archive keeps it.
        if b"sheetData" in contenu and not tient(contenu, lignes_max=LIGNES_MAX, colonnes_max=COLONNES_MAX):
            raise TableurRefuse(
                "Ce tableau est trop grand\u00a0: 20\u202f000 lignes et 100 colonnes au plus."
            )
    try:
        classeur_lu = python_calamine.CalamineWorkbook.from_filelike(_refaite(contenus))
        lignes = classeur_lu.get_sheet_by_index(_premiere_visible(classeur_lu)).to_python(
            skip_empty_area=False
        )
    except BaseException as erreur:
        # A panic of the Rust parser is not an Exception; anything that is neither (Ctrl-C) goes through.
        if not isinstance(erreur, Exception) and type(erreur).__name__ != "PanicException":
            raise
        raise TableurRefuse(
            "Ce classeur est abîmé ou illisible\u00a0: enregistrez-le de nouveau en XLSX."
        ) from None
    yield from lignes


def _refaite(contenus: dict[str, bytes]) -> io.BytesIO:
    """The archive again, of the very parts that were looked at.

    Two readers may disagree on the same bytes (a name twice, a second directory), and this one tries the
    other formats when a workbook does not open: it must not reach what nobody has checked.
    """
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w") as archive:
        for nom, contenu in contenus.items():
            if _PARTIE.fullmatch(nom):
                archive.writestr(nom, contenu)
    flux.seek(0)
    return flux


def _premiere_visible(classeur_lu: python_calamine.CalamineWorkbook) -> int:
    """Rank of the first sheet that the person sees; the first one when all are hidden."""
    feuilles = classeur_lu.sheets_metadata
    visibles = (
        rang for rang, f in enumerate(feuilles) if f.visible == python_calamine.SheetVisibleEnum.Visible
    )
    return next(visibles, 0)


def _lire_ods(octets: bytes) -> Iterator[list[str]]:
    contenus = _ouvrir_archive(octets)
    if not contenus.get("mimetype", b"").startswith(_MIME_ODS) or "content.xml" not in contenus:
        raise TableurRefuse("L’extension de ce fichier ne correspond pas à son contenu.")
    if b"encryption-data" in contenus.get("META-INF/manifest.xml", b""):
        raise TableurRefuse(
            "Ce fichier est protégé par un mot de passe\u00a0: enregistrez-le sans protection."
        )
    try:
        yield from lignes_ods(contenus["content.xml"], lignes_max=LIGNES_MAX, colonnes_max=COLONNES_MAX)
    except ValueError as erreur:
        raise TableurRefuse(
            "Ce classeur est abîmé ou illisible\u00a0: enregistrez-le de nouveau en ODS."
        ) from erreur


def _ouvrir_archive(octets: bytes) -> dict[str, bytes]:
    """Members of the archive, decompressed with a bound on their real size, whatever the headers claim."""
    if octets.startswith(_OLE):
        raise TableurRefuse(
            "Ce classeur est protégé par un mot de passe, ou d’un ancien format\u00a0: "
            "enregistrez-le en XLSX sans protection."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as erreur:
        raise TableurRefuse("L’extension de ce fichier ne correspond pas à son contenu.") from erreur
    if len(membres) > MEMBRES_MAX:
        raise TableurRefuse("Ce classeur est fait de trop de parties\u00a0: enregistrez-le de nouveau.")
    contenus: dict[str, bytes] = {}
    reste = DEPLOYE_MAX
    for membre in membres:
        contenus[membre.filename] = _deployer(octets, membre, reste)
        reste -= len(contenus[membre.filename])
    return contenus


def _deployer(octets: bytes, membre: zipfile.ZipInfo, limite: int) -> bytes:
    if membre.flag_bits & 1:
        raise TableurRefuse(
            "Ce fichier est protégé par un mot de passe\u00a0: enregistrez-le sans protection."
        )
    debut = membre.header_offset + _ENTETE_LOCAL
    local = octets[membre.header_offset : debut]
    debut += int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
    brut = octets[debut : debut + membre.compress_size]
    if membre.compress_type == zipfile.ZIP_STORED:
        contenu = brut
    elif membre.compress_type == zipfile.ZIP_DEFLATED:
        try:
            contenu = zlib.decompressobj(-zlib.MAX_WBITS).decompress(brut, limite + 1)
        except zlib.error as erreur:
            raise TableurRefuse("Ce classeur est abîmé\u00a0: son archive est illisible.") from erreur
    else:
        raise TableurRefuse("Ce classeur emploie une compression inconnue.")
    if len(contenu) > limite:
        raise TableurRefuse("Ce classeur se déploie en plus de 60\u00a0Mo\u00a0: il n’est pas ouvert.")
    return contenu


_LECTEURS: dict[str, Callable[[bytes], Iterator[Sequence[object]]]] = {
    ".csv": _lire_csv,
    ".txt": _lire_csv,
    ".xlsx": _lire_xlsx,
    ".ods": _lire_ods,
}
