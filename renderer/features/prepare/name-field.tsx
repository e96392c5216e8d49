/** A signer's name, with whom the address book knows under what is typed (WAI-ARIA combobox). */
import { Button, Textfield } from '@digdir/designsystemet-react';
import { useDeferredValue, useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignerSpec } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { PersonView } from '../../../shared/rpc/views-people.ts';
import { call, useCall } from '../../host/client.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import { saveNow } from './saving.ts';
import { usePrepare } from './store.ts';
import './people.css';

const shown = 6;

/** What the book knows of somebody, over what a role says of its place in the document. */
export function withPerson(signer: SignerSpec, person: PersonView): SignerSpec {
  const { nationalId: _, birthDate: __, email: ___, contact: ____, ...role } = signer;
  const { email, mobile } = person;
  const told = { ...(email === '' ? {} : { email }), ...(mobile === '' ? {} : { mobile }) };
  const reached = Object.keys(told).length > 0 || signer.contact !== undefined;
  return {
    ...{ ...role, name: person.name, person: person.id, language: person.language },
    title: role.title.trim() === '' ? person.title : role.title,
    ...(person.nationalId === null ? {} : { nationalId: person.nationalId }),
    ...(person.birthDate === null ? {} : { birthDate: person.birthDate }),
    ...(email === '' ? {} : { email }),
    ...(reached ? { contact: { by: signer.contact?.by ?? 'number', ...told } } : {}),
  };
}

export function NameField({ signer }: { signer: SignerSpec }) {
  const { t } = useTranslation('people');
  const list = useId();
  const { editSigner, editSpec, settle } = usePrepare.getState();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const text = useDeferredValue(signer.name.trim());
  const found = useCall(
    'person.find',
    open && text !== '' ? { text, limit: shown } : null,
    (event) => event.type === 'book.changed',
  ).value;
  const people = open ? (found?.people ?? []) : [];
  const chosen = people[at];

  function take(person: PersonView) {
    const { draft } = usePrepare.getState();
    editSpec({
      signers: draft.spec.signers.map((each) =>
        each.id === signer.id ? withPerson(each, person) : each,
      ),
    });
    settle();
    setOpen(false);
    setAt(-1);
  }
  function press(event: KeyboardEvent) {
    const last = people.length - 1;
    if (event.key === 'ArrowDown' && last >= 0) setAt(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp' && last >= 0) setAt(at <= 0 ? last : at - 1);
    else if (event.key === 'Enter' && chosen !== undefined) take(chosen);
    else if (event.key === 'Escape' && people.length > 0) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div className="name-field">
      <Textfield
        label={t('prepare:signer.name')}
        role="combobox"
        autoComplete="off"
        maxLength={200}
        value={signer.name}
        aria-expanded={people.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${String(at)}`}
        onKeyDown={press}
        onBlur={() => {
          settle();
          setOpen(false);
        }}
        onChange={(event) => {
          setOpen(true);
          setAt(-1);
          editSigner(signer.id, { name: event.target.value }, `name ${signer.id}`);
        }}
      />
      <ul
        id={list}
        role="listbox"
        aria-label={t('found')}
        className="plain name-list"
        hidden={people.length === 0}
      >
        {people.map((person, index) => (
          <li
            key={person.id}
            id={`${list}-${String(index)}`}
            role="option"
            aria-selected={index === at}
            // Before the field loses the focus, and with it the list.
            onPointerDown={(event) => {
              event.preventDefault();
              take(person);
            }}
          >
            <strong>{person.name}</strong>
            <span className="small muted">
              {[person.title, person.nationalId ?? person.birthDate ?? '', person.email]
                .filter((each) => each !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <span className="ds-sr-only" role="status">
        {people.length > 0 ? t('count', { count: people.length }) : ''}
      </span>
    </div>
  );
}

/** Nobody is put into the book by being a signer: a clerk says so. */
export function KeepPerson({ signer }: { signer: SignerSpec }) {
  const { t } = useTranslation('people');
  const job = usePrepare((state) => state.job);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { editSigner } = usePrepare.getState();
  if (signer.name.trim() === '' || job === null) return null;
  async function keep() {
    setFailure(null);
    if (job === null || !(await saveNow())) return;
    const kept = await call('person.keep', { job, signer: signer.id });
    if (!kept.ok) {
      setFailure(kept.error);
      return;
    }
    editSigner(signer.id, { person: kept.value.person });
    toast(t('kept', { name: signer.name }));
  }
  return (
    <>
      <div>
        <Button variant="tertiary" onClick={() => void keep()}>
          {t(signer.person === undefined ? 'keep' : 'update')}
        </Button>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
    </>
  );
}
