import { language, t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { languages } from '../state/url-state.ts';
import { DateControl } from './date-control.tsx';
import { Search } from './search.tsx';

const languageNames = { vi: 'Tiếng Việt', en: 'English' } as const;

function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" class="logo-ground" />
      <g fill="none" stroke="#fff" stroke-linecap="round" stroke-width="2.2">
        <path d="M10.6 18.2a7.4 7.4 0 1 1 10.8 0" />
        <path d="M7.2 21.4a12.2 12.2 0 1 1 17.6 0" opacity=".55" />
        <path d="M16 15v11.5M12.6 26.5h6.8" />
      </g>
      <circle cx="16" cy="13.2" r="2.5" fill="#ffd75e" />
    </svg>
  );
}

function LanguageSwitch({ app }: { app: AppContext }) {
  return (
    <fieldset class="language" aria-label={t('app.language')}>
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={language.value === code}
          onClick={() => app.url.change({ language: code })}
        >
          {code.toUpperCase()}
          <span class="visually-hidden"> {languageNames[code]}</span>
        </button>
      ))}
    </fieldset>
  );
}

export function Header({ app }: { app: AppContext }) {
  const isSynthetic = app.session.meta.state.value.data?.synthetic ?? false;
  return (
    <header class="header">
      <div class="brand">
        <Logo />
        <h1>{t('app.title')}</h1>
        <p>{t('app.subtitle')}</p>
        {isSynthetic && (
          <span class="synthetic" title={t('app.synthetic_hint')}>
            {t('app.synthetic')}
            <span class="visually-hidden">. {t('app.synthetic_hint')}</span>
          </span>
        )}
      </div>
      <Search app={app} />
      <div class="header-end">
        <DateControl app={app} />
        <LanguageSwitch app={app} />
      </div>
    </header>
  );
}
