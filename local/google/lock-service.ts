import { call, Exception } from './bridge.ts';
import { guardClass, service } from './guard.ts';

/** Google's Lock. */
export class Lock {
  readonly kind: string;

  constructor(kind: string) {
    this.kind = kind;
  }

  tryLock(waitMs: number): boolean {
    return call('lock.acquire', this.kind, Number(waitMs)) === true;
  }

  waitLock(waitMs: number): void {
    if (!this.tryLock(waitMs)) throw new Exception('Lock timeout: another process was holding the lock for too long.');
  }

  hasLock(): boolean {
    return call('lock.has', this.kind) === true;
  }

  releaseLock(): void {
    call('lock.release', this.kind);
  }
}
guardClass(Lock, 'Lock');

/** Google's LockService. */
export function lockService(): object {
  return service('LockService', {
    getDocumentLock: () => new Lock('document'),
    getScriptLock: () => new Lock('script'),
    getUserLock: () => new Lock('user'),
  });
}
