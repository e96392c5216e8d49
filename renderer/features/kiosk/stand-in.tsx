/** Where a legal act is made, a text that nobody has answered for is not shown: another stands in for it. */
import { useTranslation } from 'react-i18next';
import { addedLanguage } from '../../i18n/i18n.ts';

export interface PartLanguage {
  readonly lang?: string;
  readonly dir?: 'ltr' | 'rtl';
}

/** The language of a legal step, where it is not the one that is spoken. */
export function standInFor(legal: boolean): PartLanguage {
  const added = addedLanguage();
  return legal && added !== null && !added.approved ? { lang: added.fallback, dir: 'ltr' } : {};
}

/** Says so, in both. */
export function StandInNote() {
  const { t } = useTranslation('language');
  const added = addedLanguage();
  if (added === null || added.approved) return null;
  return (
    <p className="k-quiet k-stand-in" lang={added.fallback} dir="ltr">
      {t('standIn')} <bdi lang={added.code}>{added.name}</bdi>
    </p>
  );
}
