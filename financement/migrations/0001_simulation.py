"""The public simulations, and the trigger that keeps their content what their key says."""

import django.db.models.functions.datetime
from django.db import migrations, models

IMMUABLE = """
CREATE FUNCTION simulation_immuable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Une simulation ne se modifie pas : en enregistrer une autre.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER simulation_immuable BEFORE UPDATE ON financement_simulation
    FOR EACH ROW WHEN (NEW.cle IS DISTINCT FROM OLD.cle OR NEW.entree IS DISTINCT FROM OLD.entree)
    EXECUTE FUNCTION simulation_immuable();
"""
MODIFIABLE = """
DROP TRIGGER simulation_immuable ON financement_simulation;
DROP FUNCTION simulation_immuable();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Simulation",
            fields=[
                (
                    "cle",
                    models.CharField(
                        editable=False, max_length=20, primary_key=True, serialize=False, verbose_name="clé"
                    ),
                ),
                ("entree", models.JSONField(editable=False, verbose_name="entrée")),
                (
                    "enregistree_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="enregistrée le",
                    ),
                ),
                ("gardee_le", models.DateTimeField(editable=False, null=True, verbose_name="gardée le")),
            ],
            options={
                "verbose_name": "simulation",
                "ordering": ("-enregistree_le", "cle"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("gardee_le", None)),
                        fields=["enregistree_le"],
                        name="simulation_a_purger",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cle__regex", "^[0-9a-f]{20}$")),
                        name="simulation_cle_hexadecimale",
                        violation_error_message="La clé d’une simulation compte vingt chiffres hexadécimaux.",
                    )
                ],
            },
        ),
        migrations.RunSQL(IMMUABLE, MODIFIABLE),
    ]
