import type { MatchItem, MatchLine, MatchSow } from '../../../src/lib/matching/model.ts';

/** A time entry of the firm Acme; what a case is about is given, the rest is ordinary. */
export function entry(facts: Partial<MatchItem> = {}): MatchItem {
  return {
    table: 'time',
    key: 'harvest:1001',
    date: '2026-10-14',
    person: 'Ana Ruiz',
    role: 'Consultant',
    client: 'Acme',
    project: 'Strategy',
    projectCode: 'STR',
    task: 'Consulting',
    notes: 'Final review of Q3 deck',
    hours: 2,
    cost: null,
    billable: true,
    ...facts,
  };
}

export function expense(facts: Partial<MatchItem> = {}): MatchItem {
  return entry({
    table: 'expense',
    key: 'harvest:55',
    role: '',
    task: 'Travel',
    notes: 'Train',
    hours: null,
    cost: 48.5,
    ...facts,
  });
}

export function sow(facts: Partial<MatchSow> = {}): MatchSow {
  return {
    sow: 'ACME-1',
    client: 'Acme',
    projects: '',
    title: 'Strategy',
    starts: '',
    ends: '',
    active: true,
    ...facts,
  };
}

export function line(facts: Partial<MatchLine> = {}): MatchLine {
  return {
    line: 'ACME-1/1',
    sow: 'ACME-1',
    title: 'Advice',
    description: 'Advice on strategy',
    billing: 'hourly',
    starts: '',
    ends: '',
    ...facts,
  };
}
