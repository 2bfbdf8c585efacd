// Files that the page saves, caught.

/** Runs in the page: `window.saved` has name and content of what would have been saved. */
export function catchFiles() {
  window.saved = [];
  HTMLAnchorElement.prototype.click = function caught() {
    window.saved.push({ name: this.download, content: window.blobs.get(this.href) });
  };
  window.blobs = new Map();
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    const address = make(blob);
    window.blobs.set(address, blob);
    return address;
  };
}
