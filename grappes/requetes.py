"""Reading of the FINESS register: search, establishments of an organism, and what the simulation asks."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf, Substr
from django.utils import timezone

from grappes.finess import nomenclatures
from grappes.finess.numero import cle_valide, normaliser
from grappes.models import EntiteJuridique, Etablissement, EtatEtablissement
from grappes.regles.fiche import FicheEssms

CARACTERES_MIN = 3
_MOTS_MAX = 10
_TEXTE_MAX = 200
_DEBUT_DU_NOM = 12  # `recherche` is a blank, the nine signs of the number, a blank, then the name
# Read after the slice is taken: joined, every organism would be read for every establishment found.
_ORGANISMES = Prefetch("entite", queryset=EntiteJuridique.objects.defer("recherche"))

# What `_fiche` takes, in its order: of an establishment today, of one of its states.
_FAITS = ("commune", "region", "categorie", "ferme_le")
# The short name of FINESS is cut at 38 characters; the history of an establishment has only that one.
_ETABLISSEMENT = ("finess_et", "entite_id", Coalesce(NullIf("nom_long", Value("")), "nom"), *_FAITS)
_ETAT = ("etablissement_id", "finess_ej", "nom", *_FAITS)

# In SQL: asked at each filing and each page of a simulation, and made of the eighty codes of an article.
_GERES = """
SELECT entite.finess_ej, entite.region, (
    SELECT count(*) FROM grappes_etablissement
    WHERE finess_ej = entite.finess_ej AND (ferme_le IS NULL OR ferme_le > %s) AND categorie = ANY(%s)
)
FROM grappes_entitejuridique AS entite WHERE entite.finess_ej = ANY(%s)
"""


class TexteTropCourt(ValueError):
    """Too few letters to look for: half of the register would answer. The message says so, in French."""


def essms_de_l_og(finess_ej: str) -> QuerySet[Etablissement]:
    """The open ESSMS (article L.312-1) that this organism runs today, in the order of their numbers."""
    return Etablissement.objects.filter(
        _ouvert(timezone.localdate()),
        entite_id=normaliser(finess_ej),
        categorie__in=nomenclatures.categories_l312_1(),
    ).order_by("finess_et")


def rechercher_etablissements(texte: str) -> QuerySet[Etablissement]:
    """Establishments whose number, name, town, postal code or organism holds each word of `texte`.

    Words match by their beginning, without case, accent or punctuation. Best first: exact number
    (establishment, then organism), open before closed, name that begins with the text, ESSMS, then by name
    and number. Each row comes with its organism. One query here to normalise the text, two for the caller,
    who must take a slice. An empty text finds nothing. Raises TexteTropCourt under three letters or digits,
    unless they begin a number.
    """
    mots = mots_cherches(texte)
    if not mots:
        return Etablissement.objects.none()
    condition = Q()
    for mot in mots:
        condition &= Q(recherche__contains=f" {mot}")
    phrase = " ".join(mots)
    return (
        Etablissement.objects.filter(condition)
        .prefetch_related(_ORGANISMES)
        .defer("recherche")
        .alias(debut=Substr("recherche", _DEBUT_DU_NOM))
        .order_by(
            Case(
                When(finess_et=phrase.upper(), then=Value(0)),
                When(entite_id=phrase.upper(), then=Value(1)),
                default=Value(2),
            ),
            _en_tete(_ouvert(timezone.localdate())),
            _en_tete(Q(debut__startswith=phrase)),
            _en_tete(Q(categorie__in=nomenclatures.categories_l312_1())),
            "nom",
            "finess_et",
        )
    )


def etablissements_par_numero() -> QuerySet[Etablissement]:
    """The whole register with the organisms, by number; the caller takes a slice (two queries)."""
    return Etablissement.objects.prefetch_related(_ORGANISMES).defer("recherche").order_by("finess_et")


def fiche(etablissement: Etablissement) -> FicheEssms:
    """The establishment in the terms of the rules."""
    return _fiche(
        etablissement.finess_et,
        etablissement.entite_id,
        etablissement.nom_long or etablissement.nom,
        *(getattr(etablissement, champ) for champ in _FAITS),
    )


class ReferentielFiness:
    """The register as the simulation reads it (protocol `financement.simulation.Referentiel`).

    Given `au`, it answers as it would have on that day: a decision is replayed on what was known when it was
    taken. One query per method at most, whatever the number of establishments: what one has read of an
    organism is not read again by another. Numbers are given normalised.
    """

    def __init__(self, au: date | None = None) -> None:
        self._au = au
        self._sieges: dict[str, str] = {}

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        """What is known of each number, closed ones included; the unknown ones are left out."""
        if self._au is None:
            connus = Etablissement.objects.filter(finess_et__in=numeros).values_list(*_ETABLISSEMENT)
            return {connu[0]: _fiche(*connu) for connu in connus}
        etats = EtatEtablissement.objects.filter(etablissement_id__in=numeros).etat_au(self._au)
        return {etat.etablissement_id: _fiche(*(getattr(etat, champ) for champ in _ETAT)) for etat in etats}

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        """Number of open ESSMS (article L.312-1) of each organism, 0 included; unknown ones are left out."""
        return self._geres_aujourd_hui(finess_ej) if self._au is None else self._geres_au(finess_ej, self._au)

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        """Region of the seat of each organism, as known today; those without a known one are left out."""
        inconnus = [numero for numero in finess_ej if numero not in self._sieges]
        if inconnus:
            entites = EntiteJuridique.objects.filter(finess_ej__in=inconnus)
            self._retenir(inconnus, entites.order_by().values_list("finess_ej", "region"))
        return {numero: region for numero in finess_ej if (region := self._sieges.get(numero))}

    def _geres_aujourd_hui(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        codes = list(nomenclatures.categories_l312_1())
        with connection.cursor() as curseur:
            curseur.execute(_GERES, [timezone.localdate(), codes, list(finess_ej)])
            lus = curseur.fetchall()
        self._retenir(finess_ej, ((numero, region) for numero, region, _ in lus))
        return {numero: geres for numero, _, geres in lus}

    def _retenir(self, demandes: Collection[str], lus: Iterable[tuple[str, str]]) -> None:
        """Regions of the seats asked for, those of the unknown ones included: none."""
        self._sieges |= dict.fromkeys(demandes, "") | dict(lus)

    def _geres_au(self, finess_ej: Collection[str], jour: date) -> Mapping[str, int]:
        """Every establishment that was ever theirs is read, then judged on the state it had on that day."""
        siens = EtatEtablissement.objects.filter(finess_ej__in=finess_ej).order_by()
        etats = EtatEtablissement.objects.filter(etablissement_id__in=siens.values("etablissement_id"))
        comptes: dict[str, int] = {}
        for etat in etats.etat_au(jour):
            if etat.finess_ej in finess_ej:
                compte = etat.categorie in nomenclatures.categories_l312_1() and not etat.ferme_au(jour)
                comptes[etat.finess_ej] = comptes.get(etat.finess_ej, 0) + compte
        return comptes


def _fiche(
    finess_et: str,
    finess_ej: str,
    nom: str,
    commune: str,
    region: str,
    code: str,
    ferme_le: date | None,
) -> FicheEssms:
    categorie = nomenclatures.categories().get(code)
    return FicheEssms(
        finess_et=finess_et,
        finess_ej=finess_ej,
        nom=nom,
        commune=commune,
        region=region,
        categorie=code,
        public=categorie.public if categorie is not None else None,
        saad=categorie.saad if categorie is not None else None,
        l312_1=categorie.l312_1 if categorie is not None else None,
        ferme_le=ferme_le,
    )


def mots_cherches(texte: str) -> list[str]:
    """Words to look for, as the register stores them; none for an empty text. Raises TexteTropCourt."""
    _refuser_un_texte_trop_court(texte)
    return _mots(texte)


def _refuser_un_texte_trop_court(texte: str) -> None:
    signes = [signe for signe in texte[:_TEXTE_MAX] if signe.isalnum()]
    if signes and len(signes) < CARACTERES_MIN and not signes[0].isdigit():
        raise TexteTropCourt(f"Tapez au moins {CARACTERES_MIN} caractères, ou le début d’un numéro.")


def _mots(texte: str) -> list[str]:
    """Words as the register stores them; digits in groups, or without their first zero, make one number."""
    propre = texte[:_TEXTE_MAX].replace("\x00", " ")
    with connection.cursor() as curseur:
        curseur.execute("SELECT finess_normaliser(%s)", [propre])
        mots: list[str] = curseur.fetchone()[0].split()
    numero = normaliser("".join(mots))
    if cle_valide(numero):
        return [numero.lower()]
    return mots[:_MOTS_MAX]


def _ouvert(jour: date) -> Q:
    return Q(ferme_le__isnull=True) | Q(ferme_le__gt=jour)


def _en_tete(condition: Q) -> Case:
    return Case(When(condition, then=Value(0)), default=Value(1))
