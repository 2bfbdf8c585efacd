"""The kernel of whole runs for other machines: as WebAssembly for a page, and to check it."""
