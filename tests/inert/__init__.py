"""A screen for what moves nothing: switches, parameters, keys of titles and of policy."""
