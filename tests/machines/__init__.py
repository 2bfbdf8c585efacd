"""The compiled model on other machines: WebAssembly in Node, 64-bit ARM under qemu."""
