/** Names as the product compares them: without case and outer blanks. */

export function foldName(name: string): string {
  return name.trim().toLowerCase();
}

export function sameName(a: string, b: string): boolean {
  return foldName(a) === foldName(b);
}

/** Gives for each name its first spelling. */
export function firstSpelling(names: readonly string[]): (name: string) => string {
  const first = new Map<string, string>();
  for (const name of names) if (!first.has(foldName(name))) first.set(foldName(name), name.trim());
  return (name) => first.get(foldName(name)) ?? name.trim();
}
