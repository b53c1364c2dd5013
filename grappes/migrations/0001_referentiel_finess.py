import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

# `unaccent` is only STABLE, its dictionary being a parameter; naming the dictionary makes this wrapper truly constant.
# "SAINT" and "SAINTE" are shortened because FINESS writes "ST PAUL" where people type "Saint-Paul".
FONCTION_DE_RECHERCHE = r"""
CREATE FUNCTION finess_normaliser(texte text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $fonction$
    SELECT regexp_replace(
        btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, texte)), '[^a-z0-9]+', ' ', 'g')),
        '\msaint(e?)\M', 'st\1', 'g'
    )
$fonction$;
"""

# A new monthly file moves `vu_le` on every row: room left in each page keeps these updates away from the indexes (HOT).
PLACE_LIBRE = "ALTER TABLE grappes_etablissement SET (fillfactor = 45)"
PLACE_PLEINE = "ALTER TABLE grappes_etablissement RESET (fillfactor)"


class Migration(migrations.Migration):
    """The FINESS register, its history and its search."""

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FONCTION_DE_RECHERCHE, "DROP FUNCTION finess_normaliser(text)"),
        migrations.CreateModel(
            name="EntiteJuridique",
            fields=[
                (
                    "finess_ej",
                    models.CharField(
                        max_length=9,
                        primary_key=True,
                        serialize=False,
                        verbose_name="numéro FINESS juridique",
                    ),
                ),
                ("nom", models.CharField(blank=True, max_length=200, verbose_name="nom")),
                ("nom_long", models.CharField(blank=True, max_length=200, verbose_name="nom complet")),
                ("siren", models.CharField(blank=True, max_length=20, verbose_name="SIREN")),
                (
                    "statut_juridique",
                    models.CharField(blank=True, max_length=10, verbose_name="statut juridique"),
                ),
                ("code_postal", models.CharField(blank=True, max_length=10, verbose_name="code postal")),
                ("commune", models.CharField(blank=True, max_length=200, verbose_name="commune")),
                (
                    "departement",
                    models.CharField(blank=True, max_length=3, verbose_name="département (code INSEE)"),
                ),
                (
                    "region",
                    models.CharField(blank=True, max_length=3, verbose_name="région du siège (code INSEE)"),
                ),
                ("cree_le", models.DateField(blank=True, null=True, verbose_name="créée le")),
                ("ferme_le", models.DateField(blank=True, null=True, verbose_name="fermée le")),
                (
                    "vu_le",
                    models.DateField(
                        blank=True, null=True, verbose_name="date du dernier fichier qui la cite"
                    ),
                ),
                (
                    "recherche",
                    models.TextField(default="", editable=False, verbose_name="texte de recherche"),
                ),
            ],
            options={
                "verbose_name": "entité juridique",
                "verbose_name_plural": "entités juridiques",
                "ordering": ("finess_ej",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["recherche"], name="entite_recherche_trgm", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("finess_ej__regex", "^[0-9][0-9AB][0-9]{7}$")),
                        name="entite_finess_forme",
                        violation_error_message="Un numéro FINESS compte 9 chiffres, ou 2A ou 2B puis 7 chiffres.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Etablissement",
            fields=[
                (
                    "finess_et",
                    models.CharField(
                        max_length=9,
                        primary_key=True,
                        serialize=False,
                        verbose_name="numéro FINESS géographique",
                    ),
                ),
                ("nom", models.CharField(max_length=200, verbose_name="nom")),
                ("nom_long", models.CharField(blank=True, max_length=200, verbose_name="nom complet")),
                ("code_postal", models.CharField(blank=True, max_length=10, verbose_name="code postal")),
                ("commune", models.CharField(blank=True, max_length=200, verbose_name="commune")),
                (
                    "departement",
                    models.CharField(blank=True, max_length=3, verbose_name="département (code INSEE)"),
                ),
                ("region", models.CharField(blank=True, max_length=3, verbose_name="région (code INSEE)")),
                ("categorie", models.CharField(max_length=3, verbose_name="catégorie FINESS")),
                ("siret", models.CharField(blank=True, max_length=20, verbose_name="SIRET")),
                ("ouvert_le", models.DateField(blank=True, null=True, verbose_name="ouvert le")),
                ("ferme_le", models.DateField(blank=True, null=True, verbose_name="fermé le")),
                ("vu_le", models.DateField(verbose_name="date du dernier fichier qui le cite")),
                (
                    "recherche",
                    models.TextField(default="", editable=False, verbose_name="texte de recherche"),
                ),
                (
                    "entite",
                    models.ForeignKey(
                        db_column="finess_ej",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="etablissements",
                        to="grappes.entitejuridique",
                        verbose_name="entité juridique",
                    ),
                ),
            ],
            options={
                "verbose_name": "établissement",
                "ordering": ("finess_et",),
            },
        ),
        migrations.CreateModel(
            name="EtatEtablissement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "finess_ej",
                    models.CharField(db_index=True, max_length=9, verbose_name="numéro FINESS juridique"),
                ),
                ("nom", models.CharField(max_length=200, verbose_name="nom")),
                ("commune", models.CharField(blank=True, max_length=200, verbose_name="commune")),
                ("region", models.CharField(blank=True, max_length=3, verbose_name="région (code INSEE)")),
                ("categorie", models.CharField(max_length=3, verbose_name="catégorie FINESS")),
                ("ferme_le", models.DateField(blank=True, null=True, verbose_name="fermé le")),
                ("du", models.DateField(verbose_name="valable du")),
                (
                    "etablissement",
                    models.ForeignKey(
                        db_column="finess_et",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="etats",
                        to="grappes.etablissement",
                        verbose_name="établissement",
                    ),
                ),
            ],
            options={
                "verbose_name": "état d’un établissement",
                "verbose_name_plural": "états des établissements",
                "ordering": ("etablissement_id", "du"),
            },
        ),
        migrations.CreateModel(
            name="ImportFiness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fichier", models.CharField(max_length=255, verbose_name="fichier")),
                ("empreinte", models.CharField(max_length=64, verbose_name="empreinte SHA-256 du fichier")),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("json", "JSON")], max_length=4, verbose_name="format"
                    ),
                ),
                ("date_fichier", models.DateField(verbose_name="date du fichier")),
                ("importe_le", models.DateTimeField(verbose_name="importé le")),
                (
                    "motif_forcage",
                    models.CharField(blank=True, max_length=300, verbose_name="motif du forçage"),
                ),
                ("rapport", models.JSONField(verbose_name="rapport")),
                (
                    "par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "import FINESS",
                "verbose_name_plural": "imports FINESS",
                "ordering": ("-importe_le", "-pk"),
            },
        ),
        migrations.AddIndex(
            model_name="etablissement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["recherche"], name="etablissement_recherche_trgm", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="etablissement",
            constraint=models.CheckConstraint(
                condition=models.Q(("finess_et__regex", "^[0-9][0-9AB][0-9]{7}$")),
                name="etablissement_finess_forme",
                violation_error_message="Un numéro FINESS compte 9 chiffres, ou 2A ou 2B puis 7 chiffres.",
            ),
        ),
        migrations.AddConstraint(
            model_name="etablissement",
            constraint=models.CheckConstraint(
                condition=models.Q(("nom", ""), _negated=True),
                name="etablissement_nomme",
                violation_error_message="Un établissement a un nom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="etatetablissement",
            constraint=models.UniqueConstraint(
                fields=("etablissement", "du"),
                name="etat_un_seul_par_jour",
                violation_error_message="Un établissement n’a qu’un état à une date donnée.",
            ),
        ),
        migrations.RunSQL(PLACE_LIBRE, PLACE_PLEINE),
    ]
