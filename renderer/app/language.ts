/** The language of this screen: what was chosen here last, else the organisation's. */
import type { Language } from '../../shared/job/job.ts';
import { speak } from '../i18n/i18n.ts';

const key = 'skranke.language';

export function rememberedLanguage(): Language | null {
  const found = localStorage.getItem(key);
  return found === 'nb' || found === 'nn' || found === 'en' ? found : null;
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(key, language);
  void speak(language);
}
