"""One form per section of a candidature; all of them extend `base.FormulaireDeSection`."""
