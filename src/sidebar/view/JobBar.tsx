import type { JobView } from '../../lib/calls.ts';
import { known, type Request } from '../state.ts';
import { moment } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';

const WHAT: Readonly<Record<JobView['kind'], string>> = {
  'month-end': 'Month-end',
  push: 'Push to QuickBooks',
  sync: 'Sync with QuickBooks',
};

/** The job that runs, waits or needs somebody; nothing when there is none. */
export function JobBar({ state, dispatch }: ViewProps) {
  const job = state.job;
  if (!job || job.state === 'cancelled' || (job.state === 'done' && job.message === '')) return null;
  const zone = known(state.status)?.timeZone ?? '';
  const active = job.state === 'running' || job.state === 'waiting' || job.state === 'blocked';
  return (
    <section class={`job ${job.state}`} aria-live="polite" aria-label="Work in progress">
      <strong>
        {WHAT[job.kind]} {job.period}: {job.state}
      </strong>
      {job.progress !== '' && job.state === 'running' ? <div>{job.progress}</div> : null}
      {job.state === 'running' ? <Progress job={job} /> : null}
      {job.message !== '' ? <div>{job.message}</div> : null}
      {job.state === 'waiting' && job.nextAt !== null ? (
        <div>Goes on by itself at {moment(job.nextAt, zone)}.</div>
      ) : null}
      {active ? (
        <div class="row">
          {job.state === 'blocked' || job.state === 'waiting' ? (
            <button
              type="button"
              disabled={state.busy !== ''}
              onClick={() => dispatch({ kind: 'do', busy: 'continue', call: sameAgain(job) })}
            >
              Go on now
            </button>
          ) : null}
          <button
            type="button"
            disabled={state.busy !== ''}
            onClick={() => dispatch({ kind: 'do', busy: 'cancel', call: { name: 'cancelJob', args: {} } })}
          >
            Stop this
          </button>
        </div>
      ) : null}
    </section>
  );
}

/** Starting the same work again goes on with it at once, whatever it waits for. */
function sameAgain(job: JobView): Request {
  if (job.kind === 'month-end') return { name: 'startMonthEnd', args: { period: job.period } };
  return { name: job.kind, args: {} };
}

function Progress({ job }: { readonly job: JobView }) {
  if (job.done === null || job.total === null || job.total === 0) return <progress aria-label="Progress" />;
  return <progress aria-label="Progress" value={job.done} max={job.total} />;
}
