"""A certification and a receipt in PDF are written once, like what is filed."""

from django.db import migrations

GARDE = """
CREATE TRIGGER certification_immuable BEFORE UPDATE OR DELETE ON instruction_certification
    FOR EACH ROW EXECUTE FUNCTION instruction_ecrit_une_fois();
CREATE TRIGGER accuse_en_pdf_immuable BEFORE UPDATE OR DELETE ON instruction_accuseenpdf
    FOR EACH ROW EXECUTE FUNCTION instruction_ecrit_une_fois();
"""
RETOUR = """
DROP TRIGGER accuse_en_pdf_immuable ON instruction_accuseenpdf;
DROP TRIGGER certification_immuable ON instruction_certification;
"""


class Migration(migrations.Migration):
    dependencies = [("instruction", "0010_certifications")]

    operations = [migrations.RunSQL(GARDE, RETOUR)]
