/** A SHA-256 that takes its input in parts: Web Crypto wants all of it at once, which a large file must never be. */
export type Sha256 = {
  readonly update: (bytes: Uint8Array) => void;
  /** The digest as 64 hexadecimal digits; nothing may be added afterwards. */
  readonly hex: () => string;
};

const BLOCK = 64;
const ROUNDS = 64;
/** Where the length in bits stands in the last block. */
const LENGTH_AT = 56;

const primes = (count: number): number[] => {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
};
/** The first 32 bits of the fraction, as FIPS 180-4 derives its constants from the first primes. */
const fraction = (value: number) => Math.floor((value - Math.floor(value)) * 2 ** 32);
const K = Int32Array.from(primes(ROUNDS), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

/** Works one block into the state (FIPS 180-4, 6.2.2). Plain variables: this is where all the time goes. */
function compress(state: Int32Array, words: Int32Array, view: DataView, at: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < ROUNDS; i += 1) {
    const x = words[i - 15] ?? 0;
    const y = words[i - 2] ?? 0;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = ((words[i - 16] ?? 0) + s0 + (words[i - 7] ?? 0) + s1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < ROUNDS; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] ?? 0) + (words[i] ?? 0)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const sum = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i += 1) state[i] = ((state[i] ?? 0) + (sum[i] ?? 0)) | 0;
}

/** Begins a digest. */
export function sha256(): Sha256 {
  const state = Int32Array.from(START);
  const words = new Int32Array(ROUNDS);
  const rest = new Uint8Array(BLOCK);
  const restView = new DataView(rest.buffer);
  let kept = 0;
  let total = 0;

  return {
    update: (bytes) => {
      total += bytes.length;
      let at = 0;
      if (kept > 0) {
        at = Math.min(BLOCK - kept, bytes.length);
        rest.set(bytes.subarray(0, at), kept);
        kept += at;
        if (kept < BLOCK) return;
        compress(state, words, restView, 0);
        kept = 0;
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (; at + BLOCK <= bytes.length; at += BLOCK) compress(state, words, view, at);
      rest.set(bytes.subarray(at));
      kept = bytes.length - at;
    },
    hex: () => {
      rest.fill(0, kept);
      rest[kept] = 0x80;
      if (kept >= LENGTH_AT) {
        compress(state, words, restView, 0);
        rest.fill(0);
      }
      restView.setUint32(LENGTH_AT, Math.floor((total * 8) / 2 ** 32));
      restView.setUint32(LENGTH_AT + 4, (total * 8) % 2 ** 32);
      compress(state, words, restView, 0);
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

/** Whether a text has the shape of a digest: nothing else ever becomes part of a path. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
