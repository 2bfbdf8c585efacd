// States from which runs of other policies can go on, by what they have in common, within a limit.

export interface Past {
  /** Of the tables with the population drawn: runs that began otherwise share nothing. */
  drawn: string;
  state: Uint8Array;
  measured: Float64Array;
}

export class Pasts {
  private readonly known = new Map<string, Past>();
  private bytes = 0;

  constructor(private readonly most: number) {}

  find(key: string, drawn: string): Past | undefined {
    const found = this.known.get(key);
    if (found === undefined || found.drawn !== drawn) return undefined;
    // The one that was used last is let go of last.
    this.known.delete(key);
    this.known.set(key, found);
    return found;
  }

  keep(key: string, past: Past): void {
    this.drop(key);
    const bytes = past.state.byteLength + past.measured.byteLength;
    if (bytes > this.most) return;
    for (const oldest of this.known.keys()) {
      if (this.bytes + bytes <= this.most) break;
      this.drop(oldest);
    }
    this.known.set(key, past);
    this.bytes += bytes;
  }

  private drop(key: string): void {
    const found = this.known.get(key);
    if (found === undefined) return;
    this.known.delete(key);
    this.bytes -= found.state.byteLength + found.measured.byteLength;
  }
}

/** Return a word that two states of any difference hardly share: four sums of 32 bits. */
export function fingerprint(state: Uint8Array): string {
  const words = new Uint32Array(state.buffer, state.byteOffset, state.byteLength >> 2);
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  let c = 0;
  for (let k = 0; k < words.length; k++) {
    const word = words[k]!;
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ word, 0x85ebca6b) ^ (b >>> 13);
    c = (c + Math.imul(word, 2 * k + 1)) | 0;
  }
  return `${words.length} ${a >>> 0} ${b >>> 0} ${c >>> 0}`;
}
