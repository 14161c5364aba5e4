import { isBusy } from '../state.ts';
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
              {state.sowUndo === null ? null : (
                <p class="quiet">
                  The import of {state.sowUndo.sow} can be taken back while this sidebar is open.{' '}
                  <button
                    type="button"
                    class="link"
                    disabled={isBusy(state)}
                    onClick={() => {
                      const { sowUndo: args } = state;
                      if (args !== null) dispatch({ kind: 'do', busy: 'undo import', call: { name: 'sowUndo', args } });
                    }}
                  >
                    Undo the import
                  </button>
                </p>
              )}
              <SowForm list={list} state={state} dispatch={dispatch} />
              <Learning state={state} dispatch={dispatch} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}
