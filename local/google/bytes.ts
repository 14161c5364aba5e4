const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Google's bytes are signed: -128 to 127. */
export function signed(bytes: ArrayLike<number>): number[] {
  return Array.from(bytes, (byte) => (byte << 24) >> 24);
}

/** UTF-8 bytes (signed) of a text. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return signed(bytes);
}

/** The text that these UTF-8 bytes spell; what is not UTF-8 becomes U+FFFD. */
export function utf8Text(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = (bytes[i] ?? 0) & 255;
    const extra = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : -1;
    let code = extra === 0 ? first : first & (0x3f >> extra);
    let good = extra >= 0 && i + extra < bytes.length;
    for (let k = 1; good && k <= extra; k += 1) {
      const next = (bytes[i + k] ?? 0) & 255;
      good = next >> 6 === 2;
      code = (code << 6) | (next & 63);
    }
    text += good ? String.fromCodePoint(Math.min(code, 0x10ffff)) : '\ufffd';
    i += good ? extra + 1 : 1;
  }
  return text;
}

/** Base64 of bytes, signed or not. */
export function base64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group =
      ((((bytes[i] ?? 0) & 255) << 16) | (((bytes[i + 1] ?? 0) & 255) << 8) | ((bytes[i + 2] ?? 0) & 255)) >>> 0;
    const digit = (shift: number) => ALPHABET.charAt((group >> shift) & 63);
    text += digit(18) + digit(12) + (left > 1 ? digit(6) : '=') + (left > 2 ? digit(0) : '=');
  }
  return text;
}

/** The signed bytes of a base64 text, web-safe or not; undefined when it is none. */
export function fromBase64(text: string): number[] | undefined {
  const clean = text
    .replace(/[\r\n]/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/=+$/, '');
  if (/[^A-Za-z0-9+/]/.test(clean) || clean.length % 4 === 1) return undefined;
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of clean) {
    buffer = ((buffer << 6) | ALPHABET.indexOf(character)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 255);
    }
  }
  return signed(bytes);
}
