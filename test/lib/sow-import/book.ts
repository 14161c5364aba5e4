import type { TermsBook } from '../../../src/lib/sow-import/model.ts';
import type { TableContent } from '../../../src/lib/workbook/decode.ts';
import type { RowOf, TableDef } from '../../../src/lib/workbook/define.ts';
import type { clients, rates, sowLines, sows } from '../../../src/lib/workbook/tables/terms.ts';

/** Tabs without a problem of their own, with these rows. */
export function bookOf(rows: {
  readonly sows?: readonly RowOf<typeof sows>[];
  readonly lines?: readonly RowOf<typeof sowLines>[];
  readonly rates?: readonly RowOf<typeof rates>[];
  readonly currency?: string;
}): TermsBook {
  const client: RowOf<typeof clients> = {
    client: 'Acme',
    quickBooksCustomer: '',
    currency: rows.currency ?? 'USD',
    terms: '',
    billEmail: '',
    invoicePer: 'client',
    groupLinesBy: 'line item',
    taxCode: '',
    timeDetail: 'none',
  };
  return {
    clients: content([client]),
    sows: content(rows.sows ?? []),
    sowLines: content(rows.lines ?? []),
    rates: content(rows.rates ?? []),
  };
}

function content<D extends TableDef>(rows: readonly RowOf<D>[]): TableContent<D> {
  return { rows, problems: [], rowNumbers: rows.map((_, index) => index + 2), incomplete: [] };
}
