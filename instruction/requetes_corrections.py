"""A filing as the answer to a request for complements would have it read: what is sealed, then corrections.

What the portal writes for an answer is made from this, and says so: never from the register of today, never
from anything that the filing does not hold or the answer does not seal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from esms.socle import canonique
from esms.socle.dates import instant
from financement.simulation import Resultat, evaluer, reprendre
from instruction.models import Complement, Correction, DemandeDeComplements, Dossier, Piece, Section
from instruction.regles.candidature.titres import titre
from instruction.regles.complements import HEURES, PIECE_DES_HEURES, corrigeables
from instruction.regles.produits import PRODUITS, empreinte, sections_de
from instruction.requetes import Examen

NOMS_DES_HEURES = ("total", "apa", "pch", "dependance_autre")


@dataclass(frozen=True)
class ExamenDeComplement(Examen):
    """The filed dossier, looked at as it was filed, under what one answer types again."""

    demande: DemandeDeComplements

    @classmethod
    def de(cls, dossier: Dossier, demande: DemandeDeComplements) -> Self:
        """The look of `demande` on its dossier, at the instant of the filing."""
        return cls(dossier, dossier.depose_le or demande.le, demande)

    @property
    def en_complement(self) -> bool:
        """A filed dossier, not a draft."""
        return True

    @cached_property
    def scelle(self) -> dict[str, Any]:
        """What was filed."""
        return self.demande.depot.contenu

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        """What is typed again, by key; the same as what was filed is no correction."""
        return {c.cle: c for c in self._ecrites if c.contenu != self.depose(c.cle)}

    @cached_property
    def versions(self) -> dict[str, int]:
        """How many times each was saved, whatever it says now."""
        return {correction.cle: correction.version for correction in self._ecrites}

    @cached_property
    def _ecrites(self) -> list[Correction]:
        return list(self.demande.corrections.select_related("par"))

    @property
    def corrigeables(self) -> tuple[str, ...]:
        """Keys of what this answer may type again."""
        elements = [(e.objet, e.cle) for e in self.demande.elements.all()]
        return corrigeables(elements, self.edition)

    @cached_property
    def avant(self) -> dict[str, dict[str, Any]]:
        """What this answer starts from, by key."""
        return avant_la_reponse(self.scelle, self.anterieures)

    @cached_property
    def anterieures(self) -> dict[str, dict[str, Any]]:
        """What earlier answers corrected."""
        return corrigees_avant(self.demande)

    def depose(self, cle: str) -> dict[str, Any]:
        """What this answer starts from of a section, or of the hours: filed, or sealed by an answer since."""
        return self.avant.get(cle, {})

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Those filed, corrected where they were; none of these rows is ever saved."""
        cles = dict.fromkeys([*self.avant, *self.corrections])
        return {cle: self.section(cle) for cle in cles if cle != HEURES}

    def section(self, cle: str) -> Section:
        """What is read of it now; its version counts the saves of this answer."""
        correction = self.corrections.get(cle)
        contenu = correction.contenu if correction else self.depose(cle)
        version = self.versions.get(cle, 0)
        lue = Section(dossier=self.dossier, cle=cle, contenu=contenu, version=version)
        if correction:
            lue.modifiee_le, lue.modifiee_par = correction.le, correction.par
        return lue

    @cached_property
    def entree(self) -> dict[str, Any]:
        """The contract's entry as it was filed, under the hours corrected."""
        return self._corriger(self.scelle["entree"])

    @cached_property
    def resultat(self) -> Resultat:
        """The engine's answer on what was sealed, without any register, under the hours corrected."""
        projet = reprendre(self._corriger(self.scelle["entree_complete"]), self.scelle["registre"])
        return evaluer(projet.en_candidature(), self.edition)

    @property
    def montants(self) -> tuple[Decimal, Decimal] | None:
        """Grant computed at the filing, and with the hours corrected; None when they are not."""
        if HEURES not in self.corrections:
            return None
        return Decimal(self.scelle["resultat"]["synthese"]["total"]), self.resultat.financement.total

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Files joined to this answer, and not withdrawn."""
        return tuple(Piece.objects.filter(element__demande=self.demande, retiree_le__isnull=True))

    def empreinte_de(self, code: str) -> str:
        """The same digest, of this answer: what it prints says what it answers. Hours only make P5 old."""
        source = {"depot": self.demande.depot.empreinte, "demande": self.demande.rang}
        if code not in PRODUITS:
            return canonique.empreinte({**source, "saisie": super().empreinte_de(code)})
        deposee, porteur = self.scelle["entree"], self.dossier.nom_porteur
        saisie = empreinte(code, self.edition, self.candidature(), deposee, porteur)
        return canonique.empreinte({**source, "saisie": saisie})

    def origine_de(self, code: str) -> tuple[str, ...]:
        """Sentences: what the document answers, what it is made from, and that the filing stays as it is."""
        fuseau = self.dossier.campagne.fuseau
        siennes = {HEURES} if code == PIECE_DES_HEURES else set(sections_de(code, self.edition))
        toutes = code not in (*PRODUITS, PIECE_DES_HEURES)  # to sign: it says a little of everything
        corrigees = [
            f"{titre(c.cle)} (le {instant(c.le, fuseau)}, par {c.par.nom})"
            for c in self.corrections.values()
            if toutes or c.cle in siennes
        ]
        deja = [titre(cle) for cle in self.anterieures if toutes or cle in siennes]
        dites = {"Corrigé pour cette réponse": corrigees, "Déjà corrigé par une réponse précédente": deja}
        saisie = " ".join(
            f"{debut}\u00a0: " + "\u202f; ".join(suite) + "." for debut, suite in dites.items() if suite
        )
        saisie = saisie or "Rien n’y est corrigé depuis le dépôt."
        return (
            (
                f"Document établi en réponse à la demande de compléments n°\u00a0{self.demande.rang} du "
                f"{instant(self.demande.le, fuseau)}, à partir du dossier {self.dossier.numero} déposé le "
                f"{instant(self.instant, fuseau)}. {saisie}"
            ),
            "Le dépôt reste tel quel. Son empreinte SHA-256\u00a0: " + self.demande.depot.empreinte,
        )

    def _corriger(self, entree: Mapping[str, Any]) -> dict[str, Any]:
        correction = self.corrections.get(HEURES)
        dites = correction.contenu if correction else self.anterieures.get(HEURES, {})
        essms = [{**un, "heures": dites.get(un["finess_et"], un.get("heures"))} for un in entree["essms"]]
        return {**entree, "essms": essms} if dites else dict(entree)


def corrigees_avant(demande: DemandeDeComplements) -> dict[str, dict[str, Any]]:
    """What the earlier answers on the same filing sealed, by key, the latest of each."""
    reponses = Complement.objects.filter(demande__depot=demande.depot_id, demande__rang__lt=demande.rang)
    corrigees: dict[str, dict[str, Any]] = {}
    for reponse in reponses.order_by("demande__rang"):
        corrigees.update(reponse.contenu.get("corrections", {}))
    return corrigees


def avant_la_reponse(
    depose: Mapping[str, Any], anterieures: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The sections and the hours of the filing (`depose`), under what earlier answers corrected."""
    heures = heures_de(depose["entree_complete"])
    return {**depose["candidature"], HEURES: heures, **anterieures}


def corrections_scellees(examen: ExamenDeComplement) -> dict[str, Any]:
    """What the sealed answer keeps of what was typed again, and what the engine says of it; {} if nothing."""
    if not examen.corrections:
        return {}
    montants = examen.montants
    return {
        "corrections": {cle: correction.contenu for cle, correction in examen.corrections.items()},
        "montants": {"depot": f"{montants[0]:.2f}", "corrige": f"{montants[1]:.2f}"} if montants else None,
    }


def heures_de(entree: Mapping[str, Any]) -> dict[str, Any]:
    """Hours of each home-help service of a completed entry, by FINESS ET, written as the form does."""
    return {
        un["finess_et"]: {
            nom: f"{Decimal(un['heures'][nom]).normalize():f}"
            for nom in NOMS_DES_HEURES
            if un["heures"].get(nom) is not None
        }
        for un in entree["essms"]
        if un.get("saad") and un.get("heures")
    }
