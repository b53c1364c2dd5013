"""Reading of the public FINESS files: numbers, CSV files, 2026 JSON stream, nomenclatures. No Django."""
