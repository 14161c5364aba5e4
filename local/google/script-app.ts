import { call, callText, Exception } from './bridge.ts';
import { type EnumValue, enumOf, guardClass, service } from './guard.ts';
import type { Spreadsheet } from './spreadsheet/spreadsheet.ts';

/** Kinds of authorisation of an execution. */
export const AuthMode = enumOf('AuthMode', ['NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL']);
const AuthorizationStatus = enumOf('AuthorizationStatus', ['REQUIRED', 'NOT_REQUIRED']);
const EventType = enumOf('EventType', ['CLOCK', 'ON_OPEN', 'ON_EDIT', 'ON_CHANGE', 'ON_FORM_SUBMIT']);
const TriggerSource = enumOf('TriggerSource', ['SPREADSHEETS', 'CLOCK']);
const WeekDay = enumOf('WeekDay', ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']);

interface TriggerData {
  readonly id: string;
  readonly handler: string;
  readonly event: string;
}

/** Google's Trigger. */
export class Trigger {
  readonly data: TriggerData;

  constructor(data: TriggerData) {
    this.data = data;
  }

  getHandlerFunction(): string {
    return this.data.handler;
  }

  getUniqueId(): string {
    return this.data.id;
  }

  getEventType(): EnumValue {
    const types: Record<string, EnumValue> = EventType;
    return types[this.data.event] ?? EventType.CLOCK;
  }

  getTriggerSource(): EnumValue {
    return this.data.event === 'CLOCK' ? TriggerSource.CLOCK : TriggerSource.SPREADSHEETS;
  }

  getTriggerSourceId(): string | null {
    return this.data.event === 'CLOCK' ? null : callText('spreadsheet.get', 'id');
  }
}
guardClass(Trigger, 'Trigger');

/** Google's ClockTriggerBuilder. */
export class ClockTriggerBuilder {
  readonly handler: string;
  spec: Readonly<Record<string, unknown>> = {};

  constructor(handler: string) {
    this.handler = handler;
  }

  after(ms: number): this {
    return this.with({ after: ms });
  }

  at(date: Date): this {
    return this.with({ at: date.getTime() });
  }

  atDate(year: number, month: number, day: number): this {
    return this.with({ atDate: [year, month, day] });
  }

  atHour(hour: number): this {
    return this.with({ hour });
  }

  nearMinute(minute: number): this {
    return this.with({ minute });
  }

  everyMinutes(minutes: number): this {
    return this.with({ everyMinutes: minutes });
  }

  everyHours(hours: number): this {
    return this.with({ everyHours: hours });
  }

  everyDays(days: number): this {
    return this.with({ everyDays: days });
  }

  everyWeeks(weeks: number): this {
    return this.with({ everyWeeks: weeks });
  }

  onMonthDay(day: number): this {
    return this.with({ monthDay: day });
  }

  onWeekDay(day: unknown): this {
    return this.with({ weekDay: String(day) });
  }

  inTimezone(zone: string): this {
    return this.with({ timeZone: String(zone) });
  }

  create(): Trigger {
    return new Trigger(
      call('script.createTrigger', { handler: this.handler, event: 'CLOCK', ...this.spec }) as TriggerData,
    );
  }

  with(change: Readonly<Record<string, unknown>>): this {
    this.spec = { ...this.spec, ...change };
    return this;
  }
}
guardClass(ClockTriggerBuilder, 'ClockTriggerBuilder');

/** Google's SpreadsheetTriggerBuilder. */
export class SpreadsheetTriggerBuilder {
  readonly handler: string;
  event = '';

  constructor(handler: string) {
    this.handler = handler;
  }

  onEdit(): this {
    this.event = 'ON_EDIT';
    return this;
  }

  onOpen(): this {
    this.event = 'ON_OPEN';
    return this;
  }

  onChange(): this {
    this.event = 'ON_CHANGE';
    return this;
  }

  create(): Trigger {
    if (this.event === '') throw new Exception('A trigger needs an event.');
    return new Trigger(call('script.createTrigger', { handler: this.handler, event: this.event }) as TriggerData);
  }
}
guardClass(SpreadsheetTriggerBuilder, 'SpreadsheetTriggerBuilder');

/** Google's StateTokenBuilder. */
export class StateTokenBuilder {
  method = '';
  timeoutSeconds = 3600;
  readonly values: Record<string, string> = {};

  withMethod(method: string): this {
    this.method = String(method);
    return this;
  }

  withArgument(name: string, value: string): this {
    this.values[String(name)] = String(value);
    return this;
  }

  withTimeout(seconds: number): this {
    this.timeoutSeconds = seconds;
    return this;
  }

  createToken(): string {
    return callText('script.stateToken', this.method, this.values, this.timeoutSeconds);
  }
}
guardClass(StateTokenBuilder, 'StateTokenBuilder');

/** Google's ScriptApp. */
export function scriptApp(): object {
  return service('ScriptApp', {
    AuthMode,
    AuthorizationStatus,
    EventType,
    TriggerSource,
    WeekDay,
    getScriptId: () => callText('script.id'),
    newTrigger: (handler: string) =>
      service('TriggerBuilder', {
        timeBased: () => new ClockTriggerBuilder(String(handler)),
        forSpreadsheet: (_target: unknown) => new SpreadsheetTriggerBuilder(String(handler)),
      }),
    getProjectTriggers: () => (call('script.triggers') as TriggerData[]).map((data) => new Trigger(data)),
    getUserTriggers: (_target: Spreadsheet) =>
      (call('script.triggers') as TriggerData[])
        .filter((data) => data.event !== 'CLOCK')
        .map((data) => new Trigger(data)),
    deleteTrigger: (trigger: Trigger): void => {
      call('script.deleteTrigger', trigger.data.id);
    },
    newStateToken: () => new StateTokenBuilder(),
    getAuthorizationInfo: (mode: unknown, scopes?: readonly string[]) => {
      const missingScopes = call('script.missingScopes', String(mode), scopes ?? null) as string[];
      return service('AuthorizationInfo', {
        getAuthorizationStatus: () =>
          missingScopes.length > 0 ? AuthorizationStatus.REQUIRED : AuthorizationStatus.NOT_REQUIRED,
        getAuthorizationUrl: () => (missingScopes.length > 0 ? 'https://accounts.google.com/o/oauth2/auth' : null),
      });
    },
    getService: () => service('Service', { getUrl: () => null, isEnabled: () => false }),
    getOAuthToken: (): string => {
      throw new Exception('not provided: ScriptApp.getOAuthToken (there is no Google account behind the local host)');
    },
  });
}
