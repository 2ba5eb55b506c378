"""Delegates: what paints rows and cards."""
