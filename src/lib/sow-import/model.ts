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
