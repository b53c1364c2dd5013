"""Reading of the public FINESS files: numbers, national CSV files, 2026 JSON stream, nomenclatures. No Django."""
