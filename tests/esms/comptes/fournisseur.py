"""A provider like ProConnect, on loopback, over real HTTP, with keys of the moment; it can be made to lie."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portail", "secret-du-portail-des-essais"
_CLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_AUTRE_CLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Fournisseur:
    """What it says of the person, and how: tests change one thing at a time."""

    emetteur: str = ""
    sub: str = "sub-de-camille"
    identite: dict[str, Any] = field(
        default_factory=lambda: {
            "email": "Camille@Asso.example",
            "given_name": "Camille",
            "usual_name": "Roux",
            "email_verified": True,
        }
    )
    jeton: dict[str, Any] = field(default_factory=dict)  # claims of the id token that replace the right ones
    infos: dict[str, Any] = field(default_factory=dict)  # the same for the userinfo
    alg_du_jeton: str = "RS256"
    mauvaise_cle: bool = False
    infos_signees: bool = True
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    demandes_de_jeton: list[dict[str, str]] = field(default_factory=list)

    def autoriser(self, adresse: str, code: str = "code-1") -> str:
        """The person agrees: the code is tied to what the portal asked, and goes back with the state."""
        demande = {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(adresse).query).items()}
        self.codes[code] = demande
        return f"/compte/proconnect/retour/?code={code}&state={demande['state']}"

    def signer(self, charge: dict[str, Any], alg: str = "RS256") -> str:
        """A JWT of this provider, or of somebody who would like to be it."""
        if alg == "none":
            return jwt.encode(charge, None, algorithm="none", headers={"kid": "k1"})
        if alg == "HS256":
            return jwt.encode(charge, SECRET + SECRET, algorithm="HS256", headers={"kid": "k1"})
        cle = _AUTRE_CLE if self.mauvaise_cle else _CLE
        return jwt.encode(charge, cle, algorithm=alg, headers={"kid": "k1"})

    def jetons(self, demande: dict[str, str]) -> dict[str, Any] | None:
        """Answer of the token endpoint; a code serves once."""
        self.demandes_de_jeton.append(demande)
        depart = self.codes.pop(demande.get("code", ""), None)
        if depart is None or demande.get("client_secret") != SECRET or not demande.get("code_verifier"):
            return None
        maintenant = int(time.time())
        charge = {
            "iss": self.emetteur,
            "aud": CLIENT,
            "sub": self.sub,
            "iat": maintenant,
            "exp": maintenant + 60,
            "nonce": depart["nonce"],
            "acr": "eidas1",
            **self.jeton,
        }
        charge = {nom: valeur for nom, valeur in charge.items() if valeur is not None}
        return {"access_token": "acces", "id_token": self.signer(charge, self.alg_du_jeton)}

    def cles(self) -> dict[str, Any]:
        """The public key."""
        publique = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_CLE.public_key()))
        return {"keys": [{**publique, "kid": "k1", "alg": "RS256", "use": "sig"}]}

    def userinfo(self) -> tuple[str, str]:
        """Body and type."""
        charge = {"iss": self.emetteur, "aud": CLIENT, "sub": self.sub, **self.identite, **self.infos}
        if self.infos_signees:
            return self.signer(charge), "application/jwt"
        return json.dumps(charge), "application/json"


@contextmanager
def ouvert() -> Iterator[Fournisseur]:
    """A provider that answers, until the end of the block."""
    fournisseur = Fournisseur()
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), _guichet(lambda: fournisseur))
    fournisseur.emetteur = f"http://127.0.0.1:{serveur.server_port}/api/v2"
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02})
    fil.start()
    yield fournisseur
    serveur.shutdown()
    serveur.server_close()
    fil.join()


def brancher(settings: Any, fournisseur: Fournisseur) -> None:
    """Make the portal sign in with this provider."""
    base = settings.PROCONNECT_EMETTEUR = fournisseur.emetteur
    settings.PROCONNECT_ACTIF = True
    settings.PROCONNECT_SORTIE = f"{base}/session/end"
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{base}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{base}/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{base}/userinfo"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{base}/jwks"


def _guichet(quel: Callable[[], Fournisseur]) -> type[BaseHTTPRequestHandler]:
    class Guichet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("/jwks"):
                self._repondre(200, json.dumps(quel().cles()), "application/json")
            elif self.headers.get("Authorization") == "Bearer acces":
                self._repondre(200, *quel().userinfo())
            else:
                self._repondre(401, "{}", "application/json")

        def do_POST(self) -> None:
            corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
            jetons = quel().jetons({nom: valeurs[0] for nom, valeurs in parse_qs(corps).items()})
            self._repondre(200 if jetons else 400, json.dumps(jetons or {}), "application/json")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _repondre(self, statut: int, corps: str, type_: str) -> None:
            self.send_response(statut)
            self.send_header("Content-Type", type_)
            self.send_header("Content-Length", str(len(corps.encode())))
            self.end_headers()
            self.wfile.write(corps.encode())

    return Guichet
