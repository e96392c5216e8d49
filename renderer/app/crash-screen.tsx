import { Button } from '@digdir/designsystemet-react';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { host } from '../host/host.ts';
import { Bell } from '../ui/bell.tsx';

function Crashed({ code }: { code: string }) {
  const { t } = useTranslation('app');
  return (
    <main className="crash">
      <Bell size={56} />
      <h1>{t('crash.title')}</h1>
      <p className="prose">{t('crash.means')}</p>
      <p className="prose">{t('crash.action')}</p>
      <p className="muted small">
        {t('failure.quote')} <code>{code}</code>
      </p>
      <Button
        className="large"
        onClick={() => {
          host.restart();
        }}
      >
        {t('crash.restart')}
      </Button>
    </main>
  );
}

/** A bug in a screen ends here: calm words, a code, and an empty window to go on in. */
export class CrashScreen extends Component<
  { readonly children: ReactNode },
  { readonly code: string | null }
> {
  override state: { readonly code: string | null } = { code: null };

  static getDerivedStateFromError(error: unknown): { code: string } {
    // The name of the error only: its message could carry what stood in a document.
    const name = error instanceof Error ? error.name : 'Error';
    return { code: `window.crashed · ${name}` };
  }

  override render(): ReactNode {
    return this.state.code === null ? this.props.children : <Crashed code={this.state.code} />;
  }
}
