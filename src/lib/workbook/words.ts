/** The words that the choices of the workbook are made of, each list in the order of its drop-down. */

export const roundHoursWords = [
  'as tracked',
  'as rounded by Harvest',
  'up to 6 min',
  'up to 15 min',
  'nearest 6 min',
  'nearest 15 min',
] as const;

export const billingWords = [
  'hourly',
  'tiered',
  'retainer',
  'covered',
  'fixed monthly',
  'milestone',
  'expense',
  'non-billable',
] as const;

export const entryStatusWords = ['new', 'auto', 'flagged', 'approved', 'excluded', 'invoiced'] as const;

export const invoiceStatusWords = [
  'draft',
  'held',
  'approved',
  'pushing',
  'pushed',
  'failed',
  'paid',
  'voided',
] as const;

export const lineKindWords = [
  'time',
  'overage',
  'fee',
  'milestone',
  'expense',
  'minimum',
  'covered',
  'discount',
  'cap',
  'correction',
] as const;

export const overCapWords = ['hold', 'absorb'] as const;
export const overageWords = ['bill', 'absorb', 'hold', 'carry'] as const;
export const feeTimingWords = ['in arrears', 'in advance'] as const;
export const invoicePerWords = ['client', 'SOW'] as const;
export const groupLinesByWords = ['line item', 'person', 'entry'] as const;
export const timeDetailWords = ['none', 'in description', 'attached'] as const;
export const tiersCountWords = ['month', 'SOW'] as const;
export const tieringWords = ['graduated', 'volume'] as const;
export const holdDecisionWords = ['bill', 'absorb', 'raise cap'] as const;
