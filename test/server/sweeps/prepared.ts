import { type Prepared, prepare } from '../../../local/simulate/phases.ts';
import { type SmallMonthOptions, smallMonth } from '../../../local/simulate/small-month.ts';
import { bundle } from '../push/firm.ts';

/** The small month with the add-on as the sources are now. */
export function preparedMonth(options: SmallMonthOptions = {}): Promise<Prepared> {
  return prepare(smallMonth(options), bundle());
}

/** What a killed execution leaves of writes that it had not flushed: each in turn. */
export function unflushed(turn: number): 'half' | 'applied' | 'lost' {
  return (['half', 'applied', 'lost'] as const)[turn % 3] ?? 'half';
}
