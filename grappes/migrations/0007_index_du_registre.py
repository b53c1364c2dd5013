import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three indexes of the register fewer: none was ever read, and each cost every row of an import."""

    dependencies = [
        ("grappes", "0006_index_de_l_organisme"),
    ]

    operations = [
        migrations.AlterField(
            model_name="etablissement",
            name="entite",
            field=models.ForeignKey(
                db_column="finess_ej",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="etablissements",
                to="grappes.entitejuridique",
                verbose_name="entité juridique",
            ),
        ),
        migrations.AlterField(
            model_name="etatetablissement",
            name="finess_ej",
            field=models.CharField(max_length=9, verbose_name="numéro FINESS juridique"),
        ),
        migrations.AddIndex(
            model_name="etatetablissement",
            index=models.Index(fields=["finess_ej"], name="etat_de_l_organisme"),
        ),
    ]
