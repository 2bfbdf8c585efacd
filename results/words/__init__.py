"""Words for people: names, units and numbers as they are read, in English and in Dutch."""
