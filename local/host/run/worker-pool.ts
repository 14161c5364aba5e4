import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { sources } from '../sources.ts';

/** What a worker says. */
export type WorkerMessage =
  | { readonly kind: 'call'; readonly text: string }
  | { readonly kind: 'done'; readonly outcome: string };

/** A worker that runs one invocation at a time. */
export interface ExecutionWorker {
  /** Starts an invocation; `code` is sent only when this worker does not know the bundle yet. */
  readonly start: (bundle: string, code: string, setup: string, invocation: string) => void;
  /** Answers the call that the worker waits on; null ends the execution. */
  readonly answer: (text: string | null) => void;
  readonly terminate: () => void;
  onMessage: (message: WorkerMessage) => void;
}

const idle: ExecutionWorker[] = [];
const broken = new WeakSet<ExecutionWorker>();

/** An idle worker, or a new one. */
export function takeWorker(): ExecutionWorker {
  return idle.pop() ?? makeWorker();
}

/** Puts a worker back for later invocations, of whatever host. */
export function giveBack(worker: ExecutionWorker): void {
  worker.onMessage = () => {};
  if (!broken.has(worker)) idle.push(worker);
}

/** Starts a worker ahead of need. */
export function warmUp(): void {
  if (idle.length === 0) idle.push(makeWorker());
}

function makeWorker(): ExecutionWorker {
  const { services, worker: code } = sources();
  const control = new SharedArrayBuffer(4);
  const words = new Int32Array(control);
  const { port1, port2 }: { port1: MessagePort; port2: MessagePort } = new MessageChannel();
  const thread = new Worker(code, {
    eval: true,
    workerData: { control, answers: port2, services },
    transferList: [port2],
    env: {},
    stdin: false,
  });
  const known = new Set<string>();
  const made: ExecutionWorker = {
    start(bundle, bundleCode, setup, invocation) {
      thread.postMessage({
        kind: 'start',
        bundle,
        setup,
        invocation,
        ...(known.has(bundle) ? {} : { code: bundleCode }),
      });
      known.add(bundle);
    },
    answer(text) {
      port1.postMessage(text);
      Atomics.add(words, 0, 1);
      Atomics.notify(words, 0);
    },
    terminate() {
      void thread.terminate();
      port1.close();
    },
    onMessage: () => {},
  };
  thread.on('message', (message: WorkerMessage) => made.onMessage(message));
  // A thread that broke (out of memory) ends its execution with an error and is never used again.
  thread.on('error', (error: Error) => {
    broken.add(made);
    made.onMessage({
      kind: 'done',
      outcome: JSON.stringify({ ok: false, message: error.message, stack: String(error.stack) }),
    });
  });
  // An idle worker must not keep the process alive; a running one is kept by the host's guard timer. Listening would undo this.
  thread.unref();
  port1.unref();
  return made;
}
