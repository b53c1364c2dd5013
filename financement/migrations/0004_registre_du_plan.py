"""What the register said when a plan was frozen, so that it is played again without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("financement", "0003_gardes")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="registre",
            field=models.JSONField(default=dict, verbose_name="faits du référentiel"),
            preserve_default=False,
        ),
    ]
