"""What the base holds beside the register: dossiers in number, then drafts ready to be filed."""

import subprocess
import sys
from collections.abc import Sequence

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.demo import comptes
from esms.demo.connexion import DOMAINE
from esms.demo.volume import copies
from instruction.etats import Etat
from instruction.models import Dossier

PREMIERS, DOSSIERS = 1_000, 5_000
AGENT = "instructeur.occitanie"
OCCITANIE = "76"
PORTEUR = f"mesures{DOMAINE}"


def agent() -> Utilisateur:
    """The instructor of the ARS that receives them all."""
    return comptes.utilisateur(AGENT)


def porteur() -> Utilisateur:
    """The person who files them all."""
    return Utilisateur.objects.get(courriel=PORTEUR)


def qui_tient(role: Role) -> Utilisateur:
    """An account of the demonstration that holds this role; a role of an ARS, in that of the dossiers."""
    decrit = next(c for c in comptes.comptes() if role in (c.role, *c.aussi) and c.ars in ("", OCCITANIE))
    return comptes.ouvrir(decrit, le=timezone.localdate(), par=None)


def porteur_d_un_organisme() -> Utilisateur:
    """A person like any other: the dossiers of one organism, the one that has the most of them."""
    organismes = Dossier.objects.order_by().values_list("organisme").annotate(nombre=Count("pk"))
    organisme, _ = organismes.order_by("-nombre", "organisme")[0]
    personne, neuve = Utilisateur.objects.get_or_create(courriel=f"un.organisme{DOMAINE}", nom="Un porteur")
    if neuve:
        Rattachement.objects.create(
            utilisateur=personne, role=Role.PORTEUR, organisme=organisme, debut=timezone.localdate()
        )
    return personne


def charger(nombre: int) -> None:
    """That many dossiers more."""
    subprocess.run(
        [sys.executable, "manage.py", "charger_volume", "--dossiers", str(nombre)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    ranger()


def preparer_brouillons(nombre: int) -> Sequence[Dossier]:
    """Complete drafts, copied from those that were filed."""
    deposes = Dossier.objects.filter(cree_par=porteur(), etat=Etat.DEPOSE, depose_par=porteur())
    patrons = [copies.lire(dossier) for dossier in deposes.order_by("cree_le", "pk")[:10]]
    connus = set(Dossier.objects.filter(etat=Etat.BROUILLON).values_list("pk", flat=True))
    copies.copier(patrons, nombre=nombre, au=timezone.now(), par=agent(), repartition=(Etat.BROUILLON,))
    ranger()
    return list(Dossier.objects.filter(etat=Etat.BROUILLON).exclude(pk__in=connus).order_by("pk"))


def plus_grand(etat: Etat) -> Dossier:
    """The dossier of the most ESSMS in this state, always the same one."""
    return Dossier.objects.filter(etat=etat).order_by("-nombre_essms", "cree_le", "pk")[0]


def ranger() -> None:
    """What autovacuum does within the minute on a server that lives on."""
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")
