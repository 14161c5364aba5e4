import { checkShape } from './check-shape.ts';
import type { Company } from './company.ts';
import { faultMembers } from './envelope.ts';
import { QuickBooksFault, refuse } from './faults.ts';
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from './json.ts';
import { type Part, partsOf } from './multipart.ts';
import { entityNamed, SHAPES } from './shapes.ts';

/** POST /upload: files with what they belong to; every file has its own outcome. */
export function upload(company: Company, contentType: string, body: Buffer): JsonObject {
  const parts = partsOf(contentType, body);
  const files = parts?.filter((part) => part.name.startsWith('file_content_')) ?? [];
  if (parts === undefined || files.length === 0) {
    throw refuse('2010', 'Expected a multipart/form-data body with parts file_metadata_01 and file_content_01');
  }
  return { AttachableResponse: files.map((file) => stored(company, file, metadataOf(parts, file))) };
}

function metadataOf(parts: readonly Part[], file: Part): Part | undefined {
  const name = file.name.replace('file_content_', 'file_metadata_');
  return parts.find((part) => part.name === name);
}

function stored(company: Company, file: Part, metadata: Part | undefined): JsonObject {
  try {
    const said = metadata === undefined ? {} : parsed(metadata);
    const problems = checkShape(said, SHAPES.Attachable);
    if (problems.length > 0) throw new QuickBooksFault(problems);
    checkLinks(company, said);
    if (file.bytes.length === 0 || file.bytes.length > company.assumptions.uploadBytes) {
      throw refuse('6030', `The attachment has ${file.bytes.length} bytes`);
    }
    const row = company.store.insert('Attachable', {
      ...said,
      FileName: textAt(said, 'FileName') ?? file.fileName ?? file.name,
      ContentType: textAt(said, 'ContentType') ?? file.contentType ?? 'application/octet-stream',
      Size: file.bytes.length,
    });
    company.files.push({ attachableId: row.id, bytes: file.bytes });
    const uri = `/v3/company/${company.realmId}/download/${row.id}`;
    const withUris = { ...row.entity, FileAccessUri: uri, TempDownloadUri: uri };
    return { Attachable: withUris };
  } catch (error) {
    if (!(error instanceof QuickBooksFault)) throw error;
    return { Fault: faultMembers(error) };
  }
}

function parsed(metadata: Part): JsonObject {
  try {
    const value: unknown = JSON.parse(metadata.bytes.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // answered below, like any other text that is no object
  }
  throw refuse('2010', `Property Name:${metadata.name} specified is unsupported or invalid`);
}

function checkLinks(company: Company, said: JsonObject): void {
  for (const link of objectsAt(said, 'AttachableRef')) {
    const ref = objectAt(link, 'EntityRef') ?? {};
    const kind = entityNamed(textAt(ref, 'type') ?? '');
    if (kind === undefined || company.store.find(kind, textAt(ref, 'value') ?? '') === undefined) {
      throw refuse('2500', `Invalid Reference Id : ${textAt(ref, 'type')} ${textAt(ref, 'value')}`, 'AttachableRef');
    }
  }
}
