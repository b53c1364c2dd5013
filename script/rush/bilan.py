"""What was answered, against what is written."""

from collections import Counter
from collections.abc import Iterator, Sequence

from grappes.models import Campagne
from instruction.models import AccuseDeReception, Depot, Dossier
from script.mesures.mesure import Mesure, p95
from script.rush.clients import Releve

MANQUANTS = "  accusés rendus dont le dépôt manque"


def perdus(releve: Releve) -> list[str]:
    """Dossiers whose porteur was given a receipt, and that the database does not hold as filed."""
    ecrits = set(
        Dossier.objects.filter(pk__in=releve.accuses, depot_courant__accuse__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return [pk for pk in releve.accuses if pk not in {str(ecrit) for ecrit in ecrits}]


def doubles(dossiers: Sequence[Dossier]) -> int:
    """Filings too many: a second one of a dossier, or of a number."""
    depots = Counter(Depot.objects.filter(dossier__in=dossiers).values_list("dossier", flat=True))
    numeros = Counter(
        AccuseDeReception.objects.filter(depot__dossier__in=dossiers).values_list("numero", flat=True)
    )
    return sum(n - 1 for n in (*depots.values(), *numeros.values()))


def trous(dossiers: Sequence[Dossier]) -> int:
    """Numbers given to nobody, from the first of these filings to the last one that the campagne gave."""
    numeros = Dossier.objects.filter(pk__in=[dossier.pk for dossier in dossiers], numero__isnull=False)
    donnes = {int(numero.rpartition("-")[2]) for numero in numeros.values_list("numero", flat=True)}
    dernier = Campagne.objects.get(pk=dossiers[0].campagne_id).dernier_numero
    return len(set(range(min(donnes, default=dernier), dernier + 1)) - donnes)


def consomme(web: float, base: float, client: float, depots: int) -> Mesure:
    """Milliseconds of processor that a filing takes on the whole machine, the porteur's own included."""
    web, base, client = (total / depots for total in (web, base, client))
    detail = f"web {web:.1f}, base {base:.1f}, client {client:.1f}"
    return Mesure("  processeur par dépôt", web + base + client, "ms", None, detail)


def mesures(releve: Releve, dossiers: Sequence[Dossier]) -> Iterator[Mesure]:
    """The account of one rush."""
    yield Mesure("  p95, de l’instant voulu à l’accusé", p95(releve.latences) * 1000, "ms", 1000)
    yield Mesure("  le plus long", max(releve.latences) * 1000, "ms")
    yield Mesure("  porteurs sans accusé au bout d’une minute", len(releve.abandons), "", 0)
    yield Mesure(MANQUANTS, len(perdus(releve)), "", 0, f"{len(releve.accuses)} rendus")
    yield Mesure("  dépôts ou numéros en double", doubles(dossiers), "", 0)
    yield Mesure("  numéros donnés à personne", trous(dossiers), "", 0)
