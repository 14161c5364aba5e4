/** A small store of texts, as Apps Script's properties are. */
export interface PropertyBag {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** 9 KB a value (Apps Script quotas); counted in characters here, since what we store is ASCII but for names. */
export const MAX_VALUE_CHARACTERS = 8_000;

/** Seen by this person's executions only. */
export function userProperties(): PropertyBag {
  return bagOf(PropertiesService.getUserProperties());
}

/** Shared by everyone who works in this spreadsheet. */
export function documentProperties(): PropertyBag {
  const properties: GoogleAppsScript.Properties.Properties | null = PropertiesService.getDocumentProperties();
  // Outside of a document (never so for a bound script) the script's own are the nearest thing.
  return bagOf(properties ?? PropertiesService.getScriptProperties());
}

function bagOf(properties: GoogleAppsScript.Properties.Properties): PropertyBag {
  return {
    get: (key) => properties.getProperty(key),
    set: (key, value) => {
      properties.setProperty(key, value);
    },
    remove: (key) => {
      properties.deleteProperty(key);
    },
  };
}
