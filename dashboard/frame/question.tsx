// A question before something that can't be undone. The browser keeps the focus in it and gives it back afterwards.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface QuestionProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** What the button says that does it. */
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function Question({ title, children, yes, onYes, onNo }: QuestionProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="question" onCancel={onNo} onClose={onNo}>
      <h2 id="question">{title}</h2>
      {children}
      <div class="actions">
        <button type="button" onClick={onNo}>
          No, leave it
        </button>
        <button type="button" class="danger" onClick={onYes}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
