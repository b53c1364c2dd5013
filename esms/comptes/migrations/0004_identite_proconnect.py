import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0003_portee_et_retrait"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentiteProConnect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sub",
                    models.CharField(max_length=255, unique=True, verbose_name="identifiant chez ProConnect"),
                ),
                ("liee_le", models.DateTimeField(auto_now_add=True, verbose_name="liée le")),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identites_proconnect",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "identité ProConnect",
                "verbose_name_plural": "identités ProConnect",
                "ordering": ("pk",),
            },
        ),
    ]
