"""Public API of the FINESS register."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from esms.socle.schemas_api import ERREURS, REFUS
from grappes.finess.numero import erreur, normaliser
from grappes.models import Etablissement
from grappes.requetes import TexteTropCourt, etablissements_par_numero, rechercher_etablissements


def numero_finess(valeur: str) -> None:
    """Refuse what is not a FINESS number, and say why."""
    if (probleme := erreur(normaliser(valeur))) is not None:
        raise serializers.ValidationError(probleme)


class Criteres(serializers.Serializer):
    """What to look for. Criteria add up; without any, the register is listed by number."""

    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text=(
            "Numéro, nom, commune, code postal ou organisme\u202f; 3 caractères au moins, ou le début "
            "d’un numéro."
        ),
    )
    numero = serializers.CharField(
        required=False, validators=[numero_finess], max_length=20, help_text="Numéro FINESS géographique."
    )
    finess_ej = serializers.CharField(
        required=False,
        validators=[numero_finess],
        max_length=20,
        help_text="Numéro FINESS de l’organisme gestionnaire.",
    )
    page = serializers.IntegerField(
        required=False, default=1, min_value=1, max_value=1000, help_text="Numéro de la page, à partir de 1."
    )
    taille = serializers.IntegerField(
        required=False, default=20, min_value=1, max_value=100, help_text="Résultats par page, 100 au plus."
    )


class EtablissementJson(serializers.Serializer):
    """An establishment. `public`, `saad` and `l312_1` are null when the category is unknown."""

    finess_et = serializers.CharField()
    finess_ej = serializers.CharField()
    organisme = serializers.CharField(source="entite.nom", allow_blank=True)
    nom = serializers.CharField()
    nom_long = serializers.CharField(allow_blank=True)
    code_postal = serializers.CharField(allow_blank=True)
    commune = serializers.CharField(allow_blank=True)
    departement = serializers.CharField(allow_blank=True)
    region = serializers.CharField(allow_blank=True)
    ars = serializers.CharField(allow_blank=True)
    categorie = serializers.CharField()
    categorie_libelle = serializers.CharField(source="nomenclature.libelle", default=None, allow_null=True)
    public = serializers.CharField(source="nomenclature.public", default=None, allow_null=True)
    saad = serializers.BooleanField(source="nomenclature.saad", default=None, allow_null=True)
    l312_1 = serializers.BooleanField(source="nomenclature.l312_1", default=None, allow_null=True)
    ouvert_le = serializers.DateField(allow_null=True)
    ferme_le = serializers.DateField(allow_null=True)


class PageEtablissements(serializers.Serializer):
    """One page. `suite`: there is a next one."""

    page = serializers.IntegerField()
    suite = serializers.BooleanField()
    resultats = EtablissementJson(many=True)


class Etablissements(APIView):
    """Search of establishments."""

    throttle_scope = "lecture"

    @extend_schema(
        operation_id="chercher_des_etablissements",
        tags=["Référentiel FINESS"],
        summary="Chercher des établissements dans le référentiel FINESS",
        description=(
            "Par texte libre, par numéro ou par organisme gestionnaire\u202f; les critères s’ajoutent. "
            "Une page à la fois, sans décompte du total."
        ),
        parameters=[Criteres],
        responses={
            200: PageEtablissements,
            400: {"application/json": ERREURS},
            429: {"application/json": REFUS},
        },
    )
    def get(self, request: Request) -> Response:
        """One page of the register; three queries at most, never a count of everything found."""
        criteres = Criteres(data=request.query_params)
        criteres.is_valid(raise_exception=True)
        demande = criteres.validated_data
        debut = (demande["page"] - 1) * demande["taille"]
        lignes = list(_chercher(demande)[debut : debut + demande["taille"] + 1])
        page = {
            "page": demande["page"],
            "suite": len(lignes) > demande["taille"],
            "resultats": lignes[: demande["taille"]],
        }
        return Response(PageEtablissements(page).data)


def _chercher(demande: dict[str, Any]) -> QuerySet[Etablissement]:
    trouves = _rechercher(demande.get("q", ""))
    if "numero" in demande:
        trouves = trouves.filter(finess_et=normaliser(demande["numero"]))
    if "finess_ej" in demande:
        trouves = trouves.filter(entite_id=normaliser(demande["finess_ej"]))
    return trouves


def _rechercher(texte: str) -> QuerySet[Etablissement]:
    if not texte.strip():
        return etablissements_par_numero()
    try:
        return rechercher_etablissements(texte)
    except TexteTropCourt as refus:
        raise serializers.ValidationError({"q": [str(refus)]}) from refus
