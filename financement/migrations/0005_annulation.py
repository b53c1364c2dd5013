"""A convention may be cancelled before its signature."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("financement", "0004_registre_du_plan"),
        ("grappes", "0003_participations_et_solutions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="convention",
            name="convention_etat_et_dates",
        ),
        migrations.RemoveConstraint(
            model_name="convention",
            name="convention_le_et_par",
        ),
        migrations.AddField(
            model_name="convention",
            name="annulee_le",
            field=models.DateTimeField(null=True, verbose_name="annulée le"),
        ),
        migrations.AddField(
            model_name="convention",
            name="annulee_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="convention",
            name="etat",
            field=django_fsm.FSMField(
                choices=[
                    ("preparee", "Préparée"),
                    ("emise", "Émise, à signer"),
                    ("signee", "Signée"),
                    ("annulee", "Annulée"),
                ],
                db_index=True,
                default="preparee",
                max_length=50,
                protected=True,
                verbose_name="état",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("emise_le__isnull", True), ("etat", "preparee"), ("signee_le__isnull", True)),
                    models.Q(("emise_le__isnull", False), ("etat", "emise"), ("signee_le__isnull", True)),
                    models.Q(("emise_le__isnull", False), ("etat", "signee"), ("signee_le__isnull", False)),
                    models.Q(("etat", "annulee"), ("signee_le__isnull", True)),
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
                    models.Q(
                        models.Q(("annulee_le__isnull", True), ("annulee_par__isnull", True)),
                        models.Q(("annulee_le__isnull", False), ("annulee_par__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="convention_le_et_par",
                violation_error_message="Une émission, une signature et une annulation disent quand et par qui.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("annulee_le__isnull", False), ("etat", "annulee")),
                    models.Q(models.Q(("etat", "annulee"), _negated=True), ("annulee_le__isnull", True)),
                    _connector="OR",
                ),
                name="convention_annulee_le",
                violation_error_message="Une convention annulée dit quand, et elle seule.",
            ),
        ),
    ]
