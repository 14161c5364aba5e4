/** Words that say nothing about the work. */
const empty = new Set(
  `a an and are as at be by for from has have in into is it its of on or our that the their them then they this to up we were what when
  where which will with w re etc per no not hour hours fee fixed rate month each all any two one three belongs belong recorded work`.split(
    /\s+/,
  ),
);

/** Words for the same thing in the trade, as any reader of time sheets knows them; each group is one idea. */
const ideas: readonly (readonly string[])[] = [
  ['meeting', 'call', 'mtg', 'sync', 'standup', 'check-in', 'checkin', 'catchup', 'talk', '1:1', 'discussion', 'zoom'],
  ['slide', 'deck', 'presentation', 'ppt', 'keynote', 'present'],
  ['fix', 'bug', 'fault', 'repair', 'broken', 'error', 'issue', 'crash', 'correction', 'correct'],
  ['travel', 'drive', 'drove', 'train', 'flight', 'trip', 'mileage', 'taxi'],
  ['template', 'layout', 'grid', 'boilerplate'],
  [
    'ticket',
    'request',
    'helpdesk',
    'support',
    'reset',
    'password',
    'login',
    'printer',
    'wifi',
    'laptop',
    'account',
    'mailbox',
  ],
  ['letter', 'message', 'mail', 'email', 'newsletter', 'copy', 'text', 'leaflet', 'insert', 'flyer'],
  ['clean', 'cleanup', 'clean-up', 'dedupe', 'dupe', 'duplicate', 'merge', 'merged', 'reconcile', 'recon'],
  ['train', 'training', 'lesson', 'teach', 'teaching', 'course', 'coaching'],
  ['invoice', 'bill', 'billing'],
  ['site', 'website', 'web', 'page', 'homepage', 'cms'],
  ['model', 'forecast', 'projection', 'scenario', 'spreadsheet'],
  ['plan', 'planning', 'schedule', 'roadmap', 'booking'],
  ['interview', 'workshop', 'session'],
  ['vendor', 'supplier', 'bidder', 'rfp', 'bid', 'demo', 'demonstration'],
  ['report', 'memo', 'paper', 'write-up', 'review'],
  ['data', 'record', 'register', 'extract', 'load', 'import', 'database', 'csv'],
];

const ideaOf = new Map(ideas.flatMap((words, index) => words.map((word) => [stem(word), `~${index}`] as const)));

/** The words of a text as stems, empty ones left out; `HD-2207` gives `hd-2207` and `hd`. */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s\b/g, '');
  const raw = plain.match(/[a-z]+-\d+|[a-z0-9][a-z0-9:&]*/g) ?? [];
  return raw.flatMap((word) => {
    const prefix = /^([a-z]+)-\d+$/.exec(word)?.[1];
    if (prefix !== undefined) return [word, prefix];
    return empty.has(word) || /^\d+$/.test(word) ? [] : [stem(word)];
  });
}

/** The idea a stem belongs to, where it is one of the trade's common ones. */
export function ideaOfWord(word: string): string | undefined {
  return ideaOf.get(word);
}

/** How alike two stems are: 1 the same, less when one begins the other (`recon`, `reconcil`), else 0. */
export function alike(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short) ? 0.7 : 0;
}

/** A rough stem: plural and the commonest endings cut. */
function stem(word: string): string {
  if (word.length < 5) return word.replace(/(?<=[a-z]{3})s$/, '');
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<=[a-z]{4})(ings?|ed|es|s|ly|ers?|ions?)$/, '')
    .replace(/(?<=[a-z]{4})e$/, '')
    .replace(/([bdgmnprt])\1$/, '$1');
}
