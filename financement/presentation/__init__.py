"""What the screens and the exports say of a result: words, groups and pages, never a figure that the engine did not give."""
