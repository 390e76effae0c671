"""Finding what was in front: a typed line, the index of distinct texts, and the search in it."""
