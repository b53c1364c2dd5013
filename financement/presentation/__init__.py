"""What screens and exports say of a result: words, groups, pages; every figure is the engine's."""
