"use strict";
// SHA-256 for pages where the browser gives none (crypto.subtle is missing outside secure contexts).
const sha256 = (() => {
  const K = new Uint32Array(64);
  const START = new Uint32Array(8);
  // The constants are the first 32 bits of the fractional parts of cube and square roots of the first primes.
  for (let n = 2, found = 0; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found++] = fraction(Math.cbrt(n));
  }
  function fraction(x) { return Math.floor((x - Math.floor(x)) * 4294967296); }

  function blocks(h, data, from, to) {
    const w = new Int32Array(64);
    for (let at = from; at < to; at += 64) {
      for (let i = 0, p = at; i < 16; i++, p += 4) w[i] = (data[p] << 24) | (data[p + 1] << 16) | (data[p + 2] << 8) | data[p + 3];
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + ((a >>> 7 | a << 25) ^ (a >>> 18 | a << 14) ^ (a >>> 3)) + w[i - 7] + ((b >>> 17 | b << 15) ^ (b >>> 19 | b << 13) ^ (b >>> 10));
      }
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 64; i++) {
        const t = (k + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const u = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
      }
      h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += k;
    }
  }

  const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");

  function own(data) {
    const h = Int32Array.from(START);
    const whole = data.length - data.length % 64;
    blocks(h, data, 0, whole);
    const tail = new Uint8Array(data.length % 64 < 56 ? 64 : 128);
    tail.set(data.subarray(whole));
    tail[data.length % 64] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(data.length / 536870912));
    view.setUint32(tail.length - 4, (data.length << 3) >>> 0);
    blocks(h, tail, 0, tail.length);
    return Array.from(h, word => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  return async data => {
    const subtle = globalThis.crypto && globalThis.crypto.subtle;
    return subtle ? hex(new Uint8Array(await subtle.digest("SHA-256", data))) : own(data);
  };
})();
