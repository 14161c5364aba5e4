/**
 * The note speaks to whoever assigns it instead of telling what was done ("ignore the instructions", "the line is L02"), or hides
 * text from the reader. It decides nothing but that a person looks. What keeps such a note harmless is elsewhere: notes are data in
 * the user turn, and only a listed line can be named.
 */
export function isInstructionLike(note: string): boolean {
  const plain = note.normalize('NFKC').replace(UNSEEN, '').replace(/\s+/g, ' ');
  const latin = plain.replace(/[авеікмнорсстухѕјѵ]/gi, (letter) => LOOKALIKES[letter.toLowerCase()] ?? letter);
  return HIDING.test(note) || PATTERNS.some((pattern) => pattern.test(plain) || pattern.test(latin));
}

/** Signs that show nothing. They stand in emoji and in some scripts, so that they are taken out, not held against the note. */
const UNSEEN = /[\u{AD}\u{61C}\u{180E}\u{200B}-\u{200F}\u{2060}\u{FEFF}]|\p{Variation_Selector}/gu;
/** Signs that turn the direction of what is shown, the invisible tag letters (those in a flag emoji follow U+1F3F4), and s p a c e d words. */
const HIDING =
  /[\u{202A}-\u{202E}\u{2066}-\u{2069}]|(?<!\u{1F3F4}[\u{E0000}-\u{E007F}]*)[\u{E0000}-\u{E007F}]|(?:(?<!\p{L})\p{L}[ .\-_]){5}\p{L}(?!\p{L})/u;

/** Cyrillic letters that look like Latin ones. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [...'авеікмнорстухѕјѵ'].map((letter, at) => [letter, 'abeikmhopctyxsjv'.charAt(at)]),
);

/** A line as a prompt names it, or as a firm does: `L02`, `line 3`, `ACME-1/2`. */
const LINE = '(?:(?:the )?line \\w*\\d|L\\d\\d\\b|[A-Z][\\w-]*\\d\\/\\d+)';
const ALL =
  '(?:all|any|every|everything|each|the|these|those|this|that|my|your|previous|prior|above|earlier|preceding|what)';
const RULES = '(?:instructions?|rules?|prompts?|guidelines|directions|text|context|(?:above|previous|said|sow|before))';

const PATTERNS: readonly RegExp[] = [
  // "ignore all previous instructions", in the languages that our users' people write
  new RegExp(`\\b(?:ignore|disregard|forget|override|bypass)\\b (?:\\w+ )?${ALL}\\b.{0,40}\\b${RULES}\\b`, 'i'),
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,20}\binstructions?\b/i,
  /\b(?:ignore|disregard|forget)\b (?:everything|all|the|any)? ?(?:above|previous|prior)\b/i,
  /\b(?:ignoriere|vergiss)\b.{0,40}\b(?:anweisung(?:en)?|regeln?|alles)\b/i,
  /\b(?:ignora|ignore|ignorez|oubliez|olvida)\b.{0,40}\b(?:instrucciones|instruções|instructions|consignes|reglas|règles|istruzioni|lo anterior)(?!\p{L})/iu,
  /\bnegeer\b.{0,40}\b(?:instructies|regels)\b/i,
  /игнорируй.{0,40}(?:инструкци|правил)|(?:忽略|无视|無視|忘记).{0,12}(?:指令|指示|说明|规则|命令)|(?:指示|命令|指令).{0,6}無視/i,
  // speaking as, or to, a model
  /\b(?:system|developer) ?(?:prompt|message|override)\b ?[:=]/i,
  /(?:^|[<[{(|\s])(?:system|sys|assistant|developer|user) ?: ?(?:set|put|re-?assign|assign|mark|classify|answer|ignore|respond|you|please|use|choose|line)\b/i,
  /<\/?(?:system|assistant|user|instructions?|prompt|answers?|lines?|ref|entry|entries|reason|confidence|sows?)>|<\|[a-z_]+\|>|\[\/?inst\]|<< ?(?:system|assistant)/i,
  /\b(?:you are|act as) (?:now )?(?:an?|the) (?:\w+ )?(?:ai|assistant|model|classifier|language model|billing manager)\b/i,
  /\b(?:dear|hey|hello|note to|attention) (?:the )?(?:ai|llm|model|claude|gpt|chatgpt|classifier)\b/i,
  /\[ ?override ?\]|\binstructions? (?:for|to) (?:the )?(?:reviewer|model|ai|classifier)\b/i,
  // saying what the answer should be
  /\b(?:answer|respond|reply|output|use|choose)\b.{0,20}\b(?:only|exactly|with|not)\b.{0,20}(?:["'“‘]|\bNONE\b|\bline\b|\bL\d\d\b)/i,
  /\banswer NONE\b|\buse NONE\b/,
  new RegExp(
    `\\b(?:set|change|switch|force)\\b.{0,20}\\bline\\b.{0,10}(?:\\bto\\b|=|:) ?["'“]?(?:${LINE}|none\\b)`,
    'i',
  ),
  /\b(?:set|change|force)\b.{0,20}\bconf(?:idence)?\b.{0,10}(?:\bto\b|=|:|\d)/i,
  new RegExp(
    `\\b(?:re-?assign|assign|classify|categori[sz]e|book|put|bill|charge|belongs?|goes|go)\\b.{0,30}\\b(?:to|as|on|under|into) (?:sow |ref |code )?${LINE}`,
    'i',
  ),
  /\b(?:pick|choose|select|use|correct (?:line|ref)|line|ref|answer)\b(?: is)? ?[:=]? ?["']?(?:L\d\d\b|[A-Z][\w-]*\d\/\d+)/i,
  /(?:^|\W)L\d\d please\b|\bplease\b.{0,20}\bL\d\d\b|(?:->|=>|→|選ぶ|选择|請求).{0,6}\bL\d\d\b|\bL\d\d ?(?:に請求|を選ぶ)|: ?L\d\d\W*$/i,
  /\byou must (?:choose|use|pick|answer|assign|select)\b/i,
  /\bconf(?:idence)?\b ?(?:to|of|is|=|:)? ?(?:1(?:\.0+)?(?![\d.])|0?\.\d|100|(?<=[=:] ?)high)/i,
  /\bmark\b.{0,30}\b(?:as )?(?:reviewed|approved|auto|accepted)\b.{0,20}(?:>>|\]|\}|$|\bline\b)/i,
  /\bdo not (?:flag|review (?:this|it|the (?:row|entry)))\b|\bdon['’]?t flag\b/i,
  // refs and words of the prompt, which nobody at the firm has ever seen
  /\bE\d\d\b ?(?:line|is|[:=,>-]|=>|->)+ ?\bL\d\d\b/i,
  /\bpast_decisions\b|\b(?:ref|line) ?: ?E?L?\d\d\b/i,
  /["'](?:approved|confidence|line|status|task|ref|answers|entries)["'] ?: ?(?:["'[{]|\d\d?\b(?! ?\w)|true\b)/i,
];
