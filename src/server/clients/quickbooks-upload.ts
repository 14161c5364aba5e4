/** A text file for something that stands in QuickBooks already. */
export interface QuickBooksFile {
  readonly kind: 'Invoice' | 'Estimate';
  /** What it belongs to. */
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

/** The body of an upload: what it belongs to, then the file, apart by a boundary that stands in neither. */
export function uploadBody(file: QuickBooksFile): { readonly body: string; readonly contentType: string } {
  const about = JSON.stringify({
    AttachableRef: [{ EntityRef: { type: file.kind, value: file.id }, IncludeOnSend: true }],
    FileName: file.name,
    ContentType: file.contentType,
  });
  let boundary = 'time-to-invoice';
  while (about.includes(boundary) || file.text.includes(boundary)) boundary += '-x';
  const fileName = file.name.replace(/["\r\n]/g, '-');
  const body = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="file_metadata_01"',
    'Content-Type: application/json; charset=UTF-8',
    '',
    about,
    `--${boundary}`,
    `Content-Disposition: form-data; name="file_content_01"; filename="${fileName}"`,
    `Content-Type: ${file.contentType}`,
    '',
    file.text,
    `--${boundary}--`,
    '',
  ].join('\r\n');
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}
