/**
 * What Google refuses, each with its source. "Quotas" is developers.google.com/apps-script/guides/services/quotas
 * (Workspace column where it differs), read in 2026.
 */
export const limits = {
  /** Menu, sidebar call, installable trigger, callback. Source: Quotas. */
  runtimeMs: 6 * 60_000,
  /** Simple triggers (onOpen, onEdit). Source: Quotas. */
  simpleTriggerMs: 30_000,
  /** One user's executions at once. Source: Quotas. */
  executionsAtOnce: 30,
  /** google.script.run calls of one page at once; the next waits. Source: html/guides/communication. */
  pageCallsAtOnce: 10,
  /** Triggers of one user and script. Source: Quotas. */
  triggers: 20,
  /** UrlFetchApp: longest URL, in characters. Source: Quotas ("2 KB"). */
  urlLength: 2048,
  /** UrlFetchApp: most bytes of a request or response body. Source: Quotas. */
  bodyBytes: 50 * 1024 * 1024,
  /** UrlFetchApp: most headers of a request. Source: Quotas. */
  headers: 100,
  /** UrlFetchApp: most bytes of one header. Source: Quotas. */
  headerBytes: 8 * 1024,
  /** UrlFetchApp: an unanswered call throws after this. Source: logs of public projects (60,865 ms in one). */
  fetchTimeoutMs: 60_000,
  /** UrlFetchApp calls a day. Source: Quotas, consumer column (the smaller one). */
  fetchesPerDay: 20_000,
  /** Properties: most bytes of a value (with its key). Source: Quotas ("9 KB per value"). */
  propertyBytes: 9 * 1024,
  /** Properties: most bytes of a store. Source: Quotas. */
  propertyStoreBytes: 500 * 1024,
  /** Cache: longest key, in characters. Source: reference/cache/cache. */
  cacheKeyLength: 250,
  /** Cache: most bytes of a value. Source: reference/cache/cache; 102,400 exactly by measurements. */
  cacheValueBytes: 100 * 1024,
  /** Cache: longest life. Source: reference/cache/cache. */
  cacheSeconds: 21_600,
  /** Cache: entries before the oldest are evicted. Source: measurements of J. Poehnelt, 2025-12. */
  cacheEntries: 1000,
  /** Cache: entries that an eviction takes. Source: the same. */
  cacheEviction: 100,
  /** Characters of one cell. Source: Google's editors help, "Files you can store in Google Drive". */
  cellCharacters: 50_000,
  /** Cells of one spreadsheet. Source: the same. */
  cells: 10_000_000,
  /** Columns of one sheet. Source: the same. */
  columns: 18_278,
  /** Mail recipients a day. Source: Quotas, consumer column. */
  mailRecipients: 100,
  /** Characters of a mail body. Source: Quotas, consumer column ("200 KB"). */
  mailBodyBytes: 200 * 1024,
  /** A new sheet. Observed. */
  newSheetRows: 1000,
  newSheetColumns: 26,
} as const;

/**
 * Not a limit of Google: an execution that computes for so long on this machine without any service call is taken for
 * an endless loop and ended as if its time were over.
 */
export const computingGuardMs = 120_000;
