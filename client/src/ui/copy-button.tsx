import { useState } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { Icon } from './icon.tsx';

const shownMs = 1_500;

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), shownMs);
    } catch {
      // No permission for the clipboard: the text stays on the page to be selected.
      setCopied(false);
    }
  };
  return (
    <button type="button" class="copy" aria-label={`${t('app.copy')}: ${label}`} onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <output class="visually-hidden">{copied ? t('app.copied') : ''}</output>
    </button>
  );
}
