"""From paths that the user names to files: the walk, their type by content, their hash."""
