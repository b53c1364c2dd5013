"""Files on any storage: the local disk, memory, or an S3 bucket of loopback. Nothing asks for a path."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.db import DataError, transaction
from django.test import Client
from django.urls import reverse

from instruction.actions.analyse import analyser
from instruction.actions.piece import joindre
from instruction.etats import Etat
from instruction.models import Analyse
from tests.esms.socle.faux_clamd import faux_clamd
from tests.fabriques import Monde, ouvrir_session, pdf

pytestmark = pytest.mark.django_db
SEAU = "pieces-essais"


class FauxS3(BaseHTTPRequestHandler):
    """PUT, GET, HEAD and DELETE of objects, signed only; what the portal sent is kept on the server."""

    protocol_version = "HTTP/1.1"

    def _repondre(self, statut: int, corps: bytes = b"", **entetes: str) -> None:
        self.send_response(statut)
        for nom, valeur in {"Content-Length": str(len(corps)), **entetes}.items():
            self.send_header(nom.replace("_", "-"), valeur)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(corps)

    def _objet(self) -> str | None:
        if not self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 "):
            self._repondre(403)
            return None
        return unquote(urlsplit(self.path).path)

    def do_PUT(self) -> None:
        nom = self._objet()
        corps = self._corps()
        if nom:
            self.server.objets[nom] = corps
            self.server.droits[nom] = self.headers.get("x-amz-acl", "")
            self._repondre(200, ETag='"x"')

    def _corps(self) -> bytes:
        brut = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return brut
        corps, flux = b"", io.BytesIO(brut)
        while longueur := int(flux.readline().split(b";")[0], 16):
            corps += flux.read(longueur)
            flux.readline()
        return corps

    def do_GET(self) -> None:
        nom = self._objet()
        if nom is None:
            return
        if "delimiter" in (demande := parse_qs(urlsplit(self.path).query)):
            self._lister(demande["prefix"][0] if "prefix" in demande else "")
            return
        octets = self.server.objets.get(nom)
        if octets is None:
            self._repondre(404)
        else:
            self._repondre(200, octets, ETag='"x"', Last_Modified="Sun, 22 Nov 2026 03:00:00 GMT")

    def _lister(self, prefixe: str) -> None:
        """One folder: what S3 answers to a prefix and the delimiter « / »."""
        noms = [nom.removeprefix(f"/{SEAU}/") for nom in self.server.objets]
        suites = [nom.removeprefix(prefixe) for nom in noms if nom.startswith(prefixe)]
        dossiers = sorted({suite.partition("/")[0] for suite in suites if "/" in suite})
        corps = "".join(
            [f"<Contents><Key>{prefixe}{suite}</Key></Contents>" for suite in suites if "/" not in suite]
            + [f"<CommonPrefixes><Prefix>{prefixe}{nom}/</Prefix></CommonPrefixes>" for nom in dossiers]
        )
        self._repondre(200, f"<ListBucketResult>{corps}</ListBucketResult>".encode())

    do_HEAD = do_GET  # noqa: N815 - the name that the server calls

    def do_DELETE(self) -> None:
        nom = self._objet()
        if nom:
            self.server.objets.pop(nom, None)
            self._repondre(204)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def seau() -> Iterator[Any]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), FauxS3)
    serveur.objets, serveur.droits = {}, {}
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    fil.start()
    yield serveur
    serveur.shutdown()
    serveur.server_close()
    fil.join(5)


@pytest.fixture(params=["disque", "memoire", "s3"])
def stockage(request: Any, settings: Any) -> str:
    reglages = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if request.param == "memoire":
        reglages = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    if request.param == "s3":
        serveur = request.getfixturevalue("seau")
        reglages = {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": SEAU,
                "endpoint_url": f"http://127.0.0.1:{serveur.server_port}",
                "region_name": "eu-west-1",
                "access_key": "cle",
                "secret_key": "secret",
                "addressing_style": "path",
                "signature_version": "s3v4",
                "default_acl": "private",
                "file_overwrite": False,
            },
        }
    settings.STORAGES = {**settings.STORAGES, "default": reglages}
    return request.param


def adresse(monde: Monde, nom: str, *suite: Any) -> str:
    return reverse(f"dossiers:{nom}", args=[monde.dossier.pk, *suite])


def test_piece_se_joint_s_analyse_et_se_lit_sur_tout_stockage(stockage: str, settings: Any) -> None:
    monde = Monde()
    with faux_clamd() as serveur:
        settings.ESMS_CLAMAV = serveur.adresse
        piece = joindre(
            dossier=monde.dossier, code="P1", nom="a.pdf", fichier=io.BytesIO(pdf("a")), par=monde.porteur
        )
        assert analyser(piece=piece.pk, par=None) == Analyse.SAINE
        assert serveur.recus == [pdf("a")]
    client = ouvrir_session(Client(), monde.porteur)
    reponse = client.get(adresse(monde, "telecharger", piece.pk))
    assert b"".join(reponse.streaming_content) == pdf("a")
    for fermer in reponse._resource_closers:
        fermer()
    assert reponse["Content-Disposition"] == 'attachment; filename="a.pdf"'
    page = client.get(adresse(monde, "pieces")).content.decode()
    assert "X-Amz" not in page


def test_dossier_se_depose_sur_tout_stockage(stockage: str) -> None:
    monde = Monde()
    assert monde.amener(Etat.DEPOSE).etat == Etat.DEPOSE


def test_base_qui_refuse_ne_laisse_pas_de_fichier_dans_le_seau(
    seau: Any, request: Any, settings: Any
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": SEAU,
                "endpoint_url": f"http://127.0.0.1:{seau.server_port}",
                "access_key": "cle",
                "secret_key": "secret",
                "region_name": "eu-west-1",
                "default_acl": "private",
                "addressing_style": "path",
            },
        },
    }
    monde = Monde()
    flux = io.BytesIO(pdf("a"))
    with pytest.raises(DataError), transaction.atomic():
        joindre(dossier=monde.dossier, code="P" * 11, nom="a.pdf", fichier=flux, par=monde.porteur)
    assert seau.objets == {}
    joindre(dossier=monde.dossier, code="P1", nom="a.pdf", fichier=flux, par=monde.porteur)
    assert set(seau.droits.values()) == {"private"}
    assert list(seau.objets.values()) == [pdf("a")]
