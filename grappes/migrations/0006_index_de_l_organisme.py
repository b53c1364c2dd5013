from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grappes", "0005_sans_index_de_l_organisme"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="etablissement",
            index=models.Index(
                fields=["entite", "categorie"], include=("ferme_le",), name="etablissement_de_l_organisme"
            ),
        ),
    ]
