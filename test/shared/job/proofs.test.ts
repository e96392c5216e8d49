/** Each kind of signature has its own proof, and none passes for another (DOMAIN, kinds of signature). */
import { describe, expect, it } from 'vitest';
import type { JobCommand } from '../../../shared/job/command.ts';
import { maskedEvent } from '../../../shared/job/masks.ts';
import type { CertificateProof, LoginProof } from '../../../shared/job/proof.ts';
import * as made from './made-jobs.ts';

const card: CertificateProof = {
  ...{ means: 'card', id: 'aa'.repeat(32), certificate: 'MAA=', name: 'KARI NORDMANN' },
  ...{ issuer: 'Prøve CA', serial: '1', notAfter: '2030-01-01T00:00:00.000Z' },
  ...{ nameMatch: 'same', revocation: 'good' },
};
const login = (level: 3 | 4): LoginProof => ({
  ...{ means: 'login', id: 'bb'.repeat(32), provider: 'id-porten', issuer: 'https://idporten' },
  ...{ acr: 'idporten-loa-high', level, name: 'Kari Nordmann', matchedBy: 'national-id' },
  ...{ nameMatch: 'same', authenticatedAt: made.now, receivedAt: made.now },
  ...{ idToken: 'a.b.c', keys: '{}', keysSha256: 'cc'.repeat(32) },
});

/** A job whose one signer is at the kiosk and has confirmed. */
function confirmed(change: object) {
  const tale = made.openTale([made.signer('s1', 0, change)]);
  expect(tale.tell(made.handOver('s1'))).toBe('ok');
  expect(tale.tell(made.confirm('s1', made.newest(tale.job())), 'signer:s1')).toBe('ok');
  return tale;
}
const signWith = (tale: made.Tale, key: 'seal' | 'card' | 'key-file') =>
  tale.tell({ ...made.sign('s1', made.newest(tale.job()), tale.job()), key } as JobCommand);
const give = (proof: CertificateProof | LoginProof, matches: boolean): JobCommand => ({
  ...{ type: 'give-proof', signer: 's1', proof, matches },
});
const accept = (proof: string): JobCommand => ({ type: 'accept-proof', signer: 's1', proof });

describe('an advanced signature', () => {
  it('needs a certificate that the clerk has compared with the person', () => {
    const tale = confirmed({ kind: 'advanced' });
    expect(signWith(tale, 'seal')).toBe('signing.other-kind');
    expect(signWith(tale, 'card')).toBe('proof.none');
    expect(tale.tell(give(card, false))).toBe('ok');
    expect(signWith(tale, 'key-file')).toBe('proof.none');
    expect(signWith(tale, 'card')).toBe('proof.undecided');
    expect(tale.tell(accept('dd'.repeat(32)))).toBe('proof.unknown');
    expect(tale.tell(accept(card.id))).toBe('ok');
    expect(signWith(tale, 'card')).toBe('ok');
  });

  it('asks again when another card is shown', () => {
    const tale = confirmed({ kind: 'advanced' });
    tale.tell(give(card, false));
    tale.tell(accept(card.id));
    tale.tell(give({ ...card, id: 'ee'.repeat(32) }, false));
    expect(signWith(tale, 'card')).toBe('proof.undecided');
  });
});

describe('a card that the clerk compared before the hand-over', () => {
  it('is accepted by that word when the same is shown; another one is not', () => {
    const tale = made.openTale([made.signer('s1', 0, { kind: 'advanced' })]);
    expect(tale.tell({ ...made.handOver('s1'), certificate: card.id } as JobCommand)).toBe('ok');
    const before = (proof: string) =>
      tale.tell({ ...accept(proof), atHandOver: true } as JobCommand);
    const other = { ...card, id: 'ee'.repeat(32) };
    tale.tell(give(other, false));
    expect(before(other.id)).toBe('proof.unknown');
    tale.tell(give(card, false));
    expect(before(card.id)).toBe('ok');
    tale.tell(made.confirm('s1', made.newest(tale.job())), 'signer:s1');
    expect(signWith(tale, 'card')).toBe('ok');
  });

  it('is none where nobody needs a card', () => {
    const tale = made.openTale([made.signer('s1', 0, { kind: 'simple' })]);
    expect(tale.tell({ ...made.handOver('s1'), certificate: card.id } as JobCommand)).toBe(
      'signing.other-kind',
    );
  });
});

describe('an authenticated signature', () => {
  it('needs a login that matches, and is made by the seal', () => {
    const tale = confirmed({ kind: 'authenticated' });
    expect(signWith(tale, 'seal')).toBe('proof.none');
    tale.tell(give(login(3), true));
    expect(signWith(tale, 'card')).toBe('signing.other-kind');
    expect(signWith(tale, 'seal')).toBe('ok');
  });

  it('is refused below the level that the job demands, and can be tried again', () => {
    const tale = confirmed({ kind: 'authenticated', level: 4 });
    tale.tell(give(login(3), true));
    expect(signWith(tale, 'seal')).toBe('eid.level-too-low');
    tale.tell(give(login(4), true));
    expect(signWith(tale, 'seal')).toBe('ok');
  });

  it('shows the token to nobody who sees the event', () => {
    const event = { type: 'proof-given', signer: 's1', proof: login(4), matches: true } as const;
    expect(JSON.stringify(maskedEvent(event))).not.toContain('a.b.c');
  });
});

describe('a proof', () => {
  it('is given and refused only by who is at the kiosk', () => {
    const tale = made.openTale([made.signer('s1', 0)]);
    expect(tale.tell(give(card, false))).toBe('job.not-at-kiosk');
    tale.tell(made.handOver('s1'));
    const refused = { type: 'refuse-proof', signer: 's1', means: 'card' } as const;
    expect(tale.tell({ ...refused, code: 'card.other-person' })).toBe('ok');
    expect(made.eventTypes(tale).at(-1)).toBe('proof-refused');
  });
});
