/** The kinds of field with their pictures. */
import {
  CalendarIcon,
  CheckmarkIcon,
  PencilLineIcon,
  PencilWritingIcon,
  PersonIcon,
  NotePencilIcon,
} from '@navikt/aksel-icons';
import type { FieldKind } from '../../../shared/job/field.ts';

export function KindIcon({ kind }: { kind: FieldKind }) {
  switch (kind) {
    case 'signature':
      return <PencilWritingIcon aria-hidden="true" />;
    case 'initials':
      return <PencilLineIcon aria-hidden="true" />;
    case 'date':
      return <CalendarIcon aria-hidden="true" />;
    case 'name':
      return <PersonIcon aria-hidden="true" />;
    case 'text':
      return <NotePencilIcon aria-hidden="true" />;
    case 'check':
      return <CheckmarkIcon aria-hidden="true" />;
  }
}
