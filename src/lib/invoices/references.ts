import type { DraftLine } from '../billing/model.ts';
import { sameName } from '../workbook/cell.ts';
import type { Customer, Item, Named, QuickBooksBooks } from './books.ts';

/** Something found in QuickBooks, or the sentence that says what to do. */
export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** The customer by display or full name, without case. An inactive one is named as such. */
export function findCustomer(name: string, books: QuickBooksBooks): Found<Customer> {
  return findActive(
    books.customers.filter((one) => sameName(one.name, name) || sameName(one.fullName, name)),
    `The customer "${name}"`,
    'Create it there, or correct the column QuickBooks customer in the tab Clients.',
  );
}

/** The item of a line; a line that names none is put on the item Services. */
export function findItem(line: DraftLine, books: QuickBooksBooks): Found<Item> {
  const wanted = line.item.trim();
  const name = wanted === '' ? DEFAULT_ITEM : wanted;
  const all = books.items.filter((one) => sameName(one.name, name) || sameName(one.fullName, name));
  if (wanted === '' && all.length === 0) {
    return refused(
      `Line ${line.no} (${line.sowLine}) has no QuickBooks item, and QuickBooks has no item named ${DEFAULT_ITEM}. Fill in the column QuickBooks item in the tab SOW lines.`,
    );
  }
  const found = findActive(
    all,
    `The item "${name}"`,
    'Create it there, or correct the column QuickBooks item in the tab SOW lines.',
  );
  if (found.ok && sameName(found.value.type, 'Category')) {
    return refused(
      `"${name}" is a category in QuickBooks and cannot be sold. Choose a product or service in the column QuickBooks item in the tab SOW lines.`,
    );
  }
  return found;
}

/** Payment terms by name; null where none are wanted. */
export function findTerm(name: string, books: QuickBooksBooks): Found<Named | null> {
  if (name.trim() === '') return { ok: true, value: null };
  return findActive(
    books.terms.filter((one) => sameName(one.name, name)),
    `The terms "${name}"`,
    'Create them there, or correct the column Terms in the tab Clients.',
  );
}

/** A tax code by name or id; null where none is wanted. TAX and NON always exist in the United States, though no list shows them. */
export function findTaxCode(name: string, books: QuickBooksBooks): Found<Named | null> {
  const wanted = name.trim();
  if (wanted === '') return { ok: true, value: null };
  const found = books.taxCodes.filter((one) => sameName(one.name, wanted) || sameName(one.id, wanted));
  const pseudo = wanted.toUpperCase();
  if (found.length === 0 && (pseudo === 'TAX' || pseudo === 'NON')) {
    return { ok: true, value: { id: pseudo, name: pseudo, active: true } };
  }
  return findActive(
    found,
    `The tax code "${wanted}"`,
    'Create it there, or correct the column Tax code in the tab Clients.',
  );
}

/** Where lines without an item go: the item that every new QuickBooks company has. */
const DEFAULT_ITEM = 'Services';

function findActive<T extends Named>(all: readonly T[], what: string, todo: string): Found<T> {
  const active = all.find((one) => one.active);
  if (active !== undefined) return { ok: true, value: active };
  return all.length === 0
    ? refused(`${what} is not in QuickBooks. ${todo}`)
    : refused(`${what} is inactive in QuickBooks. Make it active there, or choose another one in the workbook.`);
}

function refused(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
