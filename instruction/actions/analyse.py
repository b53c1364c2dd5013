"""The antivirus: each file joined waits in quarantine until it has spoken."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.courriels.actions.ecriture import ecrire
from esms.socle.antivirus import AnalyseImpossible, Antivirus, Verdict
from instruction.actions.garde import consigner, verrouiller
from instruction.etats import Etat
from instruction.models import Analyse, Dossier, Piece

DETAIL_MAX = 200  # characters, as the column
ECHECS_MAX = 3  # in a row


def antivirus() -> Antivirus | None:
    """The one of the settings (ESMS_CLAMAV); None when there is none."""
    if not settings.ESMS_CLAMAV:
        return None
    return Antivirus(settings.ESMS_CLAMAV, settings.ESMS_CLAMAV_DELAI)


def analyser(*, piece: UUID, par: Utilisateur | None) -> Analyse:
    """Ask the antivirus about one file in quarantine and write what it says; gives the state reached.

    Nothing is done for a file already analysed: played twice, it has one effect. Raises AnalyseImpossible
    when there is no verdict: the file stays in quarantine, the reason and the try are written. `par` is None:
    the portal does it by itself.
    """
    lue = Piece.objects.get(pk=piece)
    outil = antivirus()
    if not lue.en_quarantaine or outil is None:
        return Analyse(lue.analyse)
    try:
        with lue.fichier.open("rb") as octets:
            verdict = outil.analyser(octets)  # type: ignore[arg-type]  # reads as a file
    except AnalyseImpossible as impossible:
        _noter_l_essai(lue, str(impossible))
        raise
    return _ecrire_le_verdict(lue, verdict, par)


def analyser_ce_qui_attend(*, par: Utilisateur | None, depuis: timedelta = timedelta(0)) -> Counter[str]:
    """Analyse every file in quarantine for `depuis` at least, the oldest first; how many reached each state.

    Stops at the third failure in a row: the antivirus is away, and says so once.
    """
    atteints: Counter[str] = Counter()
    manques = 0
    attendent = Piece.objects.filter(
        analyse=Analyse.EN_ATTENTE, deposee_le__lte=timezone.now() - depuis
    ).order_by("deposee_le", "pk")
    for piece in attendent.values_list("pk", flat=True).iterator():
        try:
            atteints[analyser(piece=piece, par=par)] += 1
            manques = 0
        except AnalyseImpossible:
            atteints[Analyse.EN_ATTENTE] += 1
            manques += 1
        if manques == ECHECS_MAX:
            break
    return atteints


def _noter_l_essai(piece: Piece, raison: str) -> None:
    Piece.objects.filter(pk=piece.pk, analyse=Analyse.EN_ATTENTE).update(
        analyse_essais=F("analyse_essais") + 1, analyse_detail=raison[:DETAIL_MAX]
    )


@transaction.atomic
def _ecrire_le_verdict(lue: Piece, verdict: Verdict, par: Utilisateur | None) -> Analyse:
    dossier = verrouiller(lue.dossier)
    piece = Piece.objects.select_for_update(of=("self",)).select_related("deposee_par").get(pk=lue.pk)
    if not piece.en_quarantaine:
        return Analyse(piece.analyse)
    piece.analysee_le, piece.analyse_detail = timezone.now(), verdict.signature[:DETAIL_MAX]
    piece.analyse_essais += 1
    piece.analyse = Analyse.SAINE if verdict.sain else Analyse.INFECTEE
    if not verdict.sain and piece.retiree_le is None:
        piece.retiree_le = piece.analysee_le  # withdrawn by nobody: the portal isolates it
    piece.save(
        update_fields=["analyse", "analyse_detail", "analyse_essais", "analysee_le", "retiree_le"],
    )
    if not verdict.sain:
        _isoler(dossier, piece, par)
    return Analyse(piece.analyse)


def _isoler(dossier: Dossier, piece: Piece, par: Utilisateur | None) -> None:
    """Journal it, and tell who sent the file and who examines the dossier, if somebody does."""
    inscrit = {"piece": str(piece.pk), "code": piece.code, "signature": piece.analyse_detail}
    consigner(dossier, "isoler_piece", par, **inscrit)
    prevenus = {piece.deposee_par, *([dossier.instructeur] if dossier.instructeur else [])}
    ecran = "pieces" if dossier.etat == Etat.BROUILLON else "dossier"
    for personne in sorted(prevenus, key=lambda prevenue: prevenue.pk):
        ecrire(
            gabarit="piece_infectee",
            a=personne.courriel,
            destinataire=personne,
            contexte={"code": piece.code, "dossier": dossier.numero or "en brouillon"},
            lien=reverse(f"dossiers:{ecran}", args=[dossier.pk]),
            cle=f"piece-infectee:{piece.pk}:{personne.pk}",
            chaine=dossier.chaine,
            ars=dossier.campagne.ars,
        )
