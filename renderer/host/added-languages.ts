/** Keeps the words of the languages that the office has added in step with the host. */
import { useEffect } from 'react';
import { addLanguages } from '../i18n/i18n.ts';
import { useCall } from './client.ts';

/** `at`: asked anew whenever the window changes its face, since a locked archive has none to give. */
export function useOfficeLanguages(at: string | null): void {
  const { value, reload } = useCall(
    'language.spoken',
    at === null || at === 'setup' ? null : {},
    (event) => event.type === 'settings.changed',
  );
  useEffect(reload, [at, reload]);
  useEffect(() => {
    if (value !== null) addLanguages(value);
  }, [value]);
}
