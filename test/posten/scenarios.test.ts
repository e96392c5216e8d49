import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { signingKeyOf } from '../../electron/adapters/trial-pki.ts';
import { packForService } from '../../electron/core/asice/service-package.ts';
import { createPostenClient } from '../../electron/posten/client.ts';
import type { CallLine } from '../../electron/posten/calls.ts';
import { checkEnterpriseCertificate } from '../../electron/posten/enterprise-certificate.ts';
import type { DirectJob, PortalJob } from '../../electron/posten/jobs.ts';
import type { Download, PostenClient, PostenOptions } from '../../electron/posten/operations.ts';
import { unwrap } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { utf8Bytes } from '../../shared/xml/utf8.ts';
import { startStandIn } from '../support/posten/stand-in.ts';
import type { StandIn } from '../support/posten/stand-in.ts';

const ORG = '100101688';
const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Set {
  readonly service: StandIn;
  readonly posten: PostenClient;
  readonly log: CallLine[];
}

async function start(
  options: Parameters<typeof startStandIn>[0] = {},
  changes: Partial<PostenOptions> = {},
): Promise<Set> {
  const service = await startStandIn(options);
  const trial = service.issue(ORG);
  const key = signingKeyOf(trial);
  const log: CallLine[] = [];
  const posten = createPostenClient({
    environment: service.environment,
    authorities: service.authorities,
    credentials: {
      certificate: trial.certificate,
      chain: key.chain,
      privateKey: trial.key.privateKey,
    },
    pack: (input) => packForService(input, key, nodeCrypto),
    clock: {
      now: service.now,
      sleep: (milliseconds) => {
        service.advance(milliseconds);
        return Promise.resolve();
      },
    },
    sender: ORG,
    userAgent: 'skranke/test',
    log: (line) => log.push(line),
    ...changes,
  });
  closing.push(
    () => posten.close(),
    () => service.close(),
  );
  return { service, posten, log };
}

const pdf = (title: string) => ({ title, bytes: utf8Bytes('%PDF-1.7 x'), type: 'pdf' as const });
const portalJob: PortalJob = {
  title: 'Avtale',
  documents: [pdf('Avtale')],
  signers: [
    { address: { type: 'number', number: '13079412397', notify: { email: 'k@example.org' } } },
  ],
  reference: 'sak-1',
};
const directJob: DirectJob = {
  title: 'Avtale',
  documents: [pdf('Avtale')],
  signers: [{ identifier: { type: 'number', number: '13079412397' } }],
  exitUrls: {
    completion: 'https://example.org/ferdig',
    rejection: 'https://example.org/nei',
    error: 'https://example.org/feil',
  },
};

