"""The INSTREAM protocol, against a server of loopback that speaks it."""

import io
import os
import socket
from pathlib import Path

import pikepdf
import pytest

from esms.socle.antivirus import AnalyseImpossible, Antivirus, Verdict, adresse_valide
from tests.esms.socle.faux_clamd import EICAR, OCTETS_MAX, faux_clamd


def pdf_qui_cache(octets: bytes) -> bytes:
    """A PDF whose page holds `octets` in a compressed stream: unseen by whoever reads its bytes."""
    tampon = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.pages[0].obj.Contents = document.make_stream(octets)
        document.save(tampon, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return tampon.getvalue()


def test_fichier_sain_est_envoye_entier_et_reconnu() -> None:
    octets = os.urandom(300_000)
    with faux_clamd(lambda octets: b"stream: OK\0") as clamd:
        flux = io.BytesIO(octets)
        flux.seek(17)
        assert Antivirus(clamd.adresse, delai=5).analyser(flux) == Verdict("")
    assert clamd.recus == [octets]


def test_fichier_vide_est_un_flux_vide() -> None:
    with faux_clamd() as clamd:
        assert Antivirus(clamd.adresse, delai=5).analyser(io.BytesIO(b"")).sain
    assert clamd.recus == [b""]


def test_virus_est_nomme() -> None:
    with faux_clamd() as clamd:
        verdict = Antivirus(clamd.adresse, delai=5).analyser(io.BytesIO(EICAR))
    assert verdict == Verdict("Eicar-Test-Signature")
    assert not verdict.sain


def test_eicar_compresse_dans_un_pdf_est_trouve() -> None:
    octets = pdf_qui_cache(EICAR)
    assert EICAR not in octets
    with faux_clamd() as clamd:
        assert (
            Antivirus(clamd.adresse, delai=5).analyser(io.BytesIO(octets)).signature == "Eicar-Test-Signature"
        )


def test_socket_unix(tmp_path: Path) -> None:
    with faux_clamd(chemin=tmp_path / "clamd.sock") as clamd:
        assert clamd.adresse == str(tmp_path / "clamd.sock")
        assert Antivirus(clamd.adresse, delai=5).analyser(io.BytesIO(b"bonjour")).sain


def test_fichier_plus_gros_que_ce_que_clamd_accepte_n_a_pas_de_verdict() -> None:
    with faux_clamd() as clamd, pytest.raises(AnalyseImpossible, match="StreamMaxLength"):
        Antivirus(clamd.adresse, delai=10).analyser(io.BytesIO(b"\0" * (OCTETS_MAX + 200_000)))


@pytest.mark.parametrize(
    ("reponse", "message"),
    [
        (b"INSTREAM: Can't allocate memory ERROR\0", "Can't allocate memory ERROR"),
        (b"UNKNOWN COMMAND\0", "UNKNOWN COMMAND"),
        (b"stream: OK", "a coupé la communication"),
        (b"", "a coupé la communication"),
        (b"stream: OKAY\0", "OKAY"),
        (b"autre: OK\0", "autre: OK"),
        (b"x" * 5000, "a coupé la communication"),
    ],
)
def test_reponse_qui_n_est_pas_un_verdict_n_est_jamais_prise_pour_un_fichier_sain(
    reponse: bytes, message: str
) -> None:
    with faux_clamd(lambda octets: reponse) as clamd, pytest.raises(AnalyseImpossible, match=message):
        Antivirus(clamd.adresse, delai=5).analyser(io.BytesIO(b"bonjour"))


def test_antivirus_muet_lasse_la_patience() -> None:
    with faux_clamd(muet=True) as clamd, pytest.raises(AnalyseImpossible, match="dans le délai"):
        Antivirus(clamd.adresse, delai=0.2).analyser(io.BytesIO(b"bonjour"))


def test_antivirus_qui_coupe_au_milieu() -> None:
    with (
        faux_clamd(coupe_apres=100_000) as clamd,
        pytest.raises(AnalyseImpossible, match="coupé la communication"),
    ):
        Antivirus(clamd.adresse, delai=5).analyser(io.BytesIO(b"\0" * 4_000_000))


def test_antivirus_absent() -> None:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    with pytest.raises(AnalyseImpossible, match="injoignable"):
        Antivirus(f"127.0.0.1:{port}", delai=1).analyser(io.BytesIO(b"bonjour"))


def test_socket_unix_absent(tmp_path: Path) -> None:
    with pytest.raises(AnalyseImpossible, match="injoignable"):
        Antivirus(str(tmp_path / "absent.sock"), delai=1).analyser(io.BytesIO(b"bonjour"))


@pytest.mark.parametrize(
    ("adresse", "valide"),
    [
        ("127.0.0.1:3310", True),
        ("[::1]:3310", True),
        ("/run/clamav/clamd.ctl", True),
        ("clamd", False),
        (":3310", False),
        ("clamd:trois", False),
        ("", False),
    ],
)
def test_adresse_de_l_antivirus(adresse: str, valide: bool) -> None:
    assert adresse_valide(adresse) is valide
