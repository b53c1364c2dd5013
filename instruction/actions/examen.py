"""What the instructor records while examining: taking in charge, opinions on checks and pieces, scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.garde import GesteRefuse, VersionDepassee, consigner, exiger, verrouiller
from instruction.models import AvisControle, AvisPiece, Dossier, Note
from instruction.regles.notation import erreur_de_note


@dataclass(frozen=True, slots=True)
class SaisieControle:
    """Opinion on the check `regle` × `portee` (its automatic verdict: `verdict`), typed over `version`."""

    regle: str
    portee: str
    verdict: str
    confirme: bool
    motif: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class SaisiePiece:
    """Opinion on the piece `code`, typed over `version` (0: nobody had given one)."""

    code: str
    acceptee: bool
    motif: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class SaisieNote:
    """Score typed on a criterion, over the version `version`."""

    critere: str
    points: Decimal | None
    niveau: str
    justification: str
    version: int


@transaction.atomic
def attribuer(*, dossier: Dossier, par: Utilisateur) -> Dossier:
    """Take the dossier in charge; taking it again changes nothing."""
    actuel = verrouiller(dossier)
    exiger(etats.ATTRIBUER, actuel, par)
    if actuel.instructeur_id != par.pk:
        ancien = actuel.instructeur_id
        actuel.instructeur = par
        actuel.save(update_fields=["instructeur"])
        consigner(actuel, etats.ATTRIBUER.nom, par, avant=ancien)
    return actuel


@transaction.atomic
def donner_avis_controles(*, dossier: Dossier, saisies: Iterable[SaisieControle], par: Utilisateur) -> None:
    """Confirm or reverse automatic checks. Raises GesteRefuse when a reversal has no motive.

    Raises VersionDepassee when another instructor judged one of them meanwhile. Nothing is then written.
    """
    actuel = verrouiller(dossier)
    exiger(etats.VERIFIER, actuel, par)
    liste = list(saisies)
    sans_motif = [f"{s.regle} ({s.portee})" for s in liste if not s.confirme and not s.motif.strip()]
    if sans_motif:
        raise GesteRefuse(f"Un contrôle ne se renverse pas sans motif\u00a0: {', '.join(sans_motif)}.")
    connus = {(a.regle, a.portee): a for a in actuel.depot.avis_controles.all()}
    nouveaux: dict[tuple[str, str], AvisControle] = {}
    for saisie in liste:
        ancien, motif = connus.get((saisie.regle, saisie.portee)), saisie.motif.strip()
        if ancien is not None and (ancien.confirme, ancien.motif) == (saisie.confirme, motif):
            continue
        nouveaux[saisie.regle, saisie.portee] = AvisControle(
            depot=actuel.depot,
            regle=saisie.regle,
            portee=saisie.portee,
            verdict=saisie.verdict,
            confirme=saisie.confirme,
            motif=motif,
            version=_version_suivante(ancien, saisie.version),
            le=timezone.now(),
            par=par,
        )
    # A project of fifty ESSMS has a hundred checks: one statement, whatever their number.
    AvisControle.objects.bulk_create(
        nouveaux.values(),
        update_conflicts=True,
        unique_fields=["depot", "regle", "portee"],
        update_fields=["verdict", "confirme", "motif", "version", "le", "par"],
    )
    if nouveaux:
        ecrits = {
            f"{a.regle}/{a.portee}": {"confirme": a.confirme, "motif": a.motif} for a in nouveaux.values()
        }
        consigner(actuel, "donner_avis_controles", par, avis=ecrits)


@transaction.atomic
def donner_avis_pieces(*, dossier: Dossier, saisies: Iterable[SaisiePiece], par: Utilisateur) -> None:
    """Accept or refuse pieces. Raises GesteRefuse when a refusal has no motive.

    Raises VersionDepassee when another instructor judged one of them meanwhile. Nothing is then written.
    """
    actuel = verrouiller(dossier)
    exiger(etats.VERIFIER, actuel, par)
    liste = list(saisies)
    sans_motif = [s.code for s in liste if not s.acceptee and not s.motif.strip()]
    if sans_motif:
        raise GesteRefuse(f"Une pièce ne se refuse pas sans motif\u00a0: {', '.join(sans_motif)}.")
    connus = {avis.code: avis for avis in actuel.depot.avis_pieces.all()}
    nouveaux = []
    for saisie in liste:
        ancien, motif = connus.get(saisie.code), saisie.motif.strip()
        if ancien is None or (ancien.acceptee, ancien.motif) != (saisie.acceptee, motif):
            avis = AvisPiece(depot=actuel.depot, code=saisie.code, acceptee=saisie.acceptee, motif=motif)
            avis.version = _version_suivante(ancien, saisie.version)
            avis.le, avis.par = timezone.now(), par
            nouveaux.append(avis)
    AvisPiece.objects.bulk_create(
        nouveaux,
        update_conflicts=True,
        unique_fields=["depot", "code"],
        update_fields=["acceptee", "motif", "version", "le", "par"],
    )
    if nouveaux:
        ecrits = {avis.code: {"acceptee": avis.acceptee, "motif": avis.motif} for avis in nouveaux}
        consigner(actuel, "donner_avis_pieces", par, avis=ecrits)


def _version_suivante(ancien: AvisControle | AvisPiece | None, lue: int) -> int:
    """The version to write over the one read. Raises VersionDepassee when it is no longer the last."""
    if (ancien.version if ancien else 0) != lue:
        raise VersionDepassee
    return lue + 1


@transaction.atomic
def noter(*, dossier: Dossier, saisies: Iterable[SaisieNote], par: Utilisateur) -> None:
    """Save scores, complete or not. All or none.

    Raises GesteRefuse for a score the grid does not allow, VersionDepassee when another instructor saved
    the same
    criterion meanwhile.
    """
    actuel = verrouiller(dossier)
    exiger(etats.NOTER, actuel, par)
    grille = edition_de(actuel.campagne).grille
    liste = list(saisies)
    erreurs = [erreur_de_note(grille, s.critere, s.points, s.niveau) for s in liste]
    if any(erreurs):
        raise GesteRefuse(*(erreur for erreur in erreurs if erreur))
    notes = {note.critere: note for note in actuel.notes.select_for_update()}
    ecrites: dict[str, Note] = {}
    for saisie in liste:
        note = notes.get(saisie.critere) or Note(dossier=actuel, critere=saisie.critere)
        valeurs = (saisie.points, saisie.niveau, saisie.justification)
        if (note.points, note.niveau, note.justification) == valeurs:
            continue
        if note.version != saisie.version:
            raise VersionDepassee
        note.points, note.niveau, note.justification = valeurs
        note.version, note.le, note.par = note.version + 1, timezone.now(), par
        ecrites[note.critere] = note
    champs = ["points", "niveau", "justification", "version", "le", "par"]
    anciennes = [note for note in ecrites.values() if note.pk is not None]
    Note.objects.bulk_create(note for note in ecrites.values() if note.pk is None)
    Note.objects.bulk_update(anciennes, champs)
    if ecrites:
        consigner(actuel, etats.NOTER.nom, par, notes={cle: _valeurs(n) for cle, n in ecrites.items()})


def _valeurs(note: Note) -> dict[str, object]:
    return {"points": str(note.points or ""), "niveau": note.niveau, "version": note.version}
