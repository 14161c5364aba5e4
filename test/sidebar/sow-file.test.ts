import { expect, it } from 'vitest';
import { readSowFile, typedText } from '../../src/sidebar/sow-file.ts';

const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

it.each([
  ['an empty text', 'a.txt', '', 'a.txt is empty. Choose another file'],
  ['a text of blanks', 'a.txt', ' \n', 'a.txt holds no text.'],
  ['junk called .pdf', 'a.pdf', 'hello', 'a.pdf is called .pdf but is no PDF'],
  [
    'a Word file',
    'a.docx',
    'PK\x03\x04',
    'a.docx is a file of a word processor, which cannot be read here. Save it as PDF',
  ],
  ['an archive', 'a.zip', 'PK\x03\x04', 'a.zip is neither PDF nor text'],
  ['a picture', 'a.png', '\x89PNG\0', 'a.png is neither PDF nor text'],
  [
    'a PDF with a password',
    'a.pdf',
    '%PDF-1.7\ntrailer << /Encrypt 9 0 R >>',
    'a.pdf is protected with a password, so Claude cannot read it. Open it, print it to a PDF without one',
  ],
])('%s is refused before anything is sent, with the cause and the next step', (_, name, content, sentence) => {
  expect(readSowFile(name, bytes(content))).toEqual({ problem: expect.stringContaining(sentence) });
});

it('text is taken as text, and a PDF by what it is, not by its name', () => {
  expect(readSowFile('a.md', bytes('# SOW'))).toEqual({
    fill: { name: 'a.md', text: '# SOW', fromPdf: false, pdf: null },
  });
  expect(readSowFile('a', bytes('%PDF-1.4'))).toEqual({ fill: { pdf: { name: 'a', pdfBase64: btoa('%PDF-1.4') } } });
});

it("a text is the file's as long as its beginning or its end stands; another one is not", () => {
  const read = `First line of the SOW, long enough to be known again anywhere. ${'Terms. '.repeat(30)}The end of it, long enough, too.`;
  const other = { name: '', fromPdf: false };
  expect(typedText(`${read} More.`, read)).toEqual({ text: `${read} More.` });
  expect(typedText(read.replace('First', 'Second'), read)).not.toMatchObject(other);
  expect(typedText('Quite another SOW.', read)).toEqual({ text: 'Quite another SOW.', ...other });
  expect(typedText('', read)).toEqual({ text: '', ...other });
});
