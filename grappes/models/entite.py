"""Legal entities of the FINESS register (organismes gestionnaires)."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class EntiteJuridique(models.Model):
    """An organism that runs establishments.

    Files of establishments name only the number of the organism: such a row is a stub (empty `nom`), filled
    in when a file of legal entities or the JSON stream comes. Written by `importer_finess` alone.
    """

    finess_ej = models.CharField("numéro FINESS juridique", max_length=9, primary_key=True)
    nom = models.CharField("nom", max_length=200, blank=True)
    nom_long = models.CharField("nom complet", max_length=200, blank=True)
    siren = models.CharField("SIREN", max_length=20, blank=True)
    statut_juridique = models.CharField("statut juridique", max_length=10, blank=True)
    code_postal = models.CharField("code postal", max_length=10, blank=True)
    commune = models.CharField("commune", max_length=200, blank=True)
    departement = models.CharField("département (code INSEE)", max_length=3, blank=True)
    region = models.CharField("région du siège (code INSEE)", max_length=3, blank=True)
    cree_le = models.DateField("créée le", null=True, blank=True)
    ferme_le = models.DateField("fermée le", null=True, blank=True)
    vu_le = models.DateField("date du dernier fichier qui la cite", null=True, blank=True)
    recherche = models.TextField("texte de recherche", editable=False, default="")

    class Meta:
        verbose_name = "entité juridique"
        verbose_name_plural = "entités juridiques"
        ordering = ("finess_ej",)
        constraints = (
            models.CheckConstraint(
                condition=Q(finess_ej__regex=r"^[0-9][0-9AB][0-9]{7}$"),
                name="entite_finess_forme",
                violation_error_message="Un numéro FINESS compte 9 chiffres, ou 2A ou 2B puis 7 chiffres.",
            ),
        )
        indexes = (GinIndex(name="entite_recherche_trgm", fields=["recherche"], opclasses=["gin_trgm_ops"]),)

    def __str__(self) -> str:
        return self.nom_long or self.nom or self.finess_ej
