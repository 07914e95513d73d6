// GB/T 32905, for what the package keeps of a file: its name and this digest.
const T = (j: number): number => (j < 16 ? 0x79cc4519 : 0x7a879d8a);
const turn = (x: number, n: number): number => (x << n % 32) | (x >>> (32 - (n % 32)));

export class Sm3 {
  #state = Uint32Array.of(0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e);
  #rest = new Uint8Array(64);
  #filled = 0;
  #length = 0;

  update(bytes: Uint8Array): this {
    this.#length += bytes.length;
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + 64 - this.#filled);
      this.#rest.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === 64) {
        this.#block();
        this.#filled = 0;
      }
    }
    return this;
  }

  hex(): string {
    const length = this.#length;
    this.update(Uint8Array.of(0x80));
    while (this.#filled !== 56) this.update(Uint8Array.of(0));
    const tail = new DataView(new ArrayBuffer(8));
    tail.setUint32(0, Math.floor(length / 0x2000_0000));
    tail.setUint32(4, (length * 8) >>> 0);
    this.update(new Uint8Array(tail.buffer));
    return [...this.#state].map((word) => word.toString(16).padStart(8, "0")).join("");
  }

  #block(): void {
    const data = new DataView(this.#rest.buffer);
    const w = new Int32Array(68);
    for (let j = 0; j < 16; j += 1) w[j] = data.getInt32(j * 4);
    const at = (j: number): number => w[j] as number;
    for (let j = 16; j < 68; j += 1) {
      const x = at(j - 16) ^ at(j - 9) ^ turn(at(j - 3), 15);
      w[j] = x ^ turn(x, 15) ^ turn(x, 23) ^ turn(at(j - 13), 7) ^ at(j - 6);
    }
    let [a, b, c, d, e, f, g, h] = [...this.#state] as [number, number, number, number, number, number, number, number];
    for (let j = 0; j < 64; j += 1) {
      const ss1 = turn((turn(a, 12) + e + turn(T(j), j)) | 0, 7), ss2 = ss1 ^ turn(a, 12);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c), gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + ss2 + (at(j) ^ at(j + 4))) | 0, tt2 = (gg + h + ss1 + at(j)) | 0;
      [d, c, b, a, h, g, f, e] = [c, turn(b, 9), a, tt1, g, turn(f, 19), e, tt2 ^ turn(tt2, 9) ^ turn(tt2, 17)];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => { this.#state[index] = (this.#state[index] as number) ^ word; });
  }
}

/** A file's digest; it is read in pieces, and goes nowhere. */
export async function sm3Of(file: Blob): Promise<string> {
  const sum = new Sm3(), reader = file.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) sum.update(part.value);
  return sum.hex();
}
