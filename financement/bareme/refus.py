"""What the project asks for and does not get: equipment (F4) and AMOA (F5a, F5b), with the reason."""

from collections.abc import Iterable, Iterator

from esms.aap import RANG_DES_REGLES, Edition
from esms.aap import financement as parametres
from grappes.regles import PROJET, Organisme, Projet, regle
from grappes.regles.petits import est_petit, seuil
from grappes.regles.phrases import citer, compte, essms

from .ligne import Ecartee, Ligne
from .organismes import Composition, amoa_ouverte

OPERATIONS = {"acquisition": "acquisition", "mise_en_conformite": "mise en conformité"}


def ecarter(projet: Projet, nulles: Iterable[Ligne], edition: Edition) -> tuple[Ecartee, ...]:
    """Every request without money, by rule then by what it bears on. `nulles`: lines that come to nothing."""
    ecartees = [
        *materiel_ecarte(projet, edition),
        *amoa_marche_ecartee(projet, edition),
        *amoa_pilotage_ecartee(projet, edition),
        *(_sans_montant(ligne) for ligne in nulles if ligne.regle in {"F4", "F5a", "F5b"}),
    ]
    return tuple(sorted(ecartees, key=lambda e: (RANG_DES_REGLES[e.regle], e.portee)))


def _sans_montant(ligne: Ligne) -> Ecartee:
    return Ecartee(ligne.regle, ligne.article, ligne.portee, f"Rien à financer. {ligne.explication}")


@regle("F4")
def materiel_ecarte(projet: Projet, edition: Edition) -> Iterator[Ecartee]:
    """Equipment wanted by the ESSMS of an organisation that is not small, or whose size nobody knows."""
    regles = edition.financement.materiel
    demandeurs = [ligne for ligne in projet.essms if ligne.materiel is not None]
    organismes = {organisme.finess_ej: organisme for organisme in projet.gestionnaires} if demandeurs else {}
    for ligne in demandeurs:
        organisme = organismes.get(ligne.finess_ej or "")
        if organisme is None:
            raison = f"l’organisme gestionnaire de {ligne.finess_et} est inconnu"
        elif est_petit(organisme, edition):
            continue
        else:
            raison = _taille(organisme, edition)
        phrase = f"Matériel refusé à {ligne.finess_et}\u00a0: {raison}."
        yield Ecartee(regles.regle, regles.article, ligne.finess_et, phrase)


@regle("F5a")
def amoa_marche_ecartee(projet: Projet, edition: Edition) -> Iterator[Ecartee]:
    """Help with purchasing; an AAP that does not know it says so by the article of the help that it knows."""
    if not projet.amoa.marche:
        return
    amoa = edition.financement.amoa
    if amoa.marche is not None:
        yield from _amoa(amoa.marche, "marché", projet, edition)
        return
    phrase = "AMOA «\u00a0marché\u00a0» refusée\u00a0: cet appel à projets ne la finance pas."
    yield Ecartee("F5a", amoa.pilotage.article, PROJET, phrase)


@regle("F5b")
def amoa_pilotage_ecartee(projet: Projet, edition: Edition) -> Iterator[Ecartee]:
    """Help with steering."""
    if projet.amoa.pilotage:
        yield from _amoa(edition.financement.amoa.pilotage, "pilotage", projet, edition)


def _amoa(regles: parametres.Amoa, nom: str, projet: Projet, edition: Edition) -> Iterator[Ecartee]:
    composition = Composition.de(projet, edition)
    if amoa_ouverte(regles, composition):
        return
    if not any(composition.operations.get(operation, 0) for operation in regles.operations):
        raison = f"aucune {' ni '.join(OPERATIONS[operation] for operation in regles.operations)} au projet"
    else:
        raison = _obstacles(regles, projet, edition)
    phrase = f"AMOA «\u00a0{nom}\u00a0» refusée\u00a0: {raison}."
    yield Ecartee(regles.regle, regles.article, PROJET, phrase)


def _obstacles(regles: parametres.Amoa, projet: Projet, edition: Edition) -> str:
    """Organisations that keep the help away, the first ones by name."""
    autres = [o for o in projet.gestionnaires if est_petit(o, edition) is not True]
    morceaux = [_taille(organisme, edition) for organisme in autres]
    if projet.sans_gestionnaire:
        morceaux.append(f"l’organisme gestionnaire de {essms(len(projet.sans_gestionnaire))} est inconnu")
    condition = "il faut un petit organisme au moins\u202f; " if regles.condition == "au_moins_un" else ""
    return f"{condition}{citer(morceaux)}"


def _taille(organisme: Organisme, edition: Edition) -> str:
    """« l’organisme 310781562 n’est pas petit (85 ESSMS gérés, seuil 15) », or what is not known of it."""
    sujet, geres = f"l’organisme {organisme.finess_ej}", organisme.essms_geres
    if geres is None:
        return f"on ignore combien d’ESSMS gère {sujet}"
    nombre = compte(geres, "ESSMS géré", "ESSMS gérés")
    if est_petit(organisme, edition) is None:
        return f"on ignore si {sujet} est petit ({nombre}, région du siège inconnue)"
    limite = seuil(organisme, edition)
    return f"{sujet} n’est pas petit ({nombre}{f', seuil {limite}' if limite else ''})"
