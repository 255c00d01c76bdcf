"""The query language, its tree, and the one analyser for index, query and highlighter."""
