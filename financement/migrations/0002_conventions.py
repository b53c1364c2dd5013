"""Frozen plans, conventions, financed ESSMS, payments."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django_fsm
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("financement", "0001_simulation"),
        ("grappes", "0002_campagne_grappe"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.CharField(max_length=60, verbose_name="édition de l’appel à projets")),
                ("version_regles", models.CharField(max_length=64, verbose_name="version des règles")),
                ("entree", models.JSONField(verbose_name="entrée")),
                ("resultat", models.JSONField(verbose_name="résultat")),
                ("conditions", models.JSONField(verbose_name="conditions de l’édition")),
                ("total", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="subvention")),
                ("empreinte", models.CharField(max_length=64, verbose_name="empreinte")),
                ("fige_le", models.DateTimeField(verbose_name="figé le")),
                (
                    "fige_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grappe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="grappes.grappe",
                        verbose_name="grappe",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan de financement",
                "verbose_name_plural": "plans de financement",
                "ordering": ("-fige_le", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Convention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveIntegerField(verbose_name="rang dans la campagne")),
                ("numero", models.CharField(max_length=30, unique=True, verbose_name="numéro")),
                ("dossier_numero", models.CharField(max_length=30, verbose_name="numéro du dossier")),
                ("decision_le", models.DateField(verbose_name="date de la décision")),
                ("ars_nom", models.CharField(max_length=200, verbose_name="agence régionale de santé")),
                (
                    "porteur_ej",
                    models.CharField(db_index=True, max_length=9, verbose_name="FINESS juridique du porteur"),
                ),
                ("porteur_nom", models.CharField(max_length=250, verbose_name="porteur")),
                (
                    "porteur_commune",
                    models.CharField(blank=True, max_length=200, verbose_name="commune du siège"),
                ),
                ("porteur_siren", models.CharField(blank=True, max_length=20, verbose_name="SIREN")),
                ("signataire", models.CharField(max_length=150, verbose_name="signataire")),
                (
                    "signataire_qualite",
                    models.CharField(blank=True, max_length=150, verbose_name="qualité du signataire"),
                ),
                (
                    "etat",
                    django_fsm.FSMField(
                        choices=[
                            ("preparee", "Préparée"),
                            ("emise", "Émise, à signer"),
                            ("signee", "Signée"),
                        ],
                        db_index=True,
                        default="preparee",
                        max_length=50,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("preparee_le", models.DateTimeField(verbose_name="préparée le")),
                ("emise_le", models.DateTimeField(null=True, verbose_name="émise le")),
                ("signee_le", models.DateField(null=True, verbose_name="signée le")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="fichier")),
                (
                    "document_empreinte",
                    models.CharField(blank=True, max_length=64, verbose_name="empreinte du fichier"),
                ),
                (
                    "document_taille",
                    models.PositiveIntegerField(default=0, verbose_name="taille du fichier, en octets"),
                ),
                (
                    "campagne",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conventions",
                        to="grappes.campagne",
                    ),
                ),
                (
                    "emise_par",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grappe",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convention",
                        to="grappes.grappe",
                    ),
                ),
                (
                    "preparee_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signee_par",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convention",
                        to="financement.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "convention",
                "ordering": ("-preparee_le", "-pk"),
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Versement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("montant", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant")),
                ("verse_le", models.DateField(verbose_name="versé le")),
                ("reference", models.CharField(max_length=60, verbose_name="référence du paiement")),
                ("enregistre_le", models.DateTimeField(verbose_name="enregistré le")),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versements",
                        to="financement.convention",
                    ),
                ),
                (
                    "enregistre_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "versement",
                "ordering": ("convention", "rang"),
            },
        ),
        migrations.CreateModel(
            name="EngagementEssms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finess_et", models.CharField(max_length=9, verbose_name="FINESS géographique")),
                ("nom", models.CharField(max_length=200, verbose_name="nom")),
                ("commune", models.CharField(blank=True, max_length=200, verbose_name="commune")),
                ("finess_ej", models.CharField(blank=True, max_length=9, verbose_name="FINESS juridique")),
                (
                    "organisme",
                    models.CharField(blank=True, max_length=200, verbose_name="organisme gestionnaire"),
                ),
                ("operation", models.CharField(max_length=20, verbose_name="opération")),
                ("logiciel", models.CharField(max_length=200, verbose_name="logiciel")),
                ("actif", models.BooleanField(default=True, verbose_name="actif")),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="financement.convention",
                    ),
                ),
            ],
            options={
                "verbose_name": "ESSMS financé",
                "verbose_name_plural": "ESSMS financés",
                "ordering": ("finess_et", "operation"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("actif", True)),
                        fields=("finess_et", "operation"),
                        name="essms_finance_une_fois",
                        violation_error_message="Cet ESSMS est déjà financé pour cette opération (règle E8).",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("actif", True)),
                        expressions=[
                            ("finess_et", "="),
                            (django.db.models.functions.text.Lower("logiciel"), "<>"),
                        ],
                        name="essms_un_seul_logiciel",
                        violation_error_message="Cet ESSMS est déjà financé pour un autre logiciel (règle E9).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("logiciel", ""), _negated=True),
                        name="essms_finance_logiciel_nomme",
                        violation_error_message="Un ESSMS est financé pour un logiciel nommé.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("grappe", "empreinte"),
                name="plan_unique_par_contenu",
                violation_error_message="Ce plan de financement est déjà figé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("empreinte__regex", "^[0-9a-f]{64}$"), ("version_regles__regex", "^[0-9a-f]{64}$")
                ),
                name="plan_empreintes_hexadecimales",
                violation_error_message="Une empreinte compte soixante-quatre chiffres hexadécimaux.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("total__gte", 0)),
                name="plan_total_positif",
                violation_error_message="Une subvention n’est pas négative.",
            ),
        ),
        migrations.AddIndex(
            model_name="convention",
            index=models.Index(fields=["campagne", "etat"], name="convention_campagne_etat"),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.UniqueConstraint(
                fields=("campagne", "rang"),
                name="convention_rang_unique",
                violation_error_message="Ce numéro de convention est déjà pris.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(("rang__gte", 1)),
                name="convention_rang_positif",
                violation_error_message="Les conventions se numérotent à partir de 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("emise_le__isnull", True), ("etat", "preparee"), ("signee_le__isnull", True)),
                    models.Q(("emise_le__isnull", False), ("etat", "emise"), ("signee_le__isnull", True)),
                    models.Q(("emise_le__isnull", False), ("etat", "signee"), ("signee_le__isnull", False)),
                    _connector="OR",
                ),
                name="convention_etat_et_dates",
                violation_error_message="L’état d’une convention s’accorde avec ses dates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("emise_le__isnull", True), ("emise_par__isnull", True)),
                        models.Q(("emise_le__isnull", False), ("emise_par__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("signee_le__isnull", True), ("signee_par__isnull", True)),
                        models.Q(("signee_le__isnull", False), ("signee_par__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="convention_le_et_par",
                violation_error_message="Une émission et une signature disent quand et par qui.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emise_le__isnull", True), ("emise_le__gte", models.F("preparee_le")), _connector="OR"
                ),
                name="convention_dates_ordonnees",
                violation_error_message="Une convention n’est pas émise avant d’être préparée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document", ""),
                        ("document_empreinte", ""),
                        ("document_taille", 0),
                        ("emise_le__isnull", True),
                    ),
                    models.Q(
                        ("document_empreinte__regex", "^[0-9a-f]{64}$"),
                        ("document_taille__gt", 0),
                        ("emise_le__isnull", False),
                        models.Q(("document", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="convention_emise_avec_document",
                violation_error_message="Une convention émise a son document, et elle seule.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versement",
            constraint=models.UniqueConstraint(
                fields=("convention", "rang"),
                name="versement_une_fois",
                violation_error_message="Ce versement est déjà enregistré.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versement",
            constraint=models.CheckConstraint(
                condition=models.Q(("rang__in", (1, 2))),
                name="versement_rang_connu",
                violation_error_message="Une convention a deux versements.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versement",
            constraint=models.CheckConstraint(
                condition=models.Q(("montant__gt", 0)),
                name="versement_montant_positif",
                violation_error_message="Un versement est positif.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                name="versement_reference_donnee",
                violation_error_message="Un versement porte la référence de son paiement.",
            ),
        ),
    ]
