import { useTranslation } from 'react-i18next';
import { Overlay } from './overlay.tsx';
import { useSitting } from './store.ts';

/** The program does not answer: what that means for the signature, said at once and plainly. */
export function ContactLost() {
  const { t } = useTranslation('pairing');
  const signing = useSitting((sitting) => sitting.signing);
  const signed = useSitting((sitting) => sitting.signedAt !== null);
  return (
    <Overlay title={t('contact.title')} role="alertdialog" onBack={() => undefined} actions={null}>
      <p className="k-lead">
        {t(signed ? 'contact.signed' : signing ? 'contact.checking' : 'contact.nothingSigned')}
      </p>
      <p>{t('contact.wait')}</p>
    </Overlay>
  );
}
