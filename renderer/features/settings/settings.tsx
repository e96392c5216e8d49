import {
  Buildings3Icon,
  CheckmarkCircleIcon,
  ClockIcon,
  CloudUpIcon,
  EnvelopeClosedIcon,
  EyeIcon,
  PersonCheckmarkIcon,
  FileTextIcon,
  FolderIcon,
  GlobeIcon,
  InboxDownIcon,
  InformationSquareIcon,
  KeyHorizontalIcon,
  LinkIcon,
  PaperplaneIcon,
  PersonGroupIcon,
  PersonIcon,
  PersonRectangleIcon,
  ShieldLockIcon,
  MonitorIcon,
  TabletIcon,
} from '@navikt/aksel-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../shared/rpc/views.ts';
import { useCall } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { WindowTitle } from '../../ui/window-title.tsx';
import { AccessibilitySection } from './accessibility-section.tsx';
import { AccessSection } from './access-section.tsx';
import { AboutSection } from './about-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { CardsSection } from './cards-section.tsx';
import { ChecklistSection } from './checklist-section.tsx';
import { EidSection } from './eid-section.tsx';
import { ExportSection } from './export-section.tsx';
import { FolderSection } from './folder-section.tsx';
import { MailSection } from './mail-section.tsx';
import { KioskSection } from './kiosk-section.tsx';
import { OfficeSection } from './office-section.tsx';
import { LanguageSection } from './language-section.tsx';
import { OrganisationSection } from './organisation-section.tsx';
import { PostenSection } from './posten-section.tsx';
import { ScreensSection } from './screens-section.tsx';
import { SealSection } from './seal-section.tsx';
import { TimestampsSection } from './timestamps-section.tsx';
import { TrustSection } from './trust-section.tsx';
import { UsersSection } from './users-section.tsx';
import { WitnessSection } from './witness-section.tsx';
import './settings.css';

export interface SectionProps {
  readonly settings: SettingsView;
  /** Only an administrator changes settings; others read them. */
  readonly may: boolean;
}

const sections = [
  { id: 'checklist', icon: <CheckmarkCircleIcon aria-hidden="true" />, admin: false },
  { id: 'organisation', icon: <Buildings3Icon aria-hidden="true" />, admin: false },
  { id: 'seal', icon: <KeyHorizontalIcon aria-hidden="true" />, admin: false },
  { id: 'timestamps', icon: <ClockIcon aria-hidden="true" />, admin: false },
  { id: 'trust', icon: <ShieldLockIcon aria-hidden="true" />, admin: false },
  { id: 'cards', icon: <PersonRectangleIcon aria-hidden="true" />, admin: false },
  { id: 'eid', icon: <PersonCheckmarkIcon aria-hidden="true" />, admin: false },
  { id: 'posten', icon: <PaperplaneIcon aria-hidden="true" />, admin: false },
  { id: 'kiosk', icon: <TabletIcon aria-hidden="true" />, admin: false },
  { id: 'screens', icon: <MonitorIcon aria-hidden="true" />, admin: false },
  { id: 'language', icon: <GlobeIcon aria-hidden="true" />, admin: false },
  { id: 'export', icon: <FolderIcon aria-hidden="true" />, admin: false },
  { id: 'folder', icon: <InboxDownIcon aria-hidden="true" />, admin: false },
  { id: 'office', icon: <FileTextIcon aria-hidden="true" />, admin: false },
  { id: 'mail', icon: <EnvelopeClosedIcon aria-hidden="true" />, admin: false },
  { id: 'backup', icon: <CloudUpIcon aria-hidden="true" />, admin: false },
  { id: 'witness', icon: <LinkIcon aria-hidden="true" />, admin: true },
  { id: 'access', icon: <PersonIcon aria-hidden="true" />, admin: false },
  { id: 'users', icon: <PersonGroupIcon aria-hidden="true" />, admin: true },
  { id: 'accessibility', icon: <EyeIcon aria-hidden="true" />, admin: false },
  { id: 'about', icon: <InformationSquareIcon aria-hidden="true" />, admin: false },
] as const;
type SectionId = (typeof sections)[number]['id'];
/** Sections whose words stand in files of their own. */
const ownWords: readonly SectionId[] = ['language', 'accessibility'];

