"""An entry of the simulation contract, and each gesture that makes another one from it.

An entry is kept in its barest form: what equals the contract's default is absent, and ESSMS come in the order
of their numbers. The same project thus has one permanent link, whatever the order of the gestures.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

Entree = dict[str, Any]

ESSMS_MAX = 5000

# Booleans that the contract takes for false when absent; the others (`saad`…) say something either way.
_FAUX_PAR_DEFAUT = frozenset(
    {
        "tva_recuperee",
        "commande_publique",
        "marche_en_cours",
        "ght",
        "entite_nationale",
        "autre_aide_europeenne",
        "candidate_segur",
        "au_sad",
        "dpi_ght",
        "marche",
        "pilotage",
        "portee_nationale",
    }
)
# An object that is worth something even empty: equipment wanted, without a quote.
_VIDE_SIGNIFICATIF = frozenset({"materiel"})


class TropDEssms(ValueError):
    """The project would hold more ESSMS than the contract allows."""


def nouvelle(aap: str) -> Entree:
    """Entry of a project without any ESSMS."""
    return {"aap": aap, "essms": []}


def nette(entree: Mapping[str, Any]) -> Entree:
    """The barest entry that says the same thing."""
    propre: Entree = _sans_neutres(entree)
    propre["essms"] = sorted((_sans_neutres(e) for e in entree["essms"]), key=lambda e: str(e["finess_et"]))
    organismes = [_sans_neutres(o) for o in entree.get("organismes") or []]
    dits = [organisme for organisme in organismes if len(organisme) > 1]
    propre.pop("organismes", None)
    if dits:
        propre["organismes"] = sorted(dits, key=lambda o: str(o["finess_ej"]))
    return propre


def numeros(entree: Mapping[str, Any]) -> tuple[str, ...]:
    """FINESS ET of the project."""
    return tuple(essms["finess_et"] for essms in entree["essms"])


def essms_de(entree: Mapping[str, Any], finess_et: str) -> dict[str, Any] | None:
    """What the entry says of one ESSMS; None when it is not in the project."""
    return next((essms for essms in entree["essms"] if essms["finess_et"] == finess_et), None)


def ajouter(entree: Mapping[str, Any], nouveaux: Iterable[Mapping[str, Any]]) -> Entree:
    """Add ESSMS that are not there yet. Raises TropDEssms beyond the limit, and then adds none."""
    presents = set(numeros(entree))
    ajouts = [dict(essms) for essms in nouveaux if essms["finess_et"] not in presents]
    if len(presents) + len(ajouts) > ESSMS_MAX:
        raise TropDEssms(
            f"Un projet compte au plus 5\u202f000 ESSMS\u00a0: "
            f"celui-ci en aurait {len(presents) + len(ajouts)}. Rien n’a été ajouté."
        )
    return nette({**entree, "essms": [*entree["essms"], *ajouts]})


def retirer(entree: Mapping[str, Any], finess_et: Collection[str]) -> Entree:
    """Take ESSMS out of the project; those that are not in it are ignored."""
    return nette({**entree, "essms": [e for e in entree["essms"] if e["finess_et"] not in finess_et]})


def modifier_essms(
    entree: Mapping[str, Any], finess_et: Collection[str], changements: Mapping[str, Any]
) -> Entree:
    """Give the same values to some ESSMS; a value of None goes back to the register or to the default."""
    return modifier_chaque_essms(entree, finess_et, lambda _: changements)


def modifier_chaque_essms(
    entree: Mapping[str, Any], finess_et: Collection[str], changements: Callable[[str], Mapping[str, Any]]
) -> Entree:
    """Give each of some ESSMS the values that `changements` finds for its number."""
    essms = [
        {**e, **changements(e["finess_et"])} if e["finess_et"] in finess_et else e for e in entree["essms"]
    ]
    return nette({**entree, "essms": essms})


def modifier_projet(entree: Mapping[str, Any], changements: Mapping[str, Any]) -> Entree:
    """Change what holds for the whole project; an object (solution…) is merged with what it said before."""
    fusion = dict(entree)
    for cle, valeur in changements.items():
        ancien = entree.get(cle)
        fusion[cle] = (
            {**ancien, **valeur} if isinstance(ancien, Mapping) and isinstance(valeur, Mapping) else valeur
        )
    return nette(fusion)


def modifier_organismes(entree: Mapping[str, Any], changements: Mapping[str, Mapping[str, Any]]) -> Entree:
    """Say something of organisms, by FINESS EJ."""
    par_ej = {organisme["finess_ej"]: dict(organisme) for organisme in entree.get("organismes") or []}
    for finess_ej, valeurs in changements.items():
        par_ej[finess_ej] = {**par_ej.get(finess_ej, {"finess_ej": finess_ej}), **valeurs}
    return nette({**entree, "organismes": list(par_ej.values())})


def _sans_neutres(objet: Mapping[str, Any]) -> dict[str, Any]:
    nets = {cle: _sans_neutres(v) if isinstance(v, Mapping) else v for cle, v in objet.items()}
    return {cle: valeur for cle, valeur in nets.items() if not _sans_effet(cle, valeur)}


def _sans_effet(cle: str, valeur: Any) -> bool:
    """Whether the contract's default says the same thing as this value."""
    if valeur is False:
        return cle in _FAUX_PAR_DEFAUT
    if valeur == {}:
        return cle not in _VIDE_SIGNIFICATIF
    return valeur is None or valeur == "" or (cle, valeur) == ("sons", "aucune")
