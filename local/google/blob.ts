import { utf8Bytes, utf8Text } from './bytes.ts';
import { guardClass } from './guard.ts';

/** Google's Blob. */
export class Blob {
  bytes: readonly number[];
  contentType: string | null;
  name: string | null;

  constructor(data: string | readonly number[], contentType: string | null, name: string | null) {
    this.bytes = typeof data === 'string' ? utf8Bytes(data) : [...data];
    this.contentType = contentType;
    this.name = name;
  }

  getBytes(): number[] {
    return [...this.bytes];
  }

  getDataAsString(_charset?: string): string {
    return utf8Text(this.bytes);
  }

  getContentType(): string | null {
    return this.contentType;
  }

  getName(): string | null {
    return this.name;
  }

  setName(name: string): this {
    this.name = String(name);
    return this;
  }

  setContentType(contentType: string): this {
    this.contentType = String(contentType);
    return this;
  }
}
guardClass(Blob, 'Blob');
