"""How often the same caller may ask the same thing: exact counters in the shared cache, and the 429 page."""

import ipaddress

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

IPV6_PAR_ABONNE = 64  # bits: one subscriber holds them all, so they count as one address


def adresse_de(request: HttpRequest) -> str:
    """Where the request comes from, behind as many proxies as the settings trust; an IPv6 by its /64."""
    ident: str = BaseThrottle().get_ident(request) or ""  # type: ignore[arg-type]
    try:
        adresse = ipaddress.ip_address(ident)
    except ValueError:
        return ident[:80]
    if isinstance(adresse, ipaddress.IPv4Address):
        return str(adresse)
    return str(ipaddress.IPv6Network((adresse, IPV6_PAR_ABONNE), strict=False))


class Debit(SimpleRateThrottle):
    """A rate per `sujet` (by default the address), counted apart for each `nom`.

    A subclass gives `nom`, and `rate` or a `scope` of the settings. Callers of one counter wait for each
    other on an advisory lock: a burst cannot slip between the reading and the writing.
    """

    nom = ""
    duration: int  # seconds, read in the rate

    def sujet(self, request: HttpRequest) -> str:
        """Who is counted."""
        return adresse_de(request)

    def get_cache_key(self, request: HttpRequest, view: object) -> str:
        """Key of the counter."""
        return f"debit:{self.nom}:{self.sujet(request)}"

    def attente(self, request: HttpRequest) -> int:
        """Count this request: 0 when it may go on, else the seconds to wait before another try."""
        with transaction.atomic():
            self._verrouiller(self.get_cache_key(request, None))
            passe = self.allow_request(request, None)  # type: ignore[arg-type]
        return 0 if passe else max(1, round(self.wait() or 1))

    def oublier(self, request: HttpRequest) -> None:
        """Give back what `attente` has just counted for this request."""
        cle = self.get_cache_key(request, None)
        with transaction.atomic():
            self._verrouiller(cle)
            histoire = self.cache.get(cle, [])
            if self.now in histoire:
                histoire.remove(self.now)
                self.cache.set(cle, histoire, self.duration)

    @staticmethod
    def _verrouiller(cle: str) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [cle])


class DebitParPersonne(Debit):
    """A rate per account: for what a signed-in person does to others, wherever it connects from."""

    def sujet(self, request: HttpRequest) -> str:
        """The account."""
        return str(request.user.pk)


def trop_de_demandes(request: HttpRequest, attente: int, phrase: str) -> HttpResponse:
    """429: `phrase` says what came too often, the page says how long to wait (`attente`, seconds)."""
    contexte = {"titre": "Trop de demandes", "phrase": phrase, "attente": en_mots(attente)}
    reponse = render(request, "429.html", contexte, status=429)
    reponse.headers["Retry-After"] = str(attente)
    return reponse


def en_mots(secondes: int) -> str:
    """« 45 secondes », « 12 minutes », « 3 heures »: in the unit that a person waits in, never too short."""
    for unite, duree in (("heure", 3600), ("minute", 60)):
        if secondes >= 2 * duree:
            return _pluriel(-(-secondes // duree), unite)
    return _pluriel(secondes, "seconde")


def _pluriel(nombre: int, unite: str) -> str:
    return f"{nombre}\u00a0{unite}{'s' if nombre > 1 else ''}"
