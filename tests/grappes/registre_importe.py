"""A hundred establishments to import, and what an import said and left."""

from esms.journal.models import Entree
from grappes.models import EntiteJuridique, Etablissement, EtatEtablissement, ImportFiness
from tests.grappes.fichiers_finess import cellules_et, csv_et, et


def cent(jour, sans=(), **changes):
    """A hundred establishments of Haute-Garonne but those of rank `sans`; `r1={...}` changes the first."""
    rangs = [rang for rang in range(1, 101) if rang not in sans]
    return csv_et([cellules_et(et(rang), **changes.get(f"r{rang}", {})) for rang in rangs], jour)


def comptes(rapport):
    c = rapport.etablissements
    return {
        "crees": c.crees,
        "modifies": c.modifies,
        "fermes": c.fermes,
        "rouverts": c.rouverts,
        "inchanges": c.inchanges,
    }


def tout():
    return (
        list(Etablissement.objects.order_by("pk").values()),
        list(EntiteJuridique.objects.order_by("pk").values()),
        list(EtatEtablissement.objects.order_by("etablissement_id", "du").values()),
        ImportFiness.objects.count(),
        Entree.objects.count(),
    )


def etats(rang):
    return list(
        EtatEtablissement.objects.filter(etablissement_id=et(rang))
        .order_by("du")
        .values_list("du", "nom", "finess_ej", "categorie", "ferme_le")
    )
