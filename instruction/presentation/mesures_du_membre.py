"""Where an invited organism stands on the 13 cyber measures: its own answers, who gave them, the form."""

from dataclasses import dataclass

from grappes.regles.participation import Part
from grappes.requetes_campagnes import edition_de
from instruction.forms.mesures import MesuresForm
from instruction.models import Dossier, Section
from instruction.regles.candidature import si

SECTION = "si"


@dataclass(frozen=True, slots=True)
class MesuresDuMembre:
    """Its answers; `ailleurs`: those of its own establishments that answer apart. Nothing of the others.

    `conflit`: its answers recorded meanwhile, when what was typed was refused for that.
    """

    form: MesuresForm
    siennes: tuple[si.Mesure, ...]
    commentaire: str
    repondu: si.Repondu | None
    ailleurs: tuple[si.Propre, ...]
    conflit: bool = False

    @property
    def ouvert(self) -> bool:
        """The form is shown unfolded: something in it is to be looked at."""
        return self.conflit or self.form.is_bound

    @property
    def du_porteur(self) -> bool:
        """There are answers, and they are the porteur's."""
        return bool(self.siennes or self.commentaire) and (self.repondu is None or not self.repondu.intact)


def section_des_mesures(dossier: Dossier) -> Section | None:
    """The section where they are kept, empty while nobody saved it; None where the AAP asks for none."""
    edition = edition_de(dossier.campagne)
    if edition.candidature.section(SECTION) is None or not edition.sections.si.article_cyber:
        return None
    lue = Section.objects.filter(dossier=dossier, cle=SECTION).first()
    return lue or Section(dossier=dossier, cle=SECTION)


def mesures_du_membre(
    section: Section, part: Part, form: MesuresForm | None = None, *, conflit: bool = False
) -> MesuresDuMembre:
    """What is recorded for `part`, with `form` as it was typed when it is given."""
    toutes, numeros = si.propres(section.contenu), set(part.numeros)
    sienne = next((propre for propre in toutes if propre.qui == part.finess_ej), None)
    return MesuresDuMembre(
        form or MesuresForm(finess_ej=part.finess_ej, section=section),
        sienne.mesures if sienne else (),
        sienne.commentaire if sienne else "",
        si.repondus(section.contenu).get(part.finess_ej),
        tuple(propre for propre in toutes if propre.qui in numeros),
        conflit,
    )
