"""Command-line scripts of the checkout; the measures are their Python side."""
