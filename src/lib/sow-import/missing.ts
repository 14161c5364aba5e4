/** The cell that says the price of a line, by its billing; the other kinds need none. */
const PRICE: Readonly<Record<string, readonly [property: string, word: string]>> = {
  hourly: ['rate', 'rate'],
  tiered: ['rate', 'rate card'],
  retainer: ['fee', 'fee'],
  'fixed monthly': ['fee', 'fee'],
  milestone: ['fee', 'fee'],
};

/** What is to be said about a line whose price was not found; empty when it has one. @param cellOf a cell by its property */
export function missingPrice(cellOf: (property: string) => unknown): string {
  const billing = String(cellOf('billing') ?? '');
  const [property, word] = PRICE[billing] ?? ['', ''];
  const value = property === '' ? 0 : cellOf(property);
  if (value !== '' && value !== null && value !== undefined) return '';
  const otherwise = billing === 'hourly' ? ', or leave it empty where the rates of the time source hold' : '';
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return `${name} not found in the text: fill it in, or leave the row out${otherwise}.`;
}
