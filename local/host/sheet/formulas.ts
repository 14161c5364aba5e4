import type { Area, Book } from './book.ts';

/** Brings the formulas of an area up to date. */
export function calculator(): (book: Book, area: Area, nowMs: number) => void {
  return () => {};
}
