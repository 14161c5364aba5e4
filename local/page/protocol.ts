/** What the page asks of the local server, and what it gets: plain JSON. */

export interface Book {
  readonly title: string;
  readonly tabs: readonly Tab[];
  readonly menu: { readonly title: string; readonly items: readonly MenuItem[] } | null;
  readonly sidebar: { readonly title: string } | null;
  /** Grows with every change, so that the page knows when to look again. */
  readonly version: number;
  /** What the add-on said last in passing, and in a box of its own. */
  readonly toasts: Said;
  readonly alerts: Said;
  /** Mails that the add-on has sent. */
  readonly mails: readonly { readonly to: string; readonly subject: string; readonly body: string }[];
  /** The moment on the simulated clock, as local text. */
  readonly now: string;
}

export interface Said {
  /** How many there were so far. */
  readonly number: number;
  /** The last one. */
  readonly text: string;
}

export interface Tab {
  readonly name: string;
  readonly hidden: boolean;
  readonly color: string;
  /** Nothing stands in it. */
  readonly empty: boolean;
}

/** An entry of the add-on's menu; without a function it is a line between entries. */
export interface MenuItem {
  readonly label: string;
  readonly run: string;
}

/** Some rows of a tab, as Sheets would show them. Rows and columns count from 1. */
export interface Grid {
  readonly tab: string;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly frozenRows: number;
  readonly widths: readonly number[];
  readonly fromRow: number;
  readonly cells: readonly (readonly GridCell[])[];
  readonly charts: readonly Chart[];
}

export interface GridCell {
  readonly text: string;
  /** What stands in the cell when somebody begins to edit it. */
  readonly edit: string;
  readonly note: string;
  readonly background: string;
  readonly color: string;
  readonly bold: boolean;
  readonly right: boolean;
  /** The add-on's own cell: editing asks first. */
  readonly guarded: boolean;
  /** The drop-down's choices; null where there is none. */
  readonly choices: readonly string[] | null;
}

/** A column chart that stands over the cells. */
export interface Chart {
  readonly title: string;
  /** The cell at whose corner it stands. */
  readonly row: number;
  readonly column: number;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

/** The answer to something done: an error as a user would see it, or none. */
export interface Done {
  readonly error: string | null;
}
