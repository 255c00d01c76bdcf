"""Hits, pages, problems and progress, as a person or a program reads them."""