function code(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

async function change(result: ReturnType<PostenClient['portal']['poll']>) {
  const polled = unwrap(await result);
  if (polled.type !== 'change') throw new Error('the queue was empty');
  return polled.change;
}

async function text(result: Promise<Result<Download>>): Promise<string> {
  const chunks: Buffer[] = [];
  const { stream } = unwrap(await result);
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function tokenOf(exit: string | null): string {
  return new URL(exit ?? '').searchParams.get('status_query_token') ?? '';
}

describe('the nine scenarios', () => {
  it('1: the root says who we are', async () => {
    const { posten } = await start();
    expect(unwrap(await posten.whoAmI())).toBe(`You are ${ORG}`);
  });

  it('2: portal: create, cancel, FAILED, confirm', async () => {
    const { posten } = await start();
    const created = unwrap(await posten.portal.create(portalJob));
    expect(created.reference).toBe('sak-1');
    unwrap(await posten.portal.cancel(created));
    const news = await change(posten.portal.poll());
    expect([news.jobId, news.status, news.signatures[0]?.status]).toEqual([
      created.jobId,
      'FAILED',
      'CANCELLED',
    ]);
    expect(code(await posten.portal.cancel(created))).toBe('posten.cannot-cancel');
    unwrap(await posten.portal.confirm(news));
    expect(unwrap(await posten.portal.poll()).type).toBe('empty');
  });

  it('3: portal: create, sign, COMPLETED_SUCCESSFULLY, XAdES, PAdES, confirm', async () => {
    const { posten, service } = await start();
    const created = unwrap(await posten.portal.create(portalJob));
    service.signPortal(Number(created.jobId), 0);
    const news = await change(posten.portal.poll());
    expect([news.status, news.signatures[0]?.status]).toEqual(['COMPLETED_SUCCESSFULLY', 'SIGNED']);
    const [signature] = news.signatures;
    if (signature === undefined) throw new Error('no signature');
    expect(await text(posten.xades(signature))).toContain('LtvSdo');
    expect(await text(posten.pades(news))).toMatch(/^%PDF-/);
    unwrap(await posten.portal.confirm(news));
  });

  it('4: portal: addressed by contact data', async () => {
    const { posten, service } = await start();
    const contact = { email: 'ola@example.org', mobile: '+4791234567' };
    const created = unwrap(
      await posten.portal.create({
        ...portalJob,
        signers: [{ address: { type: 'contact', contact } }],
      }),
    );
    service.signPortal(Number(created.jobId), 0);
    const news = await change(posten.portal.poll());
    expect(news.signatures[0]?.signer).toEqual({ type: 'contact', ...contact });
  });

  it('5: portal: several documents, cancelled', async () => {
    const { posten } = await start();
    const documents = [pdf('En'), pdf('To'), pdf('Tre')];
    const created = unwrap(await posten.portal.create({ ...portalJob, documents }));
    unwrap(await posten.portal.cancel(created));
    expect((await change(posten.portal.poll())).status).toBe('FAILED');
  });

  it('6: direct: one signer, state by token, PAdES, confirm', async () => {
    const { posten, service } = await start();
    const created = unwrap(await posten.direct.create(directJob));
    expect(code(await posten.direct.status(created, 'x'))).toBe('posten.ceremony-not-completed');
    const exit = service.visit(created.signers[0]?.redirectUrl ?? '');
    expect(exit).toMatch(/^https:\/\/example\.org\/ferdig/);
    expect(code(await posten.direct.status(created, 'x'))).toBe('posten.invalid-status-token');
    const status = unwrap(await posten.direct.status(created, tokenOf(exit)));
    expect(status.status).toBe('COMPLETED_SUCCESSFULLY');
    expect(await text(posten.pades(status))).toMatch(/^%PDF-/);
    unwrap(await posten.direct.confirm(status));
  });

  it('7: direct: the first of two signs, then the second', async () => {
    const { posten, service } = await start();
    const signers = ['kunde-1', 'kunde-2'].map((value) => ({
      identifier: { type: 'own' as const, value },
    }));
    const created = unwrap(await posten.direct.create({ ...directJob, signers }));
    const states = [];
    for (const signer of created.signers) {
      const exit = service.visit(signer.redirectUrl);
      const status = unwrap(await posten.direct.status(created, tokenOf(exit)));
      states.push([status.status, ...status.signatures.map((each) => each.status)]);
    }
    expect(states).toEqual([
      ['IN_PROGRESS', 'SIGNED', 'WAITING'],
      ['COMPLETED_SUCCESSFULLY', 'SIGNED', 'SIGNED'],
    ]);
  });

  it('8: direct: polled on a queue of its own; the other stays empty', async () => {
    const { posten, service } = await start();
    const job: DirectJob = { ...directJob, statusRetrieval: 'POLLING', pollingQueue: 'kø æ' };
    const created = unwrap(await posten.direct.create(job));
    expect(created.statusUrl).toBeNull();
    service.visit(created.signers[0]?.redirectUrl ?? '');
    expect(unwrap(await posten.direct.poll()).type).toBe('empty');
    const polled = unwrap(await posten.direct.poll({ queue: 'kø æ' }));
    expect(polled.type === 'change' ? polled.change.status : '').toBe('COMPLETED_SUCCESSFULLY');
  });

  it('9: direct: a new redirect URL, since the first opens once', async () => {
    const { posten, service } = await start();
    const created = unwrap(await posten.direct.create(directJob));
    const [signer] = created.signers;
    if (signer === undefined) throw new Error('no signer');
    const fresh = unwrap(await posten.direct.newRedirectUrl(signer));
    expect(fresh.redirectUrl).not.toBe(signer.redirectUrl);
    expect(service.visit(fresh.redirectUrl, 'REJECTED')).toMatch(/\/nei\?/);
    expect(service.visit(fresh.redirectUrl)).toBeNull();
  });
});

describe('what can go wrong', () => {
  it('an unconfirmed update comes again after ten minutes, and an empty queue has its time', async () => {
    const { posten, service } = await start();
    const created = unwrap(await posten.portal.create(portalJob));
    service.signPortal(Number(created.jobId), 0);
    await change(posten.portal.poll());
    expect(unwrap(await posten.portal.poll()).type).toBe('empty');
    const early = await posten.portal.poll();
    expect(early.ok ? '' : early.error.detail?.nextPollAt).toMatch(/^20/);
    expect(code(early)).toBe('posten.too-eager');
    service.advance(11 * 60_000);
    expect((await change(posten.portal.poll())).status).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('groups sign in order, a rejection ends it, and time does', async () => {
    const { posten, service } = await start();
    const signers = [2, 1].map((order) => ({
      address: { type: 'contact' as const, contact: { email: `s${order}@example.org` } },
      order,
    }));
    const job = { ...portalJob, signers, availableSeconds: 3600 };
    const first = Number(unwrap(await posten.portal.create(job)).jobId);
    expect([service.signPortal(first, 0), service.signPortal(first, 1)]).toEqual([false, true]);
    service.signPortal(first, 0, 'REJECTED');
    const rejected = await change(posten.portal.poll());
    expect(rejected.signatures.map(({ status }) => status)).toEqual(['REJECTED', 'SIGNED']);
    unwrap(await posten.portal.confirm(rejected));
    unwrap(await posten.portal.create(job));
    service.advance(3601_000);
    const expired = await change(posten.portal.poll());
    expect([expired.status, expired.signatures[0]?.status]).toEqual(['FAILED', 'EXPIRED']);
  });

  it('documents can be deleted a day later, and a broker acts for whom it may', async () => {
    const { posten, service } = await start({ brokers: [[ORG, '984661185']] });
    expect(unwrap(await posten.whoAmI('984661185'))).toContain('on behalf of 984661185');
    expect(code(await posten.whoAmI('991825827'))).toBe('posten.broker-not-authorized');
    const created = unwrap(await posten.portal.create({ ...portalJob, sender: '984661185' }));
    service.signPortal(Number(created.jobId), 0);
    const early = await change(posten.portal.poll({ sender: '984661185' }));
    expect(code(await posten.deleteDocuments(early))).toBe('posten.not-deletable');
    service.advance(25 * 3600_000);
    const later = await change(posten.portal.poll({ sender: '984661185' }));
    expect(code(await posten.deleteDocuments(later))).toBe('ok');
    expect(await text(posten.archive.pades(ORG, 'a/1'))).toMatch(/^%PDF-/);
  });

  it('an answer that does not come leaves the outcome unknown; other faults have their codes', async () => {
    const { posten, service, log } = await start();
    service.faults.push({ type: 'drop' });
    expect(code(await posten.portal.create(portalJob))).toBe('posten.outcome-unknown');
    expect(service.jobs).toHaveLength(1);
    service.faults.push({ type: 'status', status: 429, headers: { DoSFilter: 'x' } });
    expect(code(await posten.portal.poll())).toBe('posten.blocked');
    expect(code(await posten.whoAmI())).toBe('posten.blocked');
    service.advance(30_001);
    service.faults.push({ type: 'status', status: 500, body: '<html>' });
    expect(code(await posten.whoAmI())).toBe('posten.unexpected-answer');
    service.faults.push({
      type: 'status',
      status: 302,
      headers: { Location: 'https://example.org' },
    });
    expect(code(await posten.whoAmI())).toBe('posten.unexpected-answer');
    service.faults.push({ type: 'status', status: 200, body: '<x/>' });
    expect(code(await posten.portal.poll())).toBe('posten.unreadable-answer');
    const foreign = [
      'https://example.org/x',
      '//example.org',
      'http://127.0.0.1/api',
      'file:///etc/passwd',
    ];
    for (const url of foreign)
      expect(code(await posten.pades({ padesUrl: url }))).toBe('posten.foreign-url');
    expect(log.every(({ path }) => !/\d{11}/.test(path))).toBe(true);
  });

  it('never more than ten calls a second', async () => {
    const { posten } = await start();
    const answers = await Promise.all(Array.from({ length: 30 }, () => posten.whoAmI()));
    expect(answers.map(code)).toEqual(answers.map(() => 'ok'));
  });

  it('goes through a proxy, which sees the host only', async () => {
    const seen: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      seen.push(request.url ?? '');
      const [host, port] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const each of [onward, socket]) each.on('error', () => each.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    closing.push(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const { posten, service } = await start({}, { proxy: { host: '127.0.0.1', port } });
    expect(unwrap(await posten.whoAmI())).toBe(`You are ${ORG}`);
    expect(code(await posten.portal.create(portalJob))).toBe('ok');
    expect(new Set(seen)).toEqual(new Set([new URL(service.environment.root).host]));
    const other = await start(
      { serverOrganisation: '991825827' },
      { proxy: { host: '127.0.0.1', port } },
    );
    expect(code(await other.posten.portal.create(portalJob))).toBe('posten.untrusted-server');
    expect(other.service.jobs).toHaveLength(0);
  });

  it('another server is not trusted, by its number or its authority, and nothing is sent', async () => {
    const { posten, service } = await start({ serverOrganisation: '991825827' });
    expect(code(await posten.portal.create(portalJob))).toBe('posten.untrusted-server');
    expect(service.jobs).toHaveLength(0);
    const stranger = await startStandIn();
    closing.push(() => stranger.close());
    const other = await start({}, { authorities: stranger.authorities });
    expect(code(await other.posten.whoAmI())).toBe('posten.untrusted-server');
  });

  it('a certificate is judged before it is used', async () => {
    const { service } = await start();
    const trial = service.issue(ORG);
    const other = service.issue(ORG);
    const credentials = {
      certificate: trial.certificate,
      chain: trial.chain,
      privateKey: trial.key.privateKey,
    };
    const context = {
      now: service.now(),
      environment: service.environment,
      authorities: service.authorities,
    };
    expect(unwrap(checkEnterpriseCertificate(credentials, context)).organisation).toBe(ORG);
    const check = (changes: object, inContext: object = {}): string =>
      code(
        checkEnterpriseCertificate({ ...credentials, ...changes }, { ...context, ...inContext }),
      );
    expect(check({ privateKey: other.key.privateKey })).toBe('posten.certificate-other-key');
    expect(check({ certificate: utf8Bytes('x') })).toBe('posten.certificate-unreadable');
    expect(check({}, { now: new Date('2099-01-01') })).toBe('posten.certificate-expired');
    expect(check({}, { now: new Date('1999-01-01') })).toBe('posten.certificate-not-yet-valid');
    expect(check({}, { authorities: [] })).toBe('posten.certificate-wrong-environment');
  });
});
