interface ToastBarProps {
  /** What went wrong last; empty when nothing did. */
  readonly error: string;
  /** What the add-on said in passing. */
  readonly said: string;
  readonly onClose: () => void;
}

/** What has just happened, over the grid until it is closed. */
export function ToastBar({ error, said, onClose }: ToastBarProps) {
  const text = error === '' ? said : error;
  return (
    <div aria-live="polite" class="toasts">
      {text === '' ? null : (
        <div class={error === '' ? 'toast' : 'toast error'}>
          <span>{text}</span>
          <button type="button" aria-label="Close this message" onClick={onClose}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
