/** What can be done with the pages, as buttons: everything the keyboard and the mouse can do. */
import { Button, Field, Label, Select, Textfield } from '@digdir/designsystemet-react';
import {
  ArrowLeftIcon,
  ArrowRedoIcon,
  ArrowRightIcon,
  ArrowUndoIcon,
  FilePlusIcon,
  FilesIcon,
  RotateLeftIcon,
  RotateRightIcon,
  ScissorsIcon,
  TrashIcon,
} from '@navikt/aksel-icons';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AskDialog } from '../../../ui/ask-dialog.tsx';
import { apart, moved, pagesOf, parted, stepped, turned } from './arrangement.ts';
import { useOrganiser } from './organiser-store.ts';
import { meant, takeOut } from './table-keys.ts';

/** MAP.md 1.2: as long as a title may be. */
const longest = 80;

export function OrganiserTools() {
  const { t } = useTranslation('pages');
  const { now, past, future, chosen, change, undo, redo, choose } = useOrganiser();
  const [moving, setMoving] = useState(false);
  const count = chosen.size;
  const none = count === 0;
  const free = pagesOf(now.filter(({ locked }) => !locked));
  const all = pagesOf(now).length;
  const button = (label: string, icon: ReactNode, disabled: boolean, act: () => void) => (
    <Button
      variant="tertiary"
      icon
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) act();
      }}
    >
      {icon}
    </Button>
  );
  /** With its word beside it: what an icon alone does not say. */
  const named = (
    key: 'moveTo' | 'part' | 'apart' | 'remove',
    icon: ReactNode,
    disabled: boolean,
    act: () => void,
  ) => (
    <Button
      variant="tertiary"
      title={t(`tools.${key}Help`)}
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) act();
      }}
    >
      {icon}
      {t(`tools.${key}`)}
    </Button>
  );
  const part = (title: string, number: number) =>
    t('pile.part', { title: title.slice(0, longest - 12), number });
  return (
    <div className="table-tools" role="toolbar" aria-label={t('tools.label')}>
      {button(
        t('prepare:tools.undo'),
        <ArrowUndoIcon aria-hidden="true" />,
        past.length === 0,
        undo,
      )}
      {button(
        t('prepare:tools.redo'),
        <ArrowRedoIcon aria-hidden="true" />,
        future.length === 0,
        redo,
      )}
      <span className="prep-tools-gap" />
      {button(t('tools.left'), <RotateLeftIcon aria-hidden="true" />, none, () => {
        change((table) => turned(table, meant(), 270));
      })}
      {button(t('tools.right'), <RotateRightIcon aria-hidden="true" />, none, () => {
        change((table) => turned(table, meant(), 90));
      })}
      {button(t('tools.earlier'), <ArrowLeftIcon aria-hidden="true" />, none, () => {
        change((table) => stepped(table, meant(), -1));
      })}
      {button(t('tools.later'), <ArrowRightIcon aria-hidden="true" />, none, () => {
        change((table) => stepped(table, meant(), 1));
      })}
      {named('moveTo', <FilesIcon aria-hidden="true" />, none, () => {
        setMoving(true);
      })}
      {named('part', <ScissorsIcon aria-hidden="true" />, none, () => {
        change((table) => parted(table, meant(), part));
      })}
      {named('apart', <FilePlusIcon aria-hidden="true" />, none, () => {
        change((table) => apart(table, meant(), (title) => part(title, 2)));
      })}
      {named('remove', <TrashIcon aria-hidden="true" />, none || count === all, takeOut)}
      <span className="prep-tools-gap" />
      <Button
        variant="tertiary"
        onClick={() => {
          choose(none ? free.map(({ key }) => key) : []);
        }}
      >
        {none ? t('tools.all') : t('tools.none')}
      </Button>
      <span className="numbers table-count" role="status">
        {t('tools.chosen', { count, all })}
      </span>
      {moving && (
        <MoveTo
          onClose={() => {
            setMoving(false);
          }}
        />
      )}
    </div>
  );
}

/** Far away, without dragging there: which document, and before which page. */
function MoveTo({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('pages');
  const { now, change } = useOrganiser();
  const open = now.filter(({ locked }) => !locked);
  const [key, setKey] = useState(open[0]?.key ?? '');
  const [typed, setTyped] = useState('');
  const pile = open.find((each) => each.key === key);
  const last = pile?.pages.length ?? 0;
  const before = typed.trim() === '' ? last + 1 : Number(typed);
  const isThere = Number.isInteger(before) && before >= 1 && before <= last + 1;
  return (
    <AskDialog
      title={t('moveTo.title')}
      confirm={t('moveTo.yes')}
      ready={isThere && pile !== undefined}
      onConfirm={() => {
        change((table) => moved(table, meant(), { pile: key, at: before - 1 }));
        onClose();
      }}
      onClose={onClose}
    >
      <Field>
        <Label>{t('moveTo.document')}</Label>
        <Select
          value={key}
          onChange={(event) => {
            setKey(event.target.value);
          }}
        >
          {open.map((each) => (
            <Select.Option key={each.key} value={each.key}>
              {each.title}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Textfield
        label={t('moveTo.before')}
        description={t('moveTo.beforeHelp', { count: last })}
        inputMode="numeric"
        value={typed}
        error={isThere ? undefined : t('moveTo.wrong', { count: last })}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
    </AskDialog>
  );
}
