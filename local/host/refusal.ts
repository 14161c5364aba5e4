/** What a script gets as an `Exception` from a service. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
