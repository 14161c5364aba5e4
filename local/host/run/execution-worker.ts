import vm from 'node:vm';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

interface Start {
  readonly kind: 'start';
  readonly bundle: string;
  readonly code?: string;
  readonly setup: string;
  readonly invocation: string;
}

interface Services {
  readonly install: (bridge: (text: string) => string, setup: string) => void;
  readonly run: (invocation: string) => () => string;
}

const DEAD = '{"t":0,"e":"The execution has ended."}';

/**
 * Serves invocations one after the other, each in a fresh bare context. A call of a service is sent to the main thread, and
 * this thread sleeps until the answer is there. The answer `null` means that the execution is dead: whatever the script
 * still does then reaches nobody.
 */
export function serve(): void {
  const { control, answers, services } = workerData as {
    control: SharedArrayBuffer;
    answers: MessagePort;
    services: string;
  };
  const words = new Int32Array(control);
  const port = parentPort;
  if (!port) throw new Error('This script runs in a worker.');
  const servicesScript = new vm.Script(services, { filename: 'google-services.js' });
  const bundles = new Map<string, vm.Script>();

  const receive = (): string | null => {
    for (;;) {
      const seen = Atomics.load(words, 0);
      const got = receiveMessageOnPort(answers);
      if (got) return got.message as string | null;
      Atomics.wait(words, 0, seen);
    }
  };

  port.on('message', (start: Start) => {
    if (start.code !== undefined) bundles.set(start.bundle, new vm.Script(start.code, { filename: 'main.js' }));
    let dead = false;
    const bridge = (text: string): string => {
      if (dead) return DEAD;
      port.postMessage({ kind: 'call', text });
      const answer = receive();
      if (answer === null) dead = true;
      return answer ?? DEAD;
    };
    port.postMessage({ kind: 'done', outcome: execute(servicesScript, bundles.get(start.bundle), bridge, start) });
  });
}

function execute(
  services: vm.Script,
  bundle: vm.Script | undefined,
  bridge: (text: string) => string,
  start: Start,
): string {
  const context = vm.createContext(Object.create(null) as object, { microtaskMode: 'afterEvaluate' });
  try {
    const google = services.runInContext(context) as Services;
    google.install(bridge, start.setup);
    bundle?.runInContext(context);
    const read = google.run(start.invocation);
    // Evaluating anything lets the promises that the script left behind settle.
    vm.runInContext('0', context);
    return read();
  } catch (error) {
    const { message, stack } = error as { message?: unknown; stack?: unknown };
    return JSON.stringify({ ok: false, message: String(message ?? error), stack: String(stack ?? error) });
  }
}
