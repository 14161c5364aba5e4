import { Learning } from './Learning.tsx';
import { Loaded } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';
import { SowForm } from './SowForm.tsx';
import { SowProposal } from './SowProposal.tsx';

/** A document of a SOW in, rows for the tabs out: proposed, looked at and edited, then written. */
export function SowImport({ state, dispatch }: ViewProps) {
  return (
    <section aria-label="SOWs">
      <Loaded remote={state.sowList} what="the SOWs" dispatch={dispatch}>
        {(list) =>
          state.proposal ? (
            <SowProposal proposal={state.proposal} state={state} dispatch={dispatch} />
          ) : (
            <>
              <SowForm list={list} state={state} dispatch={dispatch} />
              <Learning state={state} dispatch={dispatch} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}
