"""All SQL: the catalogue is the truth about an archive, the index can be made from it again."""
