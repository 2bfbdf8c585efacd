"""The classroom: the model in one HTML file, which runs it in the browser, without a server."""
