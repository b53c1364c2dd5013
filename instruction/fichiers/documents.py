"""PDF and images."""

import warnings
from typing import BinaryIO

import filetype
import pikepdf
from PIL import Image, UnidentifiedImageError

from instruction.fichiers.refus import CHIFFRE, DESACCORD, ILLISIBLE, FichierRefuse

PIXELS_MAX = 50 * 1000 * 1000
_ACTIFS = ("/JavaScript", "/Launch", "/RichMedia")
_JAVASCRIPT = (
    "Le PDF contient du JavaScript ou une action automatique. "
    "Imprimez-le en PDF, puis envoyez le nouveau fichier."
)


def controler_pdf(fichier: BinaryIO) -> None:
    """A PDF that opens, without password, script nor automatic launch."""
    if b"%PDF-" not in fichier.read(1024):
        raise FichierRefuse(DESACCORD.format(extension="pdf"))
    fichier.seek(0)
    try:
        with pikepdf.open(fichier) as document:
            if document.is_encrypted:
                raise FichierRefuse(CHIFFRE)
            if not len(document.pages):
                raise FichierRefuse(ILLISIBLE)
            if any(_est_actif(objet) for objet in document.objects):
                raise FichierRefuse(_JAVASCRIPT)
    except pikepdf.PasswordError as erreur:
        raise FichierRefuse(CHIFFRE) from erreur
    except pikepdf.PdfError as erreur:
        raise FichierRefuse(ILLISIBLE) from erreur


def controler_png(fichier: BinaryIO) -> None:
    """A PNG of 50 megapixels at most."""
    _controler_image(fichier, "png", "image/png")


def controler_jpg(fichier: BinaryIO) -> None:
    """A JPEG of 50 megapixels at most."""
    _controler_image(fichier, "jpg", "image/jpeg")


def _controler_image(fichier: BinaryIO, extension: str, nature: str) -> None:
    devine = filetype.guess(fichier.read(262))
    if devine is None or devine.mime != nature:
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
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as erreur:
        raise FichierRefuse(ILLISIBLE) from erreur
    if pixels > PIXELS_MAX:
        raise FichierRefuse("L’image dépasse 50\u00a0millions de pixels. Réduisez sa définition.")


def _est_actif(objet: pikepdf.Object) -> bool:
    """A dictionary, or that of a stream, with an active content at any depth of direct objects."""
    a_voir = [objet]
    while a_voir:
        courant = a_voir.pop()
        if isinstance(courant, pikepdf.Stream | pikepdf.Dictionary):
            if "/JS" in courant or "/JavaScript" in courant or str(courant.get("/S", "")) in _ACTIFS:
                return True
            a_voir += [v for v in dict(courant.items()).values() if _direct(v)]
        elif isinstance(courant, pikepdf.Array):
            a_voir += [v for v in courant if _direct(v)]
    return False


def _direct(valeur: object) -> bool:
    """Written inside its parent: an indirect object comes by itself in the list of objects."""
    return isinstance(valeur, pikepdf.Object) and not valeur.is_indirect
