"""The last evening: everybody files at once, some click twice. Nothing lost, nothing twice."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence

from django.urls import reverse

from grappes.models import Campagne
from instruction.models import AccuseDeReception, Depot, Dossier
from script.mesures import processeur, volume
from script.mesures.charge import CLIENTS, consomme
from script.mesures.mesure import Mesure, p95
from script.mesures.serveur import Serveur, client_de, cookie_de, temps

BROUILLONS = 700
CHAUFFE = 16
DUREE = 15  # seconds of filing, at most
DOUBLE_CLIC = 10  # one filing in ten is sent twice at once
CIBLE = 50
CHAMPS = {"certifie": "oui"}


def deposer(serveur: Serveur) -> Iterator[Mesure]:
    """File drafts against the server for a while, then count what the base holds."""
    brouillons = volume.preparer_brouillons(BROUILLONS)
    cookie = cookie_de(client_de(volume.porteur()))
    statuts: dict[str, list[int]] = {}
    arret = time.monotonic() + DUREE + CHAUFFE

    def poster(dossier: Dossier) -> None:
        if time.monotonic() < arret:
            statut, suite = serveur.poster(reverse("dossiers:deposer", args=[dossier.pk]), CHAMPS, cookie)
            recu = statut == 302 and suite == reverse("dossiers:accuse", args=[dossier.pk])
            statuts.setdefault(str(dossier.pk), []).append(statut if not recu else 200)

    temps(poster, brouillons[:CHAUFFE], clients=CLIENTS)
    arret = time.monotonic() + DUREE
    envois = _avec_doubles_clics(brouillons[CHAUFFE:])
    with processeur.releve(serveur.pid) as lu:
        debut = time.perf_counter()
        durees = temps(poster, envois, clients=CLIENTS)
        duree = time.perf_counter() - debut
    deposes = len(statuts) - CHAUFFE
    yield Mesure(
        "dépôts par seconde",
        deposes / duree,
        "/s",
        CIBLE,
        f"{deposes} dépôts, {CLIENTS} clients",
        au_moins=True,
    )
    yield Mesure("  p95 d’un dépôt", p95(durees[: len(statuts)]), "ms", 500)
    yield consomme(lu.depense, deposes, None)
    yield from _bilan(statuts)


def _avec_doubles_clics(dossiers: Sequence[Dossier]) -> list[Dossier]:
    return [d for rang, dossier in enumerate(dossiers) for d in [dossier] * (1 if rang % DOUBLE_CLIC else 2)]


def _bilan(statuts: dict[str, list[int]]) -> Iterator[Mesure]:
    """What was answered, against what is written."""
    scelles = Depot.objects.filter(dossier__in=statuts).values_list("dossier", flat=True)
    ecrits = Counter(str(pk) for pk in scelles)
    numeros = Counter(
        AccuseDeReception.objects.filter(depot__dossier__in=statuts).values_list("numero", flat=True)
    )
    recus = [pk for pk, reponses in statuts.items() if 200 in reponses]
    perdus = sum(ecrits[pk] == 0 for pk in recus)
    doubles = sum(n - 1 for n in (*ecrits.values(), *numeros.values()))
    refus = sum(reponse != 200 for reponses in statuts.values() for reponse in reponses)
    repetes = sum(len(reponses) > 1 for reponses in statuts.values())
    yield Mesure("  dépôts perdus", perdus, "", 0, f"{len(recus)} accusés de réception rendus")
    yield Mesure("  dépôts ou numéros en double", doubles, "", 0, f"{repetes} doubles clics")
    yield Mesure("  réponses en erreur", refus, "", 0)
    campagne = Campagne.objects.get(pk=Dossier.objects.values_list("campagne", flat=True).get(pk=recus[0]))
    trous = max(int(numero.rpartition("-")[2]) for numero in numeros) - campagne.dernier_numero
    yield Mesure("  écart entre dernier numéro donné et compteur", abs(trous), "", 0)
