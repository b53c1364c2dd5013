"""Establishments of the FINESS register, as the last file that names them says they are."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from grappes.finess import nomenclatures
from grappes.models.entite import EntiteJuridique


class Etablissement(models.Model):
    """A place of activity (FINESS ET). Written by `importer_finess` alone.

    What follows from the category (public, SAAD, article L.312-1) is read in the nomenclature, never stored:
    correcting the nomenclature is enough.
    """

    finess_et = models.CharField("numéro FINESS géographique", max_length=9, primary_key=True)
    entite = models.ForeignKey(
        EntiteJuridique,
        on_delete=models.PROTECT,
        related_name="etablissements",
        db_column="finess_ej",
        db_index=False,  # the index that counts them begins with it; each one costs the import
        verbose_name="entité juridique",
    )
    nom = models.CharField("nom", max_length=200)
    nom_long = models.CharField("nom complet", max_length=200, blank=True)
    code_postal = models.CharField("code postal", max_length=10, blank=True)
    commune = models.CharField("commune", max_length=200, blank=True)
    departement = models.CharField("département (code INSEE)", max_length=3, blank=True)
    region = models.CharField("région (code INSEE)", max_length=3, blank=True)
    categorie = models.CharField("catégorie FINESS", max_length=3)
    siret = models.CharField("SIRET", max_length=20, blank=True)
    ouvert_le = models.DateField("ouvert le", null=True, blank=True)
    ferme_le = models.DateField("fermé le", null=True, blank=True)
    vu_le = models.DateField("date du dernier fichier qui le cite")
    recherche = models.TextField("texte de recherche", editable=False, default="")

    class Meta:
        verbose_name = "établissement"
        ordering = ("finess_et",)
        constraints = (
            models.CheckConstraint(
                condition=Q(finess_et__regex=r"^[0-9][0-9AB][0-9]{7}$"),
                name="etablissement_finess_forme",
                violation_error_message="Un numéro FINESS compte 9 chiffres, ou 2A ou 2B puis 7 chiffres.",
            ),
            models.CheckConstraint(
                condition=~Q(nom=""),
                name="etablissement_nomme",
                violation_error_message="Un établissement a un nom.",
            ),
        )
        indexes = (
            GinIndex(name="etablissement_recherche_trgm", fields=["recherche"], opclasses=["gin_trgm_ops"]),
            # Counting the ESSMS of an organism reads this index, not a thousand rows.
            models.Index(
                fields=["entite", "categorie"], include=["ferme_le"], name="etablissement_de_l_organisme"
            ),
        )

    def __str__(self) -> str:
        return f"{self.nom_long or self.nom} ({self.finess_et})"

    @property
    def finess_ej(self) -> str:
        """Number of the legal entity, without reading it."""
        return str(self.entite_id)

    @property
    def nomenclature(self) -> nomenclatures.Categorie | None:
        """Its category in the nomenclature; None when the code is unknown there."""
        return nomenclatures.categories().get(self.categorie)

    @property
    def ars(self) -> str:
        """Name of the regional health agency; empty where there is none."""
        region = nomenclatures.regions().get(self.region)
        return region.ars if region is not None else ""
