import { checkContent } from './check-content.ts';
import type { Version } from './check-headers.ts';
import { checkSchema, schemaLimits } from './check-schema.ts';
import { invalid, type Refusal, refusal } from './errors.ts';
import { isObject, type JsonObject, listOf } from './json.ts';
import { type Effort, efforts, findModel, type ModelFacts, type ThinkingType } from './models.ts';

/** A request that may be answered. */
export interface CheckedBody {
  readonly body: JsonObject;
  readonly model: ModelFacts;
  /** The model as the request names it; the answer repeats it. */
  readonly modelId: string;
  readonly maxTokens: number;
  readonly effort: Effort;
  readonly thinks: boolean;
  /** The schema that the answer must follow, or null for plain text. */
  readonly schema: JsonObject | null;
  /** The tool that the model must call, or null. */
  readonly forcedTool: JsonObject | null;
}

const fields = [
  'model',
  'max_tokens',
  'messages',
  'system',
  'output_config',
  'thinking',
  'tools',
  'tool_choice',
  'cache_control',
  'stop_sequences',
  'stream',
  'metadata',
  'service_tier',
  'speed',
  'inference_geo',
  'container',
  'diagnostics',
  'temperature',
  'top_p',
  'top_k',
];

/** Checks the body of a Messages request, as the API does, and reads what the answer needs. */
export function checkBody(
  body: unknown,
  version: Version,
  purpose: 'message' | 'count' | 'batch',
): CheckedBody | Refusal {
  if (!isObject(body)) return invalid('The request body is not valid JSON.');
  const stranger = Object.keys(body).find((field) => !fields.includes(field));
  if (stranger !== undefined) return invalid(`${stranger}: Extra inputs are not permitted`);
  if (typeof body['model'] !== 'string') return invalid('model: Field required');
  if (!Array.isArray(body['messages'])) return invalid('messages: Field required');
  const maxTokens = body['max_tokens'] ?? (purpose === 'count' ? 1 : undefined);
  if (maxTokens === undefined) return invalid('max_tokens: Field required');
  if (typeof maxTokens !== 'number' || !Number.isInteger(maxTokens) || maxTokens < 0) {
    return invalid('max_tokens: Input should be a valid integer, greater than or equal to 0');
  }
  const model = findModel(body['model']);
  if (model === undefined) return refusal(404, `model: ${body['model']}`);
  if (maxTokens > model.maxOutput) {
    return invalid(
      `max_tokens: ${maxTokens} > ${model.maxOutput}, which is the maximum allowed number of output tokens for ${model.id}`,
    );
  }
  const problem =
    checkStream(body, purpose) ??
    checkSampling(body, model, version) ??
    checkContent(body, model, version) ??
    checkOutput(body) ??
    checkTools(body, model) ??
    checkThinking(body, model, maxTokens) ??
    checkPrewarm(body, maxTokens, purpose);
  if (problem !== null) return invalid(problem);
  return {
    body,
    model,
    modelId: body['model'],
    maxTokens,
    effort: effortOf(body) ?? model.defaultEffort,
    thinks: thinks(body, model),
    schema: schemaOf(body),
    forcedTool: forcedToolOf(body),
  };
}

function checkStream(body: JsonObject, purpose: string): string | null {
  if (body['stream'] !== true) return null;
  return purpose === 'batch' ? 'stream: not supported in batches' : 'stream: not provided by this simulator';
}

function checkSampling(body: JsonObject, model: ModelFacts, version: Version): string | null {
  const sent = ['temperature', 'top_p', 'top_k'].filter((name) => body[name] !== undefined);
  if (sent.length === 0) return null;
  if (version === '2026-10-21') return `${sent[0]}: Extra inputs are not permitted`;
  if (model.sampling === 'free') return null;
  if (sent.length > 1) return '`temperature` and `top_p` cannot both be specified for this model.';
  const isDefault = body['temperature'] === 1 || body['top_p'] === 0.99;
  return isDefault ? null : `${sent[0]}: only the default value is supported for this model.`;
}

function checkOutput(body: JsonObject): string | null {
  const config = body['output_config'];
  if (config === undefined) return null;
  if (!isObject(config)) return 'output_config: Input should be a valid dictionary';
  if (config['effort'] !== undefined && effortOf(body) === null) {
    return `output_config.effort: Input should be ${efforts.map((effort) => `'${effort}'`).join(', ')}`;
  }
  const format = config['format'];
  if (format === undefined || format === null) return null;
  if (!isObject(format) || format['type'] !== 'json_schema')
    return "output_config.format.type: Input should be 'json_schema'";
  return checkSchema(format['schema'], 'output_config.format.schema');
}

