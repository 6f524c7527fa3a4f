/** Bytes as base64 (RFC 4648), for pixels that travel in JSON. */

const ALPHABET = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=',
);
const PADDING = 64;

/** Padded, in one line; what a browser's `atob` reads. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    const left = bytes.length - i;
    const word = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    text[at] = ALPHABET[word >> 18];
    text[at + 1] = ALPHABET[(word >> 12) & 63];
    text[at + 2] = ALPHABET[left > 1 ? (word >> 6) & 63 : PADDING];
    text[at + 3] = ALPHABET[left > 2 ? word & 63 : PADDING];
  }
  return new TextDecoder().decode(text);
}
