import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayedSize } from '../../../shared/document.ts';
import type { FieldKind } from '../../../shared/job/field.ts';
import { BigButton } from './big-button.tsx';
import { spotsOf } from './fills.ts';
import { Overlay } from './overlay.tsx';
import { PlacedPage, placesOf } from './placed-page.tsx';
import type { SigningPlace } from './placed-page.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

/** Top, middle or bottom; left, middle or right: where on the page in words. */
function inWords({ document, place }: SigningPlace): string {
  const geometry = document.pages[place.page];
  const size = geometry === undefined ? { width: 595, height: 842 } : displayedSize(geometry);
  const third = (value: number, names: readonly [string, string, string]) =>
    value < 1 / 3 ? names[0] : value < 2 / 3 ? names[1] : names[2];
  const down = third((place.y + place.height / 2) / size.height, ['top', 'middle', 'bottom']);
  const across = third((place.x + place.width / 2) / size.width, ['left', 'middle', 'right']);
  return `where.${down}.${across}`;
}

/** Signatures and what is to be filled in, in the order of the pages. */
function everyPlace(view: ScreenProps['view']): readonly (SigningPlace & { kind: FieldKind })[] {
  return [
    ...placesOf(view).map((at) => ({ ...at, kind: 'signature' as const })),
    ...spotsOf(view).map(({ document, field }) => ({
      ...{ document, place: field.placement, kind: field.kind },
    })),
  ].sort(
    (a, b) =>
      view.documents.indexOf(a.document) - view.documents.indexOf(b.document) ||
      a.place.page - b.place.page ||
      a.place.y - b.place.y,
  );
}

/** "Where do I sign?": the place on its page, in a picture and in words. */
export function WhereToSign({ view }: ScreenProps) {
  const { t } = useTranslation('kiosk');
  const { step, lay, turnTo } = useSitting();
  const places = useMemo(() => everyPlace(view), [view]);
  const [index, setIndex] = useState(0);
  const at = places[index];
  const back = () => {
    lay(null);
  };
  return (
    <Overlay
      title={t('where.ask')}
      wide
      onBack={back}
      actions={
        <>
          {places.length > 1 && (
            <BigButton
              onClick={() => {
                setIndex((index + 1) % places.length);
              }}
            >
              {t('sign.nextPlace', { number: index + 1, count: places.length })}
            </BigButton>
          )}
          {step === 'read' && at !== undefined && (
            <BigButton
              onClick={() => {
                turnTo(view.documents.indexOf(at.document), at.place.page);
                lay(null);
              }}
            >
              {t('where.go')}
            </BigButton>
          )}
          <BigButton forward onClick={back}>
            {t('where.back')}
          </BigButton>
        </>
      }
    >
      {at === undefined ? (
        <p>{t('sign.noPlace')}</p>
      ) : (
        <div className="k-where">
          <p>
            {at.kind !== 'signature' && <strong>{t(`fields:kind.${at.kind}`)} </strong>}
            {t('where.on', {
              title: at.document.title,
              page: at.place.page + 1,
              place: t(inWords(at)),
            })}
          </p>
          <PlacedPage at={at}>
            <span className="k-here">
              {at.kind === 'signature' ? t('where.here') : t(`fields:kind.${at.kind}`)}
            </span>
          </PlacedPage>
        </div>
      )}
    </Overlay>
  );
}
