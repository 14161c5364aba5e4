/**
 * The note speaks to whoever assigns it instead of telling what was done ("ignore the instructions", "set line to …"), or hides
 * text from the reader. A conservative list: it decides nothing but that a person looks. What keeps such a note harmless is
 * elsewhere: notes are data in the user turn, and only a listed line can be named.
 */
export function isInstructionLike(note: string): boolean {
  const plain = note.normalize('NFKC').replace(ZERO_WIDTH, '').replace(/\s+/g, ' ');
  return HIDING.test(note) || PATTERNS.some((pattern) => pattern.test(plain));
}

/** Zero-width joiners stand in emoji and in some scripts, so that they are taken out, not held against the note. */
const ZERO_WIDTH = /[\u{AD}\u{200B}-\u{200D}\u{2060}\u{FEFF}]/gu;
/** Signs that turn the direction of what is shown, and the invisible tag letters (those in a flag emoji follow U+1F3F4). */
const HIDING = /[\u{202A}-\u{202E}\u{2066}-\u{2069}]|(?<!\u{1F3F4}[\u{E0000}-\u{E007F}]*)[\u{E0000}-\u{E007F}]/u;

const RULES = '(?:instructions?|rules?|prompts?|guidelines|directions)';
const PATTERNS: readonly RegExp[] = [
  // "ignore all previous instructions", in the languages that our users' people write
  new RegExp(`\\b(?:ignore|disregard|forget|override|bypass)\\b.{0,40}\\b${RULES}\\b`, 'i'),
  /\b(?:ignoriere|vergiss)\b.{0,40}\b(?:anweisung(?:en)?|regeln?)\b/i,
  /\b(?:ignora|ignore|ignorez|oubliez|olvida)\b.{0,40}\b(?:instrucciones|instructions|reglas|règles|istruzioni)\b/i,
  // speaking as, or to, a model
  /\b(?:system|developer) ?(?:prompt|message|override)\b/i,
  /(?:^|[<[{(|\s])(?:system|sys|assistant|developer|user)\s*:\s*(?:set|put|re-?assign|assign|mark|classify|answer|ignore|respond|you|please|use|choose|line)\b/i,
  /<\/?(?:system|assistant|instructions?|prompt)>|<\|[a-z_]+\|>|\[\/?inst\]|<<\s*(?:system|assistant)/i,
  /\byou are (?:now )?(?:an?|the) (?:\w+ )?(?:ai|assistant|model|classifier|language model)\b/i,
  /\b(?:dear|hey|hello|note to|attention) (?:the )?(?:ai|llm|model|claude|gpt|chatgpt|classifier)\b/i,
  /\[\s*override\s*\]/i,
  // saying what the answer should be
  /\b(?:answer|respond|reply|output)\b.{0,20}\b(?:only|exactly|with)\b.{0,20}(?:["'“‘]|\bnone\b|\bline\b|\bL\d\d\b)/i,
  /\b(?:set|change|switch|force)\b.{0,20}\b(?:line|confidence)\b.{0,10}(?:\bto\b|=|:)/i,
  /\b(?:re-?assign|assign|classify|categori[sz]e|book|put|bill|charge)\b.{0,30}\b(?:to|as|on|under|into)\b.{0,15}\b(?:line \w*\d|L\d\d\b|[A-Z][\w-]*\d\/\d+)/i,
  /\bconfidence\b\s*(?:to|of|is|=|:)\s*(?:1\b|0?\.\d|100|high)/i,
  /\bmark\b.{0,30}\b(?:as )?(?:reviewed|approved|auto|accepted)\b.{0,20}(?:>>|\]|\}|$|\bline\b)/i,
  /\bdo not (?:flag|review)\b|\bdon['’]?t flag\b/i,
  // refs of the prompt, which nobody at the firm has ever seen
  /\bE\d\d\b.{0,20}\bL\d\d\b/,
  /["']?\b(?:approved|confidence|line|status|task)["']\s*:\s*(?:["'\d]|true\b)/i,
];
