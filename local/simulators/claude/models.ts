/** What the simulator knows of one model. Prices are the caller's business. */
export interface ModelFacts {
  readonly id: string;
  readonly name: string;
  readonly line: 'haiku' | 'sonnet' | 'opus' | 'fable';
  readonly createdAt: string;
  readonly maxInput: number;
  readonly maxOutput: number;
  /** The values of `thinking.type` that the model takes; the others are refused with status 400. */
  readonly thinking: readonly ThinkingType[];
  /** Does the model think when the request does not say? */
  readonly thinksByDefault: boolean;
  readonly defaultEffort: Effort;
  /** `tool_choice` of type `tool` or `any`. */
  readonly forcedTools: boolean;
  /** A conversation that ends with an assistant turn. */
  readonly prefill: boolean;
  /** Under version 2023-06-01: any sampling parameters, or only their defaults. */
  readonly sampling: 'free' | 'defaults only';
  /** A prefix below this many tokens is silently not cached. Not published for Sonnet 5.5, Opus 5.5 and Fable: 1,024 is assumed. */
  readonly cacheMinimum: number;
  readonly lifecycle: 'active' | 'deprecated';
  readonly retiresAt: string | null;
}

export type ThinkingType = 'adaptive' | 'disabled' | 'enabled' | 'between_tools';
export const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

const current = {
  maxInput: 1_000_000,
  maxOutput: 128_000,
  thinking: ['adaptive'],
  thinksByDefault: true,
  defaultEffort: 'high',
  forcedTools: false,
  prefill: false,
  sampling: 'defaults only',
  cacheMinimum: 1024,
  lifecycle: 'active',
  retiresAt: null,
} as const;

const older = {
  ...current,
  maxInput: 200_000,
  maxOutput: 64_000,
  thinking: ['disabled', 'enabled'],
  thinksByDefault: false,
  forcedTools: true,
  prefill: true,
  sampling: 'free',
  cacheMinimum: 4096,
} as const;

/** The models of this simulator, newest first, as the Models API lists them. */
export const models: readonly ModelFacts[] = [
  {
    ...current,
    id: 'claude-haiku-5-5',
    name: 'Claude Haiku 5.5',
    line: 'haiku',
    createdAt: '2026-10-07T00:00:00Z',
    thinking: ['adaptive', 'disabled'],
    defaultEffort: 'medium',
    forcedTools: true,
    cacheMinimum: 512,
  },
  {
    ...current,
    id: 'claude-sonnet-5-5',
    name: 'Claude Sonnet 5.5',
    line: 'sonnet',
    createdAt: '2026-10-01T00:00:00Z',
    thinking: ['adaptive', 'between_tools'],
  },
  {
    ...current,
    id: 'claude-opus-5-5',
    name: 'Claude Opus 5.5',
    line: 'opus',
    createdAt: '2026-09-22T00:00:00Z',
    defaultEffort: 'medium',
  },
  { ...current, id: 'claude-fable-5-1', name: 'Claude Fable 5.1', line: 'fable', createdAt: '2026-08-20T00:00:00Z' },
  {
    ...current,
    id: 'claude-opus-5',
    name: 'Claude Opus 5',
    line: 'opus',
    createdAt: '2026-06-01T00:00:00Z',
    thinking: ['adaptive', 'disabled'],
    forcedTools: true,
    cacheMinimum: 512,
  },
  {
    ...current,
    id: 'claude-opus-4-8',
    name: 'Claude Opus 4.8',
    line: 'opus',
    createdAt: '2026-04-01T00:00:00Z',
    thinking: ['adaptive', 'disabled'],
    thinksByDefault: false,
    forcedTools: true,
  },
  {
    ...older,
    id: 'claude-sonnet-4-6',
    name: 'Claude Sonnet 4.6',
    line: 'sonnet',
    createdAt: '2026-02-17T00:00:00Z',
    maxInput: 1_000_000,
    thinking: ['adaptive', 'disabled', 'enabled'],
    prefill: false,
    cacheMinimum: 2048,
  },
  { ...older, id: 'claude-haiku-4-5', name: 'Claude Haiku 4.5', line: 'haiku', createdAt: '2025-10-01T00:00:00Z' },
  {
    ...older,
    id: 'claude-sonnet-4-5',
    name: 'Claude Sonnet 4.5',
    line: 'sonnet',
    createdAt: '2025-09-29T00:00:00Z',
    cacheMinimum: 1024,
    lifecycle: 'deprecated',
    retiresAt: '2026-11-30T00:00:00Z',
  },
];

/** The model of this id, or undefined; a dated id such as `claude-haiku-4-5-20251001` means the same model. */
export function findModel(id: string): ModelFacts | undefined {
  return models.find((model) => model.id === id) ?? models.find((model) => model.id === id.replace(/-\d{8}$/, ''));
}

/** A model as `GET /v1/models/{id}` describes it. */
export function modelInfo(model: ModelFacts): unknown {
  const supported = (value: boolean) => ({ supported: value });
  const thinks = (type: ThinkingType) => supported(model.thinking.includes(type));
  return {
    id: model.id,
    type: 'model',
    display_name: model.name,
    created_at: model.createdAt,
    line: model.line,
    lifecycle: model.lifecycle,
    deprecated_at: model.lifecycle === 'active' ? null : '2026-08-01T00:00:00Z',
    retires_at: model.retiresAt,
    max_input_tokens: model.maxInput,
    max_tokens: model.maxOutput,
    capabilities: {
      batch: supported(true),
      citations: supported(true),
      code_execution: supported(false),
      context_management: {
        supported: false,
        clear_thinking_20251015: null,
        clear_tool_uses_20250919: null,
        compact_20260112: null,
      },
      effort: {
        supported: true,
        ...Object.fromEntries(efforts.map((effort) => [effort, supported(true)])),
      },
      image_input: supported(true),
      pdf_input: supported(true),
      server_tools: { supported: false, code_execution: supported(false), web_search: supported(false) },
      structured_outputs: supported(true),
      thinking: {
        supported: true,
        types: {
          adaptive: thinks('adaptive'),
          between_tools: thinks('between_tools'),
          disabled: thinks('disabled'),
          enabled: thinks('enabled'),
        },
      },
    },
  };
}
