"""Figures of the portal at full size: what is measured, beside what is aimed at."""
