/** Where a picture of the signature is brought: a file, or the camera of a machine that has one. */
import { ImageIcon } from '@navikt/aksel-icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { largestPicture } from '../../../shared/mark/picture.ts';
import type { Failure } from '../../../shared/result.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { pictureOf } from './mark-picture.ts';
import { useSitting } from './store.ts';

const unreadable: Failure = {
  code: 'appearance.image-damaged',
  message: 'No picture, or nothing on it',
};
const tooLarge: Failure = { code: 'appearance.image-too-large', message: 'Too large for a mark' };

export function PicturePick({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('kiosk');
  const { picture, set } = useSitting();
  const picker = useRef<HTMLInputElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function take(file: File) {
    const made = await pictureOf(file);
    const refused =
      made === null ? unreadable : made.bytes.length > largestPicture ? tooLarge : null;
    setFailure(refused);
    set({ picture: refused === null ? made : null });
  }
  return (
    <div className="k-picture">
      {failure !== null && <KioskFailure failure={failure} />}
      {picture !== null && <img src={picture.url} alt={t('sign.alt')} />}
      <BigButton disabled={disabled} onClick={() => picker.current?.click()}>
        <ImageIcon aria-hidden="true" />
        {t(picture === null ? 'sign.pick' : 'sign.another')}
      </BigButton>
      <input
        ref={picker}
        type="file"
        hidden
        accept="image/png,image/jpeg"
        aria-label={t('sign.pick')}
        onChange={(event) => {
          const picked = event.target.files?.[0];
          event.target.value = '';
          if (picked !== undefined) void take(picked);
        }}
      />
    </div>
  );
}
