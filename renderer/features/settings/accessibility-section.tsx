import { Button } from '@digdir/designsystemet-react';
import { DownloadIcon } from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import { overall } from '../../../shared/accessibility.ts';
import { saveFile } from '../../host/save-file.ts';
import { useSession } from '../../host/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Notice } from '../../ui/notice.tsx';
import { asHtml, asJson, assessedAt, statement } from './accessibility-statement.ts';
import type { Table } from './accessibility-statement.ts';
import type { SectionProps } from './settings.tsx';
import './accessibility.css';

function Standings({ table: { caption, columns, rows } }: { table: Table }) {
  return (
    <table className="accessibility-table">
      <caption className="ds-sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map((each) => (
            <th key={each} scope="col">
              {each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map(({ status, words, reason }, at) => (
              <td key={columns[at + 1]} data-status={status}>
                <strong>{words}</strong>
                {reason !== '' && <span className="small">{reason}</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What holds and what does not, for everybody who works here, and as files for the public register. */
export function AccessibilitySection({ settings }: SectionProps) {
  const { t } = useTranslation('accessibility');
  const { version } = useSession();
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    t(key, values);
  const facts = {
    ...{ organisation: settings.organisation.name, version },
    date: formatDate(assessedAt),
  };
  const said = statement(say, facts);
  const language = currentLanguage();
  const save = (ending: string, text: string, type: string) => {
    const name = `skranke-accessibility-${language}.${ending}`;
    saveFile(name, new TextEncoder().encode(text), type);
  };
  return (
    <div className="stack accessibility">
      <Notice tone={overall() === 'full' ? 'green' : 'brass'} title={said.status}>
        {said.about.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </Notice>
      <h3>{said.lacksTitle}</h3>
      <ul className="accessibility-lacks prose">
        {said.lacks.map(({ reason, touches }) => (
          <li key={reason}>
            {reason} <span className="muted small">{touches}</span>
          </li>
        ))}
      </ul>
      <h3>{said.contactTitle}</h3>
      {said.contact.map((text) => (
        <p key={text} className="prose">
          {text}
        </p>
      ))}
      <h3>{t('every')}</h3>
      {said.tables.map((table) => (
        <details key={table.caption} className="accessibility-every">
          <summary>{table.caption}</summary>
          <Standings table={table} />
        </details>
      ))}
      <p className="muted prose">{t('save.why')}</p>
      <div className="row">
        <Button
          variant="secondary"
          onClick={() => {
            save('html', asHtml(said, language), 'text/html');
          }}
        >
          <DownloadIcon aria-hidden="true" />
          {t('save.html')}
        </Button>
        <Button
          variant="secondary"
          onClick={() => {
            save('json', asJson(say, facts, language), 'application/json');
          }}
        >
          <DownloadIcon aria-hidden="true" />
          {t('save.json')}
        </Button>
      </div>
    </div>
  );
}
