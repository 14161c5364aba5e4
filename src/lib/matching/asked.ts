import { fingerprint } from './fingerprint.ts';
import type { MatchItem, MatchLine } from './model.ts';
import { PROMPT_VERSION } from './prompt.ts';

/**
 * Marks a question about a row: what the models are told about it and what they may choose from. Kept with the row, so that the
 * same question is never asked twice. Which model answered stands with each opinion. Hours and cost are told to the models but are not
 * part of the mark: they do not decide where work belongs.
 * @param sowTexts fingerprints of the texts of the candidates' SOWs, in the order of the tabs
 */
export function askedMark(item: MatchItem, candidates: readonly MatchLine[], sowTexts: readonly string[]): string {
  const { date, person, role, client, project, task, notes } = item;
  const lines = candidates.map(({ line, title, description, billing }) => [line, title, description, billing]);
  const content = [date, person, role, client, project, task, notes];
  return fingerprint(JSON.stringify([PROMPT_VERSION, content, lines, sowTexts]));
}
