import { useEffect, useId, useRef } from 'preact/hooks';
import type { ApiError } from '../api/api-error.ts';
import { t } from '../i18n/index.ts';
import { problemText } from '../i18n/problem-text.ts';
import type { EditToken } from '../state/edit-token.ts';
import { Button } from './button.tsx';

function Question({ editToken, refused }: { editToken: EditToken; refused: ApiError | null }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault();
        editToken.answer(null);
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (input.current?.value.trim()) editToken.answer(input.current.value);
        }}
      >
        <h2 id={`${id}-title`}>{t('token.title')}</h2>
        <p>{t('token.why')}</p>
        {refused !== null && (
          <p class="notice notice-error" role="alert">
            {t('token.refused', { detail: problemText(refused) })}
          </p>
        )}
        <div class="field">
          <label for={id}>{t('token.label')}</label>
          <input id={id} ref={input} type="password" autocomplete="off" required maxLength={200} />
        </div>
        <p class="hint">{t('token.kept')}</p>
        <div class="dialog-actions">
          <Button onClick={() => editToken.answer(null)}>{t('app.cancel')}</Button>
          <button type="submit" class="button button-primary">
            {t('token.use')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** Asks for the edit token when something is to be written and none is known. */
export function EditTokenDialog({ editToken }: { editToken: EditToken }) {
  const question = editToken.question.value;
  return question && <Question editToken={editToken} refused={question.refused} />;
}
