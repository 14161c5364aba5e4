// HtmlService rewrites inline scripts: it cuts `//` to the end of the line, also inside strings and template literals,
// and removes HTML comments. So none of these may occur.
import { tokenizer } from 'acorn';

/** The same script with `//`, `<!--` and `</script` inside strings and template literals written as escapes. */
export function inlineSafe(script) {
  const edits = [];
  for (const token of tokenizer(script, { ecmaVersion: 2020 })) {
    const kind = token.type.label;
    if (kind !== 'string' && kind !== 'template') continue;
    const text = script.slice(token.start, token.end);
    const safe = text.replace(/\/(?=\/)/g, '\\x2f').replace(/<(?=!--|\/script)/gi, '\\x3c');
    if (safe !== text) edits.push({ start: token.start, end: token.end, safe });
  }
  let done = '';
  let from = 0;
  for (const edit of edits) {
    done += script.slice(from, edit.start) + edit.safe;
    from = edit.end;
  }
  return done + script.slice(from);
}
