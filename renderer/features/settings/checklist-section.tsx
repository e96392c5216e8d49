import { useCall } from '../../host/client.ts';
import { Checklist } from '../../ui/checklist.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

export function ChecklistSection({ onSection }: { onSection: (section: string) => void }) {
  const { value, error, reload } = useCall(
    'settings.checklist',
    {},
    (event) => event.type === 'settings.changed',
  );
  return (
    <>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {value !== null && <Checklist items={value} onGo={onSection} />}
    </>
  );
}
