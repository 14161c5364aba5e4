/** One part of a multipart body. */
export interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  /** The bytes that are meant: base64 is undone where the part says so. */
  readonly bytes: Buffer;
}

/** Takes a multipart/form-data body apart; undefined where it is none or has no end. */
export function partsOf(contentType: string, body: Buffer): Part[] | undefined {
  const match = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return undefined;
  const mark = `--${boundary}`;
  const text = body.toString('latin1');
  const pieces = text.split(mark);
  const last = pieces.at(-1);
  if (pieces.length < 2 || last?.startsWith('--') !== true) return undefined;
  return pieces.slice(1, -1).map(partOf);
}

function partOf(piece: string): Part {
  const clean = piece.replace(/^\r?\n/, '').replace(/\r?\n$/, '');
  const gap = /\r?\n\r?\n/.exec(clean);
  const head = gap === null ? clean : clean.slice(0, gap.index);
  const content = gap === null ? '' : clean.slice(gap.index + gap[0].length);
  const header = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim();
  const disposition = header('content-disposition') ?? '';
  const parameter = (name: string): string | undefined =>
    new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
  const isBase64 = header('content-transfer-encoding')?.toLowerCase() === 'base64';
  const fileName = parameter('filename');
  return {
    name: parameter('name') ?? '',
    fileName: fileName === undefined ? undefined : Buffer.from(fileName, 'latin1').toString('utf8'),
    contentType: header('content-type'),
    bytes: isBase64 ? Buffer.from(content, 'base64') : Buffer.from(content, 'latin1'),
  };
}
