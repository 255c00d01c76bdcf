"""recordsearch: index and search public records on one's own machine."""

__version__ = "0.1.0"
