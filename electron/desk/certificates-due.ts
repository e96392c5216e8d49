/**
 * Certificates that run out. New ones are ordered elsewhere and take days: told at 90, 30 and 7 days,
 * and from the day on which they no longer hold.
 */
import { ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { CertificateDue } from '../../shared/rpc/views.ts';
import type { Desk } from './desk.ts';
import { fromBase64, sealOf, summaryOf } from './seal.ts';
import { settingsOf } from './settings-store.ts';

type Ports = Pick<Desk, 'archive' | 'clock'>;

/** The step that `daysLeft` has come to; null while there is time. */
export function expiryStep(daysLeft: number): CertificateDue['step'] | null {
  if (daysLeft < 0) return 0;
  const steps = [7, 30, 90] as const;
  return steps.find((step) => daysLeft <= step) ?? null;
}

/** The soonest first; `user` has dismissed some of them. */
export function certificatesDue(desk: Ports, user: string): readonly CertificateDue[] {
  const dismissed = settingsOf(desk.archive).get('dismissedWarnings')[user] ?? [];
  const now = desk.clock.now().getTime();
  return configured(desk)
    .flatMap(({ of, der }): CertificateDue[] => {
      const { subject, issuer, notAfter, fingerprint, trial } = summaryOf(fromBase64(der));
      const daysLeft = Math.floor((Date.parse(notAfter) - now) / 86_400_000);
      const step = expiryStep(daysLeft);
      // A trial certificate is made anew at once, by whoever needs it.
      if (step === null || trial) return [];
      return [
        {
          ...{ of, subject, issuer, notAfter, daysLeft, step, fingerprint },
          dismissed: dismissed.includes(`${fingerprint} ${step}`),
        },
      ];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft);
}

export function dismissWarning(
  desk: Ports,
  { certificate, step }: ParsedOf<'seal.dismiss'>,
  user: string,
): Result<null> {
  settingsOf(desk.archive).change(
    'dismissedWarnings',
    (all) => ({ ...all, [user]: [...new Set([...(all[user] ?? []), `${certificate} ${step}`])] }),
    user,
  );
  return ok(null);
}

/** Base64 of DER, each once, under the first thing it is. */
function configured(
  desk: Ports,
): readonly { readonly of: CertificateDue['of']; readonly der: string }[] {
  const settings = settingsOf(desk.archive);
  const seal = sealOf(desk);
  const all = [
    ...(seal === null ? [] : [{ of: 'seal' as const, der: seal.certificate }]),
    ...(seal?.chain ?? []).map((der) => ({ of: 'seal-issuer' as const, der })),
    ...settings.get('timestampCertificates').map((der) => ({ of: 'timestamp' as const, der })),
    ...settings.get('anchors').map((der) => ({ of: 'anchor' as const, der })),
  ];
  return all.filter((one, at) => all.findIndex(({ der }) => der === one.der) === at);
}
