"""Questions of the sources, answered: designs on the eight criteria, and the business case."""
