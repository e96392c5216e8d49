/** What people call a kiosk: by the name it was paired under, or by its number. */
import { i18n } from '../i18n/i18n.ts';
import type { ScreenView } from '../../shared/rpc/views-screen.ts';

export function screenName({ kind, name }: Pick<ScreenView, 'kind' | 'name'>): string {
  return kind === 'paired' ? name : i18n.t('name.window', { ns: 'pairing', number: name });
}
