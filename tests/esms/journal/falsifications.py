"""What the owner of the tables can do to a journal, with the triggers off and all the hashes made again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from esms.comptes.models import Utilisateur
from esms.journal import racines
from esms.journal.actions import inscrire, sceller_le_jour
from esms.journal.chaine import sceller
from esms.journal.merkle import sommet
from esms.journal.models import Entree, Racine

MIDI = datetime(2025, 5, 5, 12, tzinfo=ZoneInfo("Europe/Paris"))
JOURS = 3


def lever_les_gardes() -> None:
    """Switch the triggers off. Undone with the transaction of the test."""
    with connection.cursor() as curseur:
        for table in ("entree", "racine"):
            curseur.execute(f"ALTER TABLE journal_{table} DISABLE TRIGGER USER")


def remplir(horloge: Callable[[datetime], None]) -> None:
    """Three days, each sealed: two entries a day in each of two dossiers. Then a day under way."""
    agent = Utilisateur.objects.create_user("agent@exemple.fr", nom="Agent")
    for jour in range(JOURS + 1):
        horloge(MIDI + timedelta(days=jour))
        for rang in (1, 2):
            for chaine in ("dossier:a", "dossier:b"):
                inscrire(chaine=chaine, geste=f"geste_{rang}", par=agent, contenu={"jour": jour})
        if jour < JOURS:
            sceller_le_jour()


def entree(rang: int, chaine: str = "dossier:a") -> Entree:
    return Entree.objects.get(chaine=chaine, rang=rang)


def changer_une_valeur() -> None:
    Entree.objects.filter(pk=entree(2).pk).update(contenu={"jour": 9})


def retirer_une_ligne() -> None:
    entree(2).delete()


def echanger_deux_lignes() -> None:
    deux, trois = entree(2), entree(3)
    Entree.objects.filter(pk=deux.pk).update(rang=99)
    Entree.objects.filter(pk=trois.pk).update(rang=2)
    Entree.objects.filter(pk=deux.pk).update(rang=3)


def antidater() -> None:
    Entree.objects.filter(pk=entree(3).pk).update(le=MIDI - timedelta(days=30))


def couper_la_queue() -> None:
    """The end of a dossier, from its third day; what is left holds as a chain."""
    Entree.objects.filter(chaine="dossier:a", rang__gte=5).delete()


def recrire_la_derniere() -> None:
    fausse = entree(8)
    fausse.contenu = {"jour": 9}
    fausse.empreinte = sceller(fausse)
    fausse.save()


def recrire_le_dossier() -> None:
    """Every entry of a dossier, with other contents and hashes that hold."""
    precedente = ""
    for fausse in Entree.objects.filter(chaine="dossier:a").order_by("rang"):
        fausse.contenu, fausse.precedente = {"jour": 9}, precedente
        fausse.empreinte = precedente = sceller(fausse)
        fausse.save()


def recrire_les_racines() -> None:
    """Every root, over the entries as they are now: inside the database, nothing tells it any more."""
    precedente = ""
    for fausse in Racine.objects.order_by("rang"):
        blocs = list(racines.blocs_de(racines.feuilles(fausse.apres, fausse.jusqua)))
        fausse.nombre = sum(bloc.nombre for bloc in blocs)
        fausse.racine = sommet(bloc.hachage for bloc in blocs).hex()
        fausse.blocs = [[bloc.jusqua, bloc.hachage.hex()] for bloc in blocs]
        fausse.precedente = precedente
        fausse.empreinte = precedente = racines.sceller(fausse)
        fausse.save()


def couper_les_racines() -> None:
    """All the roots but the first."""
    Racine.objects.filter(rang__gt=1).delete()