function checkTools(body: JsonObject, model: ModelFacts): string | null {
  const tools = listOf(body['tools']);
  for (const [index, tool] of tools.entries()) {
    if (!isObject(tool) || typeof tool['name'] !== 'string') return `tools.${index}.name: Field required`;
    const schema = tool['input_schema'];
    if (!isObject(schema) || schema['type'] !== 'object')
      return `tools.${index}.input_schema.type: Input should be 'object'`;
  }
  const strict = tools.filter((tool) => isObject(tool) && tool['strict'] === true);
  if (strict.length > schemaLimits.strictTools)
    return `tools: at most ${schemaLimits.strictTools} strict tools are supported`;
  const counts = { optional: 0, unions: 0 };
  for (const tool of strict) {
    const problem = isObject(tool) ? checkSchema(tool['input_schema'], `tools.${String(tool['name'])}`, counts) : null;
    if (problem !== null) return problem;
  }
  const choice = body['tool_choice'];
  if (!isObject(choice)) return null;
  if ((choice['type'] === 'tool' || choice['type'] === 'any') && !model.forcedTools) {
    return 'tool_choice: type "tool" and "any" are not supported for this model.';
  }
  const named = choice['type'] === 'tool' && forcedToolOf(body) === null;
  return named ? `tool_choice: Tool '${String(choice['name'])}' not found in provided tools` : null;
}

function checkThinking(body: JsonObject, model: ModelFacts, maxTokens: number): string | null {
  const thinking = body['thinking'];
  if (thinking === undefined) return null;
  const type = isObject(thinking) ? thinking['type'] : undefined;
  const known: readonly ThinkingType[] = ['adaptive', 'disabled', 'enabled', 'between_tools'];
  const chosen = known.find((name) => name === type);
  if (chosen === undefined || !isObject(thinking))
    return `thinking.type: Input should be ${known.map((name) => `'${name}'`).join(', ')}`;
  if (!model.thinking.includes(chosen)) return `"thinking.type.${chosen}" is not supported for this model.`;
  const effort = effortOf(body) ?? model.defaultEffort;
  if (chosen === 'disabled' && model.thinksByDefault && (effort === 'xhigh' || effort === 'max')) {
    return `"thinking.type.disabled" is not supported with effort "${effort}".`;
  }
  if (chosen !== 'enabled') return null;
  const budget = thinking['budget_tokens'];
  if (typeof budget !== 'number' || budget < 1024)
    return 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024';
  return budget >= maxTokens ? '`max_tokens` must be greater than `thinking.budget_tokens`.' : null;
}

/** `max_tokens: 0` only fills the cache; it goes with neither a format nor a forced tool nor a batch. */
function checkPrewarm(body: JsonObject, maxTokens: number, purpose: string): string | null {
  if (maxTokens > 0) return null;
  const bars = purpose === 'batch' || schemaOf(body) !== null || forcedToolOf(body) !== null;
  return bars ? 'max_tokens: 0 is not supported here' : null;
}

function effortOf(body: JsonObject): Effort | null {
  const config = body['output_config'];
  const effort = isObject(config) ? config['effort'] : undefined;
  return efforts.find((known) => known === effort) ?? null;
}

function schemaOf(body: JsonObject): JsonObject | null {
  const config = body['output_config'];
  const format = isObject(config) ? config['format'] : undefined;
  const schema = isObject(format) ? format['schema'] : undefined;
  return isObject(schema) ? schema : null;
}

function forcedToolOf(body: JsonObject): JsonObject | null {
  const choice = body['tool_choice'];
  if (!isObject(choice) || (choice['type'] !== 'tool' && choice['type'] !== 'any')) return null;
  const tools = listOf(body['tools']).filter(isObject);
  return (choice['type'] === 'any' ? tools[0] : tools.find((tool) => tool['name'] === choice['name'])) ?? null;
}

function thinks(body: JsonObject, model: ModelFacts): boolean {
  if (forcedToolOf(body) !== null) return false;
  const thinking = body['thinking'];
  if (!isObject(thinking)) return model.thinksByDefault;
  return thinking['type'] === 'adaptive' || thinking['type'] === 'enabled';
}
