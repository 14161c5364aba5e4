import type { TableContent } from '../workbook/decode.ts';
import type { clients, rates, sowLines, sows } from '../workbook/tables/terms.ts';

/** The tabs that terms stand in, with their problems. */
export interface TermsBook {
  readonly clients: TableContent<typeof clients>;
  readonly sows: TableContent<typeof sows>;
  readonly sowLines: TableContent<typeof sowLines>;
  readonly rates: TableContent<typeof rates>;
}

/** Something wrong with a row of an import. */
export interface RowProblem {
  readonly tab: SowTab;
  readonly key: string;
  readonly sentence: string;
}

/** The tabs that an imported SOW fills. */
export type SowTab = 'SOWs' | 'SOW lines' | 'Rates';

export type CellValue = string | number;

/** One cell of a proposed row. */
export interface ProposedField {
  /** Property of the table, such as `capHours`. */
  readonly property: string;
  /** Header of the column. */
  readonly header: string;
  /** What would be written; empty where the document does not bear out what the model said. */
  readonly value: CellValue;
  /** What stands in the tab now; empty on a new row. */
  readonly before: CellValue;
  /** Why the cell was left empty, with what the model said; empty when all is well. */
  readonly problem: string;
  /** What stands is kept unless a person takes this over: a description that would replace another. */
  readonly offered?: boolean;
}

/** A sentence that a row rests on. */
export interface Quote {
  readonly text: string;
  /** It stands in the document, white space and emphasis aside. */
  readonly stands: boolean;
}

export interface ProposedRow {
  readonly tab: SowTab;
  /** Key of the row. */
  readonly key: string;
  readonly title: string;
  readonly kind: 'new' | 'change' | 'same';
  /** Of a new row all that is filled in or left empty with a reason; of a change only what changes. */
  readonly fields: readonly ProposedField[];
  /** What stands in the tab and may be changed, by property, without empty cells; empty on a new row. */
  readonly standing: Readonly<Record<string, CellValue>>;
  readonly quotes: readonly Quote[];
  /** First day on which the change holds, where the document says so; empty otherwise. */
  readonly holdsFrom: string;
  /** What a person should look at before writing it. */
  readonly notes: readonly string[];
  /** The same, where something may well be wrong. */
  readonly warnings: readonly string[];
  /** It is not written unless a person ticks it. */
  readonly doubtful: boolean;
  /** The day from which a new price holds; the row can be split there. Empty where there is none. */
  readonly splitFrom: string;
  /** The next free number, where the row's own is taken by a line that looks like another; empty otherwise. */
  readonly taken: string;
  /** All that was said, for the row under the number `taken`. */
  readonly asNew: readonly ProposedField[];
}

/** What a document would put into the tabs. Nothing of it is written before a person confirms it. */
export interface SowProposal {
  readonly client: string;
  readonly sow: string;
  /** The SOW stood in the workbook already: rows say what changes. */
  readonly amends: boolean;
  /** The person called the document an amendment: its text goes after what is stored. */
  readonly amendment: boolean;
  readonly document: SowDocument;
  readonly rows: readonly ProposedRow[];
  /** Keys of all lines that stand. */
  readonly lines: readonly string[];
  /** Sentences about the whole that should make a person stop. */
  readonly warnings: readonly string[];
  /** Sentences about the whole. */
  readonly notes: readonly string[];
}

export interface SowDocument {
  readonly name: string;
  readonly text: string;
  /** The text is what the model read in a PDF; quotes were looked up in it. */
  readonly fromPdf: boolean;
}

/** A row that a person confirmed, with its cells by property. */
export interface ConfirmedRow {
  readonly tab: SowTab;
  readonly key: string;
  readonly cells: Readonly<Record<string, CellValue>>;
  /** What had been proposed for the cells that the person changed. */
  readonly edited?: Readonly<Record<string, CellValue>>;
  /** No such row stood in the tab when the document was read: one that stands there now and says something else is not overwritten. */
  readonly isNew?: boolean;
  /** The model did not propose the row. */
  readonly byHand?: boolean;
}
