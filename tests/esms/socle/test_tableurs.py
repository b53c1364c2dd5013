"""Spreadsheets of strangers: what is read right, and what is refused with a sentence of its own."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from esms.socle import tableurs
from esms.socle.odf import lignes_ods
from esms.socle.tableurs import Rangee, TableurRefuse, lire

ATTENDU = [Rangee(1, ("finess_et", "operation")), Rangee(2, ("10000123", "acquisition"))]


def xlsx(lignes: list[list[Any]]) -> bytes:
    flux = io.BytesIO()
    with xlsxwriter.Workbook(flux, {"in_memory": True}) as classeur:
        feuille = classeur.add_worksheet()
        for rang, ligne in enumerate(lignes):
            feuille.write_row(rang, 0, ligne)
    return flux.getvalue()


def ods(lignes: list[list[Any]]) -> bytes:
    document = OpenDocumentSpreadsheet()
    feuille = Table(name="Grappe")
    for ligne in lignes:
        rangee = TableRow()
        for valeur in ligne:
            nombre = isinstance(valeur, int | float)
            cellule = TableCell(valuetype="float", value=valeur) if nombre else TableCell(valuetype="string")
            cellule.addElement(P(text=str(valeur)))
            rangee.addElement(cellule)
        feuille.addElement(rangee)
    feuille.addElement(TableRow(numberrowsrepeated=1_048_000))
    document.spreadsheet.addElement(feuille)
    flux = io.BytesIO()
    document.write(flux)
    return flux.getvalue()


def avec_membre(archive: bytes, nom: str, contenu: bytes) -> bytes:
    """The same archive, one member replaced or added."""
    flux = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as ancienne,
        zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as neuve,
    ):
        for membre in ancienne.namelist():
            if membre != nom:
                neuve.writestr(membre, ancienne.read(membre))
        neuve.writestr(nom, contenu)
    return flux.getvalue()


CLASSEUR = xlsx([["finess_et", "operation"], [10000123, "acquisition"]])
CLASSEUR_ODS = ods([["finess_et", "operation"], [10000123, "acquisition"]])


@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
def test_csv_tout_separateur(separateur: str) -> None:
    texte = f"finess_et{separateur}operation\n10000123{separateur}acquisition\n"
    assert lire("grappe.csv", texte.encode()) == ATTENDU


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_tout_codage(codage: str) -> None:
    assert lire("g.csv", "finess_et;é\n".encode(codage)) == [Rangee(1, ("finess_et", "é"))]


def test_xlsx_lu_avec_son_numero_de_ligne() -> None:
    assert lire("g.xlsx", CLASSEUR) == ATTENDU
    trouee = xlsx([[""], [""], ["310000104"]])
    assert lire("g.xlsx", trouee) == [Rangee(3, ("310000104",))]


def test_ods_lu_sans_deployer_les_lignes_repetees() -> None:
    assert lire("G.ODS", CLASSEUR_ODS) == ATTENDU


def test_formule_lue_comme_sa_valeur_et_jamais_calculee() -> None:
    assert lire("g.csv", b"=1+1;@x\n") == [Rangee(1, ("=1+1", "@x"))]


@pytest.mark.parametrize(
    ("nom", "octets", "phrase"),
    [
        ("g.csv", b"", "Ce fichier est vide."),
        (
            "g.xls",
            CLASSEUR,
            "Ce type de fichier n’est pas accepté\u00a0: envoyez un CSV, un XLSX ou un ODS sans macro.",
        ),
        ("g.csv", CLASSEUR, "L’extension de ce fichier ne correspond pas à son contenu."),
        ("g.xlsx", b"finess_et\n", "L’extension de ce fichier ne correspond pas à son contenu."),
        ("g.xlsx", CLASSEUR_ODS, "L’extension de ce fichier ne correspond pas à son contenu."),
        ("g.ods", CLASSEUR, "L’extension de ce fichier ne correspond pas à son contenu."),
        ("g.csv", b"a;b\x00c", "Ce fichier n’est pas un CSV\u00a0: il contient des octets nuls."),
        (
            "g.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
            (
                "Ce classeur est protégé par un mot de passe, ou d’un ancien format\u00a0: "
                "enregistrez-le en XLSX sans protection."
            ),
        ),
        (
            "g.xlsx",
            avec_membre(CLASSEUR, "xl/vbaProject.bin", b"macro"),
            "Ce classeur contient des macros\u00a0: enregistrez-le en XLSX sans macro.",
        ),
        (
            "g.xlsx",
            avec_membre(CLASSEUR, "xl/workbook.xml", b"<pas du xml"),
            "Ce classeur est abîmé ou illisible\u00a0: enregistrez-le de nouveau en XLSX.",
        ),
        (
            "g.ods",
            avec_membre(CLASSEUR_ODS, "content.xml", b"<pas du xml"),
            "Ce classeur est abîmé ou illisible\u00a0: enregistrez-le de nouveau en ODS.",
        ),
        (
            "g.ods",
            avec_membre(CLASSEUR_ODS, "content.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
            "Ce classeur est abîmé ou illisible\u00a0: enregistrez-le de nouveau en ODS.",
        ),
        (
            "g.ods",
            avec_membre(CLASSEUR_ODS, "META-INF/manifest.xml", b"<encryption-data/>"),
            "Ce fichier est protégé par un mot de passe\u00a0: enregistrez-le sans protection.",
        ),
        (
            "g.csv",
            b"x;y\n" * 20_001,
            "Ce tableau compte plus de 20\u202f000 lignes.",
        ),
        (
            "g.csv",
            b'"' + b"x" * 200_000,
            "Ce CSV est mal formé\u00a0: une cellule est démesurée ou un guillemet n’est pas fermé.",
        ),
    ],
)
def test_tableur_hostile_refuse(nom: str, octets: bytes, phrase: str) -> None:
    with pytest.raises(TableurRefuse) as refus:
        lire(nom, octets)
    assert str(refus.value) == phrase


def test_fichier_de_plus_de_20_mo_refuse() -> None:
    with pytest.raises(TableurRefuse, match="dépasse 20"):
        lire("g.csv", b"1" * (tableurs.TAILLE_MAX + 1))


def test_bombe_zip_refusee_sans_la_deployer() -> None:
    bombe = avec_membre(CLASSEUR, "xl/worksheets/sheet1.xml", b" " * (tableurs.DEPLOYE_MAX + 1))
    assert len(bombe) < 100_000
    with pytest.raises(TableurRefuse, match="se déploie en plus de 60"):
        lire("g.xlsx", bombe)


def test_taille_annoncee_fausse_ne_trompe_pas() -> None:
    bombe = bytearray(avec_membre(CLASSEUR, "bombe", b" " * (tableurs.DEPLOYE_MAX + 1)))
    with zipfile.ZipFile(io.BytesIO(bytes(bombe))) as archive:
        annonce = archive.getinfo("bombe").file_size.to_bytes(4, "little")
    menteuse = bytes(bombe).replace(annonce, (10).to_bytes(4, "little"))
    with pytest.raises(TableurRefuse, match="se déploie en plus de 60"):
        lire("g.xlsx", menteuse)


@pytest.mark.parametrize(
    "feuille",
    [
        (
            b'<worksheet><sheetData><row r="1"><c r="A1"/></row>'
            b'<row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
        ),
        b"<worksheet><sheetData><row>" + b"<c/>" * 1000 + b"</row></sheetData></worksheet>",
        b"<worksheet><sheetData>" + b"<row/>" * 20_001 + b"</sheetData></worksheet>",
    ],
)
def test_grille_demesuree_refusee_avant_le_lecteur(feuille: bytes) -> None:
    with pytest.raises(TableurRefuse, match="Ce tableau est trop grand"):
        lire("g.xlsx", avec_membre(CLASSEUR, "xl/worksheets/sheet1.xml", feuille))


GEANTE = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="%d"><c r="%b%d"><v>1</v></c></row></sheetData></worksheet>'
)


def ailleurs(feuille: bytes, nom: str) -> bytes:
    """A workbook whose only sheet is kept where no program puts it."""
    liens = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(CLASSEUR)) as archive:
        cible = archive.read(liens).replace(b"worksheets/sheet1.xml", nom.encode())
    return avec_membre(avec_membre(CLASSEUR, liens, cible), f"xl/{nom}", feuille)


@pytest.mark.parametrize("nom", ["Worksheets/Sheet1.xml", "autre/feuille.xml", "worksheets\\sheet1.xml"])
def test_grille_demesuree_refusee_ou_qu_elle_soit(nom: str) -> None:
    with pytest.raises(TableurRefuse, match="Ce tableau est trop grand"):
        lire("g.xlsx", ailleurs(GEANTE % (1_048_576, b"XFD", 1_048_576), nom))


def test_grille_presque_vide_et_trop_etendue_est_refusee() -> None:
    with pytest.raises(TableurRefuse, match="Ce tableau est trop grand"):
        lire("g.xlsx", avec_membre(CLASSEUR, "xl/worksheets/sheet1.xml", GEANTE % (20_000, b"ZZ", 20_000)))
    large = avec_membre(CLASSEUR, "xl/worksheets/sheet1.xml", GEANTE % (30, b"ZZ", 30))
    assert [rangee.numero for rangee in lire("g.xlsx", large)] == [1]  # the hundredth column is the last read


def test_lecteur_de_classeurs_ne_se_rabat_pas_sur_un_autre_format() -> None:
    with pytest.raises(TableurRefuse, match="est abîmé ou illisible"):
        lire("g.xlsx", avec_membre(CLASSEUR_ODS, "xl/workbook.xml", b"<pas du xml"))


def test_archive_aux_milliers_de_parties_est_refusee() -> None:
    flux = io.BytesIO(CLASSEUR)
    with zipfile.ZipFile(flux, "a") as archive:
        for rang in range(tableurs.MEMBRES_MAX):
            archive.writestr(f"x{rang}", b"")
    with pytest.raises(TableurRefuse, match="trop de parties"):
        lire("g.xlsx", flux.getvalue())


def test_colonnes_nommees_comme_dans_un_tableur() -> None:
    assert [tableurs.colonne(rang) for rang in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]


def test_csv_ecrit_neutralise_les_formules() -> None:
    ecrit = tableurs.ecrire_csv([("=cmd()", "+1", "-1", "@x", "\tx", "sain")])
    assert ecrit == "\ufeff'=cmd();'+1;'-1;'@x;'\tx;sain\r\n".encode()


def test_xlsx_la_feuille_cachee_n_est_pas_lue() -> None:
    flux = io.BytesIO()
    with xlsxwriter.Workbook(flux) as livre:
        cachee, visible = livre.add_worksheet("cachee"), livre.add_worksheet("visible")
        cachee.write(0, 0, "secret")
        visible.write(0, 0, "montré")
        visible.activate()
        cachee.hide()
    assert [r.cellules for r in tableurs.lire("a.xlsx", flux.getvalue())] == [("montré",)]


@pytest.mark.parametrize("codage", ["utf-8", "utf-16", "cp037"])
def test_ods_a_entites_refuse_dans_tout_codage(codage: str) -> None:
    entites = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    declaration = f'<?xml version="1.0" encoding="{codage}"?>'
    entiere = codage == "utf-16"  # a declaration in ASCII may announce the others
    xml = (declaration + entites).encode(codage) if entiere else declaration.encode() + entites.encode(codage)
    with pytest.raises(ValueError, match=r"document type refused|unreadable XML"):
        list(lignes_ods(xml, lignes_max=10, colonnes_max=10))
