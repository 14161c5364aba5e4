/** A data validation rule; `VALUE_IN_RANGE` holds an area in `values[0]`. */
export interface Rule {
  readonly kind: string;
  readonly values: readonly unknown[];
  readonly showDropdown: boolean;
  readonly allowInvalid: boolean;
  readonly help: string | null;
}

/** What a cell has besides its value. Styles are shared between cells and never changed. */
export interface Style {
  readonly numberFormat?: string;
  readonly note?: string;
  readonly rule?: Rule;
  readonly fontWeight?: string;
  readonly fontColor?: string;
  readonly fontSize?: number;
  readonly fontStyle?: string;
  readonly background?: string;
  readonly horizontalAlignment?: string;
  readonly verticalAlignment?: string;
  readonly wrap?: string;
  readonly border?: string;
}

/** The names under which a script sets and gets styles. */
export type StyleKey = keyof Style;

/** The style of a cell that nobody styled. */
export const plainStyle: Style = Object.freeze({});

const transitions = new WeakMap<Style, Map<StyleKey, Map<unknown, Style>>>();

/** The style with one part changed; null or '' removes it. The same change of the same style gives the same object. */
export function restyled(style: Style, key: StyleKey, value: unknown): Style {
  const given = value === null || value === '' ? undefined : value;
  if (style[key] === given) return style;
  const byKey = transitions.get(style) ?? new Map<StyleKey, Map<unknown, Style>>();
  transitions.set(style, byKey);
  const byValue = byKey.get(key) ?? new Map<unknown, Style>();
  byKey.set(key, byValue);
  const known = byValue.get(given);
  if (known) return known;
  const { [key]: _old, ...rest } = style;
  const made: Style = Object.freeze(given === undefined ? rest : { ...rest, [key]: given });
  byValue.set(given, made);
  return made;
}
