/** The address book: people and groups of the office, found, changed, deleted, read in and written out. */
import { Button, Search } from '@digdir/designsystemet-react';
import { PersonGroupIcon, PlusIcon } from '@navikt/aksel-icons';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookView, GroupView, PersonView } from '../../../shared/rpc/views-people.ts';
import { useCall } from '../../host/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { BookFiles } from './book-files.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import './people.css';

type Asking =
  | { readonly type: 'person'; readonly person: PersonView | null }
  | { readonly type: 'group'; readonly group: GroupView | null };

export function People() {
  const { t } = useTranslation('people');
  const [search, setSearch] = useState('');
  const [asking, setAsking] = useState<Asking | null>(null);
  const text = useDeferredValue(search.trim());
  const { value, error, reload } = useCall(
    'person.find',
    { text, limit: 5000 },
    (event) => event.type === 'book.changed',
  );
  const close = () => {
    setAsking(null);
  };
  const add = (
    <Button
      onClick={() => {
        setAsking({ type: 'person', person: null });
      }}
    >
      <PlusIcon aria-hidden="true" />
      {t('add')}
    </Button>
  );
  const empty = value !== null && value.total === 0;
  return (
    <div className="people">
      <header className="row row-between">
        <h1>{t('title')}</h1>
        {value !== null && !empty && (
          <div className="row">
            <Button
              variant="secondary"
              onClick={() => {
                setAsking({ type: 'group', group: null });
              }}
            >
              {t('group.new')}
            </Button>
            {add}
          </div>
        )}
      </header>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {empty && (
        <div className="panel">
          <EmptyState icon={<PersonGroupIcon />} title={t('empty.title')} action={add}>
            {t('empty.text')}
          </EmptyState>
        </div>
      )}
      {value !== null && !empty && (
        <>
          <Search>
            <Search.Input
              aria-label={t('search')}
              placeholder={t('search')}
              value={search}
              onChange={(event) => {
                setSearch(event.target.value);
              }}
            />
            <Search.Clear
              aria-label={t('searchClear')}
              onClick={() => {
                setSearch('');
              }}
            />
          </Search>
          <Found book={value} onChoose={setAsking} />
        </>
      )}
      {value !== null && <BookFiles empty={empty} />}
      {asking?.type === 'person' && <PersonDialog person={asking.person} onClose={close} />}
      {asking?.type === 'group' && <GroupDialog group={asking.group} onClose={close} />}
    </div>
  );
}

/** More than this nobody reads: a search finds them. */
const shown = 100;

function Found({ book, onChoose }: { book: BookView; onChoose: (asking: Asking) => void }) {
  const { t } = useTranslation('people');
  return (
    <>
      {book.groups.length > 0 && (
        <section className="panel people-list" aria-labelledby="book-groups">
          <h2 id="book-groups">{t('groups')}</h2>
          <ul className="plain">
            {book.groups.map((group) => (
              <li key={group.id}>
                <button
                  type="button"
                  onClick={() => {
                    onChoose({ type: 'group', group });
                  }}
                >
                  <strong>{group.name}</strong>
                  <span className="small muted">
                    {t('group.members', { count: group.members.length })}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="panel people-list" aria-labelledby="book-people">
        <h2 id="book-people">{t('people')}</h2>
        {book.people.length === 0 && <p className="panel-body muted">{t('none')}</p>}
        <ul className="plain">
          {book.people.slice(0, shown).map((person) => (
            <li key={person.id}>
              <button
                type="button"
                onClick={() => {
                  onChoose({ type: 'person', person });
                }}
              >
                <strong>{person.name}</strong>
                <span className="small muted">
                  {[person.title, person.nationalId ?? '', person.email, person.mobile]
                    .filter((each) => each !== '')
                    .join(' · ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {book.people.length > shown && (
          <p className="panel-body muted">{t('more', { count: book.people.length - shown })}</p>
        )}
      </section>
    </>
  );
}
