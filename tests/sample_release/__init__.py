"""The parts of the sample release: what its documents say, and how each kind of file is made."""
