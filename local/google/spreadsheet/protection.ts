import { call } from '../bridge.ts';
import { type EnumValue, guardClass } from '../guard.ts';
import { spreadsheetEnums } from './enums.ts';
import type { Area, Range } from './range.ts';

interface ProtectionData {
  readonly area: Area;
  readonly wholeSheet: boolean;
  readonly description: string;
  readonly warningOnly: boolean;
}

/** Google's Protection; the host keeps its state by id. */
export class Protection {
  readonly id: number;
  readonly rangeAt: (area: Area) => Range;

  constructor(id: number, rangeAt: (area: Area) => Range) {
    this.id = id;
    this.rangeAt = rangeAt;
  }

  getDescription(): string {
    return this.data().description;
  }

  setDescription(description: string): this {
    call('protection.set', this.id, { description: String(description) });
    return this;
  }

  isWarningOnly(): boolean {
    return this.data().warningOnly;
  }

  setWarningOnly(warningOnly: boolean): this {
    call('protection.set', this.id, { warningOnly: warningOnly === true });
    return this;
  }

  canEdit(): boolean {
    return true;
  }

  getProtectionType(): EnumValue {
    return this.data().wholeSheet ? spreadsheetEnums.ProtectionType.SHEET : spreadsheetEnums.ProtectionType.RANGE;
  }

  getRange(): Range {
    return this.rangeAt(this.data().area);
  }

  remove(): void {
    call('protection.remove', this.id);
  }

  data(): ProtectionData {
    return call('protection.get', this.id) as ProtectionData;
  }
}
guardClass(Protection, 'Protection');
