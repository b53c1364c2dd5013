"""PDF and images."""

import warnings
import zipfile
from typing import BinaryIO

import filetype
import pikepdf
import pikepdf.settings
from PIL import Image

from instruction.fichiers.refus import BOMBE, CHIFFRE, DESACCORD, ILLISIBLE, OBJET, FichierRefuse

_PIXELS_JPEG, _FIN_JPEG = b"\xff\xda", b"\xff\xd9"  # markers, which pixels never hold
PIXELS_MAX = 50 * 1000 * 1000
# Bytes of one stream, once decompressed: only streams that hold objects are, a hundred times smaller when
# honest. Pictures and pages are not. Set for the whole process, before any file is read.
FLUX_MAX = 16 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=FLUX_MAX,
    png_max_memory=FLUX_MAX,
    tiff_max_memory=FLUX_MAX,
    run_length_max_memory=FLUX_MAX,
    max_stream_filters=3,
)
# Actions and annotations that do something by themselves, wherever they are; and those that a document may
# do on opening (going to a page). A link that a person clicks is neither.
_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound")
_ANNOTATIONS = ("/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")
_A_L_OUVERTURE = ("/GoTo", "/Named")
_JAVASCRIPT = (
    "Le PDF contient du JavaScript ou une action automatique. "
    "Imprimez-le en PDF, puis envoyez le nouveau fichier."
)


def controler_pdf(fichier: BinaryIO) -> None:
    """A PDF that opens, without password, script nor automatic launch."""
    if not fichier.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-") or zipfile.is_zipfile(
        fichier
    ):
        raise FichierRefuse(DESACCORD.format(extension="pdf"))  # or two formats at once
    fichier.seek(0)
    try:
        with pikepdf.open(fichier) as document:
            if document.is_encrypted:
                raise FichierRefuse(CHIFFRE)
            if not len(document.pages):
                raise FichierRefuse(ILLISIBLE)
            for objet in document.objects:
                _refuser_ce_qui_agit(objet)
            if any("limit exceeded" in str(alerte) for alerte in document.get_warnings()):
                raise FichierRefuse(BOMBE)  # the objects beyond are unknown: a script may be among them
    except pikepdf.PasswordError as erreur:
        raise FichierRefuse(CHIFFRE) from erreur


def controler_png(fichier: BinaryIO) -> None:
    """A PNG of 50 megapixels at most."""
    _controler_image(fichier, "png", "image/png")


def controler_jpg(fichier: BinaryIO) -> None:
    """A JPEG of 50 megapixels at most."""
    _controler_image(fichier, "jpg", "image/jpeg")
    fichier.seek(0)
    octets = fichier.read()
    if octets.rfind(_FIN_JPEG) < octets.rfind(_PIXELS_JPEG):  # cut: `verify` does not look that far
        raise FichierRefuse(ILLISIBLE)


def _controler_image(fichier: BinaryIO, extension: str, nature: str) -> None:
    devine = filetype.guess(fichier.read(262))
    if devine is None or devine.mime != nature or zipfile.is_zipfile(fichier):
        raise FichierRefuse(DESACCORD.format(extension=extension))
    fichier.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            with Image.open(fichier, formats=[devine.extension.replace("jpg", "jpeg")]) as image:
                pixels = image.width * image.height
                image.verify()
    except Image.DecompressionBombError:
        pixels = PIXELS_MAX + 1
    if pixels > PIXELS_MAX:
        raise FichierRefuse("L’image dépasse 50\u00a0millions de pixels. Réduisez sa définition.")


def _refuser_ce_qui_agit(objet: pikepdf.Object) -> None:
    """Look at a dictionary, or that of a stream, and at the direct objects in it at any depth."""
    a_voir = [objet]
    while a_voir:
        courant = a_voir.pop()
        if isinstance(courant, pikepdf.Stream | pikepdf.Dictionary):
            if "/EF" in courant or _mot(courant, "/Type") == "/EmbeddedFile":
                raise FichierRefuse(OBJET)
            if _agit(courant):
                raise FichierRefuse(_JAVASCRIPT)
            a_voir += [v for v in dict(courant.items()).values() if _direct(v)]
        elif isinstance(courant, pikepdf.Array):
            a_voir += [v for v in courant if _direct(v)]


def _agit(dictionnaire: pikepdf.Object) -> bool:
    """A script, an active form (XFA), media that play, or an action on opening other than showing a page."""
    if any(cle in dictionnaire for cle in ("/JS", "/JavaScript", "/XFA")):
        return True
    if _mot(dictionnaire, "/S") in _ACTIONS or _mot(dictionnaire, "/Subtype") in _ANNOTATIONS:
        return True
    automatiques = [dictionnaire.get("/OpenAction"), *_valeurs(dictionnaire.get("/AA"))]
    return any(
        isinstance(action, pikepdf.Dictionary) and _mot(action, "/S") not in _A_L_OUVERTURE
        for action in automatiques
    )


def _mot(dictionnaire: pikepdf.Object, cle: str) -> str:
    """The name under this key; one that is not in UTF-8, as old French programs write, is none of ours."""
    try:
        return str(dictionnaire.get(cle, ""))
    except UnicodeDecodeError:
        return ""


def _valeurs(actions: pikepdf.Object | None) -> list[pikepdf.Object]:
    return list(dict(actions.items()).values()) if isinstance(actions, pikepdf.Dictionary) else []


def _direct(valeur: object) -> bool:
    """Written inside its parent: an indirect object comes by itself in the list of objects."""
    return isinstance(valeur, pikepdf.Object) and not valeur.is_indirect
