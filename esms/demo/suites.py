"""What the agents of the ARS do with the fictional dossiers."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

from esms.aap.grille import Critere
from esms.comptes.models import Role, Utilisateur
from esms.demo.comptes import comptes, utilisateur
from esms.demo.monde import FIXTURES
from financement.actions.convention import emettre
from grappes.requetes_campagnes import edition_de
from instruction.actions import complements, convention, decision, examen, recevabilite
from instruction.models import Dossier
from instruction.regles.complements import Demande
from instruction.regles.decision import controles_a_juger

FORTE, MOYENNE = 1, 2  # one criterion in two gets everything, the other half of its points
REFERENCE = "MANDAT-DEMO-0001"
DELAI = 10  # days given to answer


def instruire(dossier: Dossier) -> None:
    """Confirm checks and pieces, declare admissible, open the examination, score half of the grid."""
    instructeur = _agent(Role.INSTRUCTEUR, dossier)
    contenu = Dossier.objects.get(pk=dossier.pk).depot.contenu
    recevabilite.ouvrir_recevabilite(dossier=dossier, par=instructeur)
    examen.donner_avis_controles(
        dossier=dossier,
        saisies=[
            examen.SaisieControle(c["regle"], c["portee"], c["verdict"], confirme=True, motif="")
            for c in controles_a_juger(contenu["resultat"]["controles"])
        ],
        par=instructeur,
    )
    examen.donner_avis_pieces(
        dossier=dossier,
        saisies=[
            examen.SaisiePiece(piece["code"], acceptee=True, motif="")
            for piece in contenu["pieces_demandees"]
            if piece["nombre"]
        ],
        par=instructeur,
    )
    decision.recevoir(dossier=dossier, par=instructeur)
    decision.ouvrir_instruction(dossier=dossier, par=instructeur)
    criteres = _criteres(dossier)
    examen.noter(dossier=dossier, saisies=_notes(dossier, criteres[: len(criteres) // 2]), par=instructeur)


def demander_des_complements(dossier: Dossier) -> None:
    """Open the admissibility, and ask for the first piece again and for one precision."""
    instructeur = _agent(Role.INSTRUCTEUR, dossier)
    recevabilite.ouvrir_recevabilite(dossier=dossier, par=instructeur)
    piece = Dossier.objects.get(pk=dossier.pk).depot.contenu["pieces_demandees"][0]
    jour = timezone.localdate(timezone=ZoneInfo(dossier.campagne.fuseau))
    complements.demander_complements(
        dossier=dossier,
        demandes=[
            Demande("piece", piece["code"], piece["libelle"], "La deuxième page du document manque."),
            Demande("libre", "", "Calendrier de reprise des données", "Précisez qui en est responsable."),
        ],
        dernier_jour=jour + timedelta(days=DELAI),
        message="Deux points suffisent à rendre ce dossier complet.",
        par=instructeur,
    )


def inscrire_sur_la_liste(dossier: Dossier) -> None:
    """Finish the grid, then put the project first on the complementary list."""
    _finir_l_examen(dossier)
    decision.inscrire_liste_complementaire(
        dossier=dossier,
        rang=1,
        motif="Projet de qualité, au-delà de l’enveloppe disponible.",
        par=_agent(Role.VALIDEUR, dossier),
    )


def _finir_l_examen(dossier: Dossier) -> None:
    instructeur, criteres = _agent(Role.INSTRUCTEUR, dossier), _criteres(dossier)
    examen.noter(dossier=dossier, saisies=_notes(dossier, criteres[len(criteres) // 2 :]), par=instructeur)
    decision.clore_instruction(dossier=dossier, par=instructeur)


def conventionner(dossier: Dossier) -> None:
    """Finish the grid, retain the project, prepare and issue its convention."""
    valideur = _agent(Role.VALIDEUR, dossier)
    _finir_l_examen(dossier)
    decision.retenir(dossier=dossier, motif="", par=valideur)
    preparee = convention.preparer_convention(dossier=dossier, par=valideur)
    emettre(convention=preparee, par=_agent(Role.ADMINISTRATEUR, dossier))


def verser(dossier: Dossier) -> None:
    """Signed and half paid, on the day that it is at the ARS."""
    administrateur = _agent(Role.ADMINISTRATEUR, dossier)
    jour = timezone.localdate(timezone=ZoneInfo(dossier.campagne.fuseau))
    convention.constater_signature(dossier=dossier, le=jour, par=administrateur)
    convention.verser(dossier=dossier, le=jour, reference=REFERENCE, par=administrateur)


def _agent(role: Role, dossier: Dossier) -> Utilisateur:
    """Who holds the role in the ARS of the campagne."""
    trouve = next(c for c in comptes() if c.role == role and c.ars == dossier.campagne.ars)
    return utilisateur(trouve.courriel.split("@")[0])


def _criteres(dossier: Dossier) -> tuple[Critere, ...]:
    return edition_de(dossier.campagne).grille.criteres


def _notes(dossier: Dossier, criteres: Sequence[Critere]) -> Iterator[examen.SaisieNote]:
    appreciations = edition_de(dossier.campagne).grille.appreciations
    for rang, critere in enumerate(criteres):
        part = FORTE if rang % 2 == 0 else MOYENNE
        yield examen.SaisieNote(
            critere=critere.cle,
            points=critere.points / part if critere.points is not None else None,
            niveau="" if critere.points is not None else appreciations[0].cle,
            justification=_justifications()[rang % len(_justifications())],
            version=0,
        )


@lru_cache
def _justifications() -> Sequence[str]:
    with (FIXTURES / "dossiers.toml").open("rb") as fichier:
        return tuple(tomllib.load(fichier)["justifications"]["liste"])
