import type { SowForm } from './state.ts';

/** What a file that a person chose gives to the form, or a sentence with the cause and what to do next. Nothing is sent for it. */
export function readSowFile(
  name: string,
  bytes: Uint8Array,
): { readonly fill: Partial<SowForm> } | { readonly problem: string } {
  if (bytes.length === 0) return { problem: `${name} is empty. Choose another file, or paste the text.` };
  if (bytes.length > MOST_BYTES)
    return { problem: `${name} is larger than 20 MB. Save only the pages with terms as a PDF, or paste their text.` };
  const start = latin(bytes.subarray(0, 1_024));
  const isPdf = start.includes('%PDF-');
  if (isPdf) {
    if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(latin(bytes)))
      return {
        problem: `${name} is protected with a password, so Claude cannot read it. Open it, print it to a PDF without one, and choose that, or paste the text.`,
      };
    return { fill: { pdf: { name, pdfBase64: btoa(latin(bytes)) } } };
  }
  if (/\.docx?$|\.odt$|\.pages$|\.rtf$/i.test(name))
    return {
      problem: `${name} is a file of a word processor, which cannot be read here. Save it as PDF there and choose that, or copy and paste its text.`,
    };
  if (/\.pdf$/i.test(name))
    return {
      problem: `${name} is called .pdf but is no PDF: it is damaged, or another kind of file under that name. Open it to see; save it as PDF anew, or paste the text.`,
    };
  if (start.includes('\0') || start.startsWith('PK'))
    return { problem: `${name} is neither PDF nor text. Save it as PDF and choose that, or paste the text.` };
  const text = new TextDecoder().decode(bytes);
  if (!/\p{L}/u.test(text)) return { problem: `${name} holds no text. Choose another file, or paste the text.` };
  return { fill: { name, text, fromPdf: false, pdf: null } };
}

/** A box that was emptied, or filled with another text, is no longer the text of a file. */
export function typedText(text: string, before: string): Partial<SowForm> {
  const head = before.slice(0, SAME);
  const tail = before.slice(-SAME);
  const isOther = text === '' || (!text.includes(head) && !text.includes(tail));
  return isOther ? { text, name: '', fromPdf: false } : { text };
}

/** Characters at the beginning or the end of a text by which it is known again. */
const SAME = 60;

const MOST_BYTES = 20_000_000;

/** A character for each byte, in pieces, since a call takes only so many arguments. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
}