function sectionWords(id: SectionId) {
  if (id === 'mail') return { name: 'notify:nav', title: 'notify:title', lead: 'notify:lead' };
  return ownWords.includes(id)
    ? { name: `${id}:section`, title: `${id}:title`, lead: `${id}:lead` }
    : { name: `section.${id}`, title: `${id}.title`, lead: `${id}.lead` };
}

/** What has nothing in it that only an administrator may change. */
const everyones: readonly SectionId[] = ['about', 'accessibility', 'checklist', 'access'];

function body(id: SectionId, props: SectionProps, onSection: (section: string) => void): ReactNode {
  switch (id) {
    case 'checklist':
      return <ChecklistSection onSection={onSection} />;
    case 'organisation':
      return <OrganisationSection {...props} />;
    case 'seal':
      return <SealSection {...props} />;
    case 'timestamps':
      return <TimestampsSection {...props} />;
    case 'trust':
      return <TrustSection {...props} />;
    case 'cards':
      return <CardsSection {...props} />;
    case 'eid':
      return <EidSection {...props} />;
    case 'posten':
      return <PostenSection {...props} />;
    case 'kiosk':
      return <KioskSection {...props} />;
    case 'screens':
      return <ScreensSection {...props} />;
    case 'language':
      return <LanguageSection {...props} />;
    case 'export':
      return <ExportSection {...props} />;
    case 'folder':
      return <FolderSection {...props} />;
    case 'office':
      return <OfficeSection {...props} />;
    case 'mail':
      return <MailSection {...props} />;
    case 'backup':
      return <BackupSection {...props} />;
    case 'witness':
      return <WitnessSection />;
    case 'access':
      return <AccessSection />;
    case 'users':
      return <UsersSection {...props} />;
    case 'accessibility':
      return <AccessibilitySection {...props} />;
    case 'about':
      return <AboutSection {...props} />;
  }
}

/** One matter at a time, each with its explanation where it stands. */
export function Settings({
  section,
  onSection,
}: {
  section: string | null;
  onSection: (section: string) => void;
}) {
  const { t } = useTranslation('settings');
  const may = useMay('admin');
  const { value, error, reload } = useCall(
    'settings.get',
    {},
    (event) => event.type === 'settings.changed',
  );
  const shown = sections.filter((each) => may || !each.admin);
  const here = shown.find((each) => each.id === section) ?? shown[0];
  if (here === undefined) return null;
  return (
    <div className="settings">
      <WindowTitle of={[t(sectionWords(here.id).name), t('title')]} />
      <h1>{t('title')}</h1>
      <div className="settings-body">
        <nav className="settings-nav" aria-label={t('title')}>
          <ul className="plain">
            {shown.map(({ id, icon }) => (
              <li key={id}>
                <button
                  type="button"
                  aria-current={id === here.id ? 'true' : undefined}
                  onClick={() => {
                    onSection(id);
                  }}
                >
                  {icon}
                  {t(sectionWords(id).name)}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <section className="panel settings-panel" aria-labelledby="settings-title">
          <h2 id="settings-title">{t(sectionWords(here.id).title)}</h2>
          <p className="settings-lead prose">{t(sectionWords(here.id).lead)}</p>
          {!may && !everyones.includes(here.id) && <Notice title={t('readOnly')} />}
          {error !== null && <FailureNotice failure={error} onRetry={reload} />}
          {/* A section starts afresh when another is chosen: nothing half-typed lingers. */}
          {value !== null && (
            <div key={here.id}>{body(here.id, { settings: value, may }, onSection)}</div>
          )}
        </section>
      </div>
    </div>
  );
}
