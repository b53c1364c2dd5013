"""A version of a section is written once, like what is filed or decided."""

from django.db import migrations

GARDE = """
CREATE TRIGGER version_de_section_immuable BEFORE UPDATE OR DELETE ON instruction_versiondesection
    FOR EACH ROW EXECUTE FUNCTION instruction_ecrit_une_fois();
"""
RETOUR = "DROP TRIGGER version_de_section_immuable ON instruction_versiondesection;"


class Migration(migrations.Migration):
    dependencies = [("instruction", "0004_sections")]

    operations = [migrations.RunSQL(GARDE, RETOUR)]
