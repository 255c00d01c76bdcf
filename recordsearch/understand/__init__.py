"""Pure functions from pages' texts to what the pages say."""
