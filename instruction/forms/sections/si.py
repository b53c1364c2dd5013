"""Section « Maturité du système d’information »: each organism's self-diagnosis, the 13 cyber measures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from esms.aap import Edition
from esms.socle.dates import instant
from esms.socle.listes import Select
from instruction.forms.sections.champs import ChoixField, JourField, texte_court
from instruction.forms.sections.tableaux import GESTE, FormulaireATableaux, LigneSaisie, Tableau
from instruction.presentation.reponses import Reponse
from instruction.regles.candidature import si
from instruction.regles.candidature.lecture import lignes, table
from instruction.requetes import Examen

PROPRES = "propres"
REPONDU = "repondu"  # who answered for its own organism: written by it alone
CHACUN = "chacun"  # the button that gives a line to each organism
COMMUNE = "Réponse commune"


@dataclass(frozen=True)
class SaisieOrganisme:
    """The self-diagnosis of one organism as it is typed."""

    finess_ej: str
    nom: str
    champs: list[forms.BoundField]


@dataclass(frozen=True)
class SaisieMesure:
    """One cyber measure as it is typed."""

    cle: str
    libelle: str
    etat: forms.BoundField
    commentaire: forms.BoundField


@dataclass(frozen=True)
class SaisieAPart:
    """The answers of one who differs; `nombre`: how many measures it answers; `repondu`: who, if it did."""

    ligne: LigneSaisie
    nombre: int
    repondu: si.Repondu | None = None

    @property
    def mesures(self) -> list[forms.BoundField]:
        """The lists of the 13 measures."""
        return [self.ligne.champs[si.colonne(cle)] for cle in si.MESURES]

    @property
    def ouverte(self) -> bool:
        """Its measures are shown unfolded: the one being typed, and whatever holds an error."""
        return self.ligne.derniere or any(champ.errors for champ in self.ligne.champs.values())


class SiForm(FormulaireATableaux):
    """Diagnoses; measures common to the grappe, then those of who differs."""

    conseiller = staticmethod(si.conseils)
    colonnes: ClassVar[Mapping[str, str]] = {
        "etat": "État",
        "outil": "Outil",
        "le": "Date",
        "commentaire": "Commentaire",
        "nom": "Nom",
        "qui": "FINESS",
        **{si.colonne(cle): f"Mesure {cle}" for cle in si.MESURES},
    }

    choix: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "etat": {**si.ETATS_DIAGNOSTIC, **si.ETATS_MESURE},
        **{si.colonne(cle): si.ETATS_MESURE for cle in si.MESURES},
    }
    jours = frozenset(["le"])

    def __init__(self, *args: Any, examen: Examen, **options: Any) -> None:
        self.organismes: Mapping[str, str] = {
            organisme.finess_ej: examen.contexte.noms[organisme.finess_ej]
            for organisme in examen.contexte.projet.gestionnaires
        }
        super().__init__(*args, examen=examen, **options)

    @classmethod
    def tables(cls, examen: Examen) -> tuple[Tableau, ...]:
        """One line for each organism or establishment that answers apart; none unless the AAP asks."""
        if not examen.edition.sections.si.article_cyber:
            return ()
        champs = {
            "qui": forms.ChoiceField(
                label="Organisme ou établissement",
                choices=[("", "Choisir"), *_choix(examen)],
                widget=Select,
            ),
            **{
                si.colonne(cle): ChoixField(
                    si.ETATS_MESURE,
                    vide=COMMUNE,
                    label=f"{cle}. {libelle}",
                    widget=Select(attrs={"class": "fr-select"}),
                )
                for cle, libelle in si.MESURES.items()
            },
            "commentaire": texte_court("Commentaire"),
        }
        return (Tableau(PROPRES, "réponse à part", champs, ()),)

    def a_plat(self, contenu: Mapping[str, Any]) -> dict[str, Any]:
        """Answers by field, outside the table."""
        organismes, mesures = table(contenu, "organismes"), table(contenu, "mesures")
        return {
            **{f"og_{n}_{nom}": v for n in organismes for nom, v in table(organismes, n).items()},
            **{f"mesure_{cle}_{nom}": v for cle in mesures for nom, v in table(mesures, cle).items()},
        }

    def ajouter_champs(self) -> None:
        """Three answers for each organism of the grappe, two for each measure the AAP invites to."""
        outils = {outil: outil for outil in self.examen.edition.sections.si.outils}
        for numero, nom in self.organismes.items():
            champs: dict[str, Any] = {
                "etat": ChoixField(si.ETATS_DIAGNOSTIC, label="Autodiagnostic"),
                "outil": ChoixField(outils, label="Outil") if outils else texte_court("Outil"),
                "le": JourField(label="Date"),
            }
            for cle, champ in champs.items():
                champ.court, champ.suite = champ.label, nom
                champ.label = f"{champ.label}, {nom}"
                self.fields[f"og_{numero}_{cle}"] = champ
        for mesure in si.mesures({}) if self.mesures_demandees else ():
            etat = ChoixField(si.ETATS_MESURE, label=f"{mesure.cle}. {mesure.libelle}")
            commentaire: Any = texte_court(f"Commentaire, mesure {mesure.cle}")
            commentaire.court, commentaire.suite = "Commentaire", f"mesure {mesure.cle}"
            self.fields[f"mesure_{mesure.cle}_etat"] = etat
            self.fields[f"mesure_{mesure.cle}_commentaire"] = commentaire
        super().ajouter_champs()

    def clean(self) -> dict[str, Any]:
        """Nobody answers apart twice: nothing says which of the two would count."""
        propres = super().clean() or self.cleaned_data
        vus: set[str] = set()
        for rang in range(self._nombres.get(PROPRES, 0)):
            nom = f"{PROPRES}-{rang}-qui"
            qui = propres.get(nom)
            if qui and qui in vus:
                self.add_error(nom, "Ses réponses sont déjà données au-dessus\u00a0: retirez l’une des deux.")
            vus.add(qui or "")
        return propres

    def contenu(self) -> dict[str, Any]:
        """Answers given, by organism (with its name, for whoever reads the sealed dossier) and by measure."""
        dit_par = {cle: v for cle, v in self.section.contenu.items() if cle == REPONDU}
        return {
            "organismes": self._des_organismes(),
            "mesures": self._des_mesures(),
            **self._a_part(),
            **dit_par,
        }

    def _des_organismes(self) -> dict[str, Any]:
        trouves = {}
        for numero, nom in self.organismes.items():
            etat, outil, le = (self.cleaned_data.get(f"og_{numero}_{c}") for c in ("etat", "outil", "le"))
            if etat or outil or le:
                jour = le.isoformat() if le else ""
                trouves[numero] = {"nom": nom, "etat": etat or "", "outil": outil or "", "le": jour}
        return trouves

    def _des_mesures(self) -> dict[str, Any]:
        trouvees = {}
        for cle in si.MESURES:
            etat, commentaire = (self.cleaned_data.get(f"mesure_{cle}_{c}") for c in ("etat", "commentaire"))
            if etat or commentaire:
                trouvees[cle] = {"etat": etat or "", "commentaire": commentaire or ""}
        return trouvees

    def _a_part(self) -> dict[str, Any]:
        """The lines of the table, each with the name it was given under; no key before somebody differed."""
        noms = dict(_concernes(self.examen))
        dites = [
            {"nom": noms.get(ligne.get("qui") or "", ""), **{c: v for c, v in ligne.items() if v}}
            for ligne in self.contenu_des_tableaux().get(PROPRES, ())
        ]
        return {PROPRES: dites} if dites or PROPRES in self.section.contenu else {}

    def _lignes(self, tableau: Tableau) -> list[dict[str, Any]]:
        """As typed; « each organism » adds a line for those that have none, as many as a table holds."""
        recues = super()._lignes(tableau)
        if self._recu is None or self._recu.get(GESTE) != f"{PROPRES}:{CHACUN}":
            return recues
        nommes = {ligne.get("qui") for ligne in recues}
        dites = [ligne for ligne in recues if any(ligne.values())]
        return [*dites, *({"qui": numero} for numero in self.organismes if numero not in nommes)]

    @property
    def mesures_demandees(self) -> bool:
        """Whether the AAP names the 13 measures."""
        return bool(self.examen.edition.sections.si.article_cyber)

    @property
    def saisies_organismes(self) -> list[SaisieOrganisme]:
        """The organisms with their fields."""
        return [
            SaisieOrganisme(numero, nom, [self[f"og_{numero}_{c}"] for c in ("etat", "outil", "le")])
            for numero, nom in self.organismes.items()
        ]

    @property
    def saisies_mesures(self) -> list[SaisieMesure]:
        """The measures with their fields."""
        return [
            SaisieMesure(m.cle, m.libelle, self[f"mesure_{m.cle}_etat"], self[f"mesure_{m.cle}_commentaire"])
            for m in (si.mesures({}) if self.mesures_demandees else ())
        ]

    @property
    def reponses_a_part(self) -> list[SaisieAPart]:
        """The lines of who differs."""
        repondus = si.repondus(self.section.contenu)
        return [
            SaisieAPart(
                ligne,
                sum(bool(ligne.champs[si.colonne(cle)].value()) for cle in si.MESURES),
                repondus.get(ligne.champs["qui"].value() or ""),
            )
            for ligne in (self.lignes(PROPRES) if self.mesures_demandees else ())
        ]

    @property
    def a_nommer(self) -> int:
        """How many organisms have no line of their own; worth a button when there are several."""
        dits = {saisie.ligne.champs["qui"].value() for saisie in self.reponses_a_part}
        return len(self.organismes.keys() - dits) if len(self.organismes) > 1 else 0

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {
            "organismes": "Organisme",
            "mesures": "Mesure",
            PROPRES: "Réponse à part",
            REPONDU: "Répondu par l’organisme lui-même",
        }

    @classmethod
    def lire(cls, contenu: Mapping[str, Any], edition: Edition) -> tuple[Reponse, ...]:
        """The answers given apart under the name of who gives them, wherever their line stands."""
        nommees = {
            f"{propre.nom} ({propre.qui})" if propre.nom else propre.qui or f"n°\u00a0{propre.rang}": {
                cle: valeur for cle, valeur in ligne.items() if cle not in ("nom", "qui")
            }
            for propre, ligne in zip(si.propres(contenu), lignes(contenu, PROPRES), strict=True)
        }
        signees = {
            numero: f"{un.par}, le {instant(un.le, edition.zone.key)}"
            for numero, un in si.repondus(contenu).items()
        }
        lisible = {**contenu, **({PROPRES: nommees} if nommees else {})}
        return super().lire({**lisible, **({REPONDU: signees} if signees else {})}, edition)


def _concernes(examen: Examen) -> Iterator[tuple[str, str]]:
    """Number and name of who may answer apart: organisms, establishments, then who did and left since."""
    projet, noms = examen.contexte.projet, examen.contexte.noms
    yield from ((organisme.finess_ej, noms[organisme.finess_ej]) for organisme in projet.gestionnaires)
    yield from ((essms.finess_et, essms.nom or f"ESSMS {essms.finess_et}") for essms in projet.essms)
    connus = {essms.finess_et for essms in projet.essms} | {o.finess_ej for o in projet.gestionnaires}
    for propre in si.propres(examen.section("si").contenu):
        if propre.qui and propre.qui not in connus:
            yield propre.qui, propre.nom


def _choix(examen: Examen) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same in three groups, named for people."""
    tous = list(_concernes(examen))
    organismes, essms = len(examen.contexte.projet.gestionnaires), len(examen.contexte.projet.essms)
    groupes = {
        "Organismes": tous[:organismes],
        "Établissements": tous[organismes : organismes + essms],
        "Absents de la grappe": tous[organismes + essms :],
    }
    return [
        (titre, [(numero, f"{nom} – {numero}") for numero, nom in membres])
        for titre, membres in groupes.items()
        if membres
    ]
