/**
 * A stand-in for the remote signing service on this machine: mutual TLS under a test authority of its own,
 * both flows, queues, clocks, pages for the signer's browser, refusals and faults on demand.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { makeTrialAuthority } from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import { nameOids } from '../../../electron/core/cms/name.ts';
import { certificateFacts } from '../../../electron/posten/certificate-facts.ts';
import type { Environment } from '../../../electron/posten/environments.ts';
import { allElements, attributeOf, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import { xmlLeaf } from '../../../shared/xml/write-xml.ts';
import { act, createQueues } from './jobs.ts';
import type { Act, StandInJob, StandInSigner } from './jobs.ts';
import { checkPosted } from './package-check.ts';
import type { Posted } from './package-check.ts';
import { startSigningPages } from './pages.ts';
import type { SigningPages } from './pages.ts';
import { createResults } from './results.ts';

export const POSTEN = '984661185';
const NS = 'xmlns="http://signering.posten.no/schema/v1"';
const DAY = 86_400_000;

/** Taken by the next call instead of its answer. */
export type Fault =
  | {
      readonly type: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** Answers nothing; the job, if it was one, is made all the same. */
  | { readonly type: 'drop' }
  /** Breaks off in the middle of its body. */
  | { readonly type: 'cut' }
  | { readonly type: 'slow'; readonly milliseconds: number };

export interface StandIn {
  readonly environment: Environment;
  readonly authorities: readonly Uint8Array[];
  readonly jobs: readonly StandInJob[];
  readonly faults: Fault[];
  now(): Date;
  advance(milliseconds: number): void;
  issue(organisation: string): TrialCertificate;
  /** Asked for each call where nothing stands in `faults`. */
  plan: ((method: string, path: string) => Fault | null) | null;
  /** How often somebody asked too much in a second. */
  readonly blocks: number;
  /** Where signers come: the portal's log-in, and the pages behind redirect URLs. */
  readonly pages: string;
  /** Whether the last news of the job was confirmed. */
  isConfirmed(job: number): boolean;
  /** What the service, time or somebody else does to a signer, or (null) to everybody who waits. */
  happen(job: number, signer: number | null, what: Act): boolean;
  /** A word that no version knows yet. */
  say(job: number, signer: number, word: string): void;
  /** The last news once more, as if it had not been confirmed. */
  repeat(job: number): void;
  /** As the signer at the service's pages: portal signers by their place, direct ones by their link. */
  signPortal(job: number, signer: number, what?: 'SIGNED' | 'REJECTED'): boolean;
  /** Opens the link; answers where the browser is sent afterwards, or null for a used link. */
  visit(redirectUrl: string, what?: 'SIGNED' | 'REJECTED'): string | null;
  close(): Promise<void>;
}

function pem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

export async function startStandIn(
  options: {
    readonly brokers?: readonly (readonly [string, string])[];
    readonly serverOrganisation?: string;
    /** Milliseconds that an empty queue asks for; ten seconds where absent, as in the test service. */
    readonly pollWait?: number;
    /** Milliseconds since 1970, for a simulated time; the machine's own where absent. */
    readonly clock?: () => number;
    /** One sealed file for every job, where what stands in it does not matter. */
    readonly samePades?: boolean;
    /** Organisation numbers of public senders, beside those that begin with 97. */
    readonly publicSenders?: readonly string[];
    /** Calls a second and organisation. */
    readonly mostCalls?: number;
  } = {},
): Promise<StandIn> {
  let offset = 0;
  const now = (): number => (options.clock ?? Date.now)() + offset;
  const authority = makeTrialAuthority({ name: 'Stand-in', now: new Date() });
  const issue = (organisation: string): TrialCertificate =>
    authority.issue(
      [
        { oid: nameOids.country, value: 'NO' },
        { oid: nameOids.organisation, value: 'PRØVEVIRKSOMHET' },
        { oid: nameOids.organisationIdentifier, value: `NTRNO-${organisation}` },
        { oid: nameOids.commonName, value: 'PRØVEVIRKSOMHET' },
      ],
      'rsa-2048',
      { keyUsage: ['digitalSignature', 'keyEncipherment'] },
    );
  const own = issue(options.serverOrganisation ?? POSTEN);
  const jobs: StandInJob[] = [];
  const faults: Fault[] = [];
  const queues = createQueues();
  const filters = new Map<string, { recent: number[]; blockedUntil: number }>();
  const results = createResults(authority, options.samePades ?? false);
  let root = '';
  let pages: SigningPages | null = null;
  let plan: StandIn['plan'] = null;
  let blocks = 0;

  const server = createServer(
    {
      key: own.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cert: [own.certificate, ...own.chain.slice(0, -1)].map(pem).join(''),
      ca: [authority.root.certificate, authority.intermediate.certificate].map(pem),
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
    },
    (request, response) =>
      void handle(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      }),
  );

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const fault = faults.shift() ?? plan?.(request.method ?? '', request.url ?? '') ?? undefined;
    // By the service's own clock, whatever this machine's says.
    response.setHeader('Date', new Date(now()).toUTCString());
    if (fault?.type === 'status') {
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    expireOld();
    const answer = filtered(request) ?? (await answerTo(request, Buffer.concat(chunks)));
    if (fault?.type === 'slow')
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    const body = Buffer.from(answer.body ?? '');
    if (fault?.type === 'drop') response.destroy();
    else if (fault?.type === 'cut') {
      response.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.length + 1 });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    } else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  interface Answer {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: string | Buffer;
  }

  /** Ten calls a second and organisation; over it a block of half a minute. */
  function filtered(request: IncomingMessage): Answer | null {
    const organisation = (request.url ?? '').split('/')[2] ?? '';
    const filter = filters.get(organisation) ?? { recent: [], blockedUntil: 0 };
    filters.set(organisation, filter);
    while ((filter.recent[0] ?? Infinity) <= now() - 1000) filter.recent.shift();
    filter.recent.push(now());
    if (filter.recent.length > (options.mostCalls ?? 10)) {
      filter.blockedUntil = now() + 30_000;
      blocks += 1;
    }
    return now() < filter.blockedUntil ? { status: 429, headers: { DoSFilter: 'true' } } : null;
  }

  function refusal(status: number, code: string, message: string): Answer {
    const body = `<error ${NS}>${xmlLeaf('error-code', code)}${xmlLeaf('error-message', message)}<error-type>CLIENT</error-type></error>`;
    return { status, body };
  }

  function expireOld(): void {
    for (const job of jobs)
      if (job.status === 'IN_PROGRESS' && job.deadline < now()) {
        act(job, 'EXPIRED', null, now());
        queues.tell(job, now());
      }
  }

  async function answerTo(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const url = new URL(request.url ?? '/', root);
    const [, api, organisation = '', flow = '', ...rest] = url.pathname.split('/');
    const raw = (request.socket as TLSSocket).getPeerCertificate().raw;
    const client = certificateFacts(raw)?.organisation ?? '';
    const broker = (options.brokers ?? []).some(
      ([who, whom]) => who === client && whom === organisation,
    );
    if (api !== 'api') return { status: 404 };
    if (client !== organisation && !broker)
      return refusal(
        400,
        'BROKER_NOT_AUTHORIZED',
        `Broker «${client}» is not authorized to send on behalf of «${organisation}»`,
      );
    if (flow === '')
      return {
        status: 200,
        body: broker
          ? `You are ${client},\n operating on behalf of ${organisation}`
          : `You are ${client}`,
      };
    if (flow === 'archive') return { status: 200, body: Buffer.from('%PDF-1.7 archived') };
    if (flow !== 'portal' && flow !== 'direct') return { status: 404 };
    const base = `${root}/${organisation}/${flow}/signature-jobs`;
    if (rest.length === 1 && request.method === 'POST') {
      const type = request.headers['content-type'] ?? '';
      const context = {
        anchors: [authority.root.certificate],
        now: new Date(now()),
        isPublic:
          organisation.startsWith('97') || options.publicSenders?.includes(organisation) === true,
      };
      const posted = await checkPosted(flow, organisation, type, body, context);
      if ('code' in posted) return refusal(400, posted.code, posted.message);
      return created(make(flow, organisation, posted), base);
    }
    if (rest.length === 1)
      return polled(flow, organisation, url.searchParams.get('polling_queue') ?? '', base);
    const job = jobs.find(({ id, gone }) => String(id) === rest[1] && !gone);
    if (job === undefined) return refusal(404, 'NOT_FOUND', 'no such job');
    return operation(job, `${request.method} ${rest.slice(2).join('/')}`, url, `${base}/${job.id}`);
  }

  function make(
    flow: StandInJob['flow'],
    organisation: string,
    { request, manifest, documents }: Posted,
  ): StandInJob {
    const texts = (from: XmlElement, name: string): readonly string[] =>
      [...allElements(from)].filter(({ local }) => local === name).map(textOf);
    const signers = [...allElements(manifest)]
      .filter(({ local }) => local === 'signer')
      .map((element): StandInSigner => {
        const number = texts(element, 'personal-identification-number')[0];
        const word = texts(element, 'signer-identifier')[0];
        const contact = [...allElements(element)].filter(({ local }) =>
          ['email', 'sms'].includes(local),
        );
        const written = contact.map(
          ({ local, attributes }) =>
            `<${local} ${attributes[0]?.local}="${attributes[0]?.value}"/>`,
        );
        return {
          identifier: number ?? word ?? '',
          echo:
            number !== undefined
              ? `<personal-identification-number>${number}</personal-identification-number>`
              : word !== undefined
                ? xmlLeaf('signer-identifier', word)
                : `<identifier>${written.join('')}</identifier>`,
          order: Number(attributeOf(element, 'order') ?? 0),
          status: 'WAITING',
          since: new Date(now()),
          tokens: new Set(),
        };
      });
    const available = Number(texts(manifest, 'available-seconds')[0] ?? 30 * 86_400) * 1000;
    const job: StandInJob = {
      id: jobs.length + 1,
      flow,
      organisation,
      reference: texts(request, 'reference')[0] ?? null,
      queue: texts(request, 'polling-queue')[0] ?? '',
      polled: flow === 'portal' || texts(request, 'status-retrieval-method')[0] === 'POLLING',
      exits: ['completion-url', 'rejection-url', 'error-url'].map(
        (name) => texts(request, name)[0] ?? '',
      ),
      signers,
      title: texts(manifest, 'title')[0] ?? '',
      documents,
      available,
      deadline: now() + available,
      status: 'IN_PROGRESS',
      endedAt: 0,
      gone: false,
      statusToken: null,
    };
    jobs.push(job);
    return job;
  }

  function head(job: StandInJob): string {
    const reference = job.reference === null ? '' : xmlLeaf('reference', job.reference);
    return `${reference}<signature-job-id>${job.id}</signature-job-id>`;
  }

  function link(signer: StandInSigner): string {
    const token = randomBytes(16).toString('hex');
    signer.tokens.add(token);
    return `${pages?.root ?? 'https://signering.example'}/redirect/${token}`;
  }

  function created(job: StandInJob, base: string): Answer {
    const own = `${base}/${job.id}`;
    if (job.flow === 'portal')
      return {
        status: 200,
        body: `<portal-signature-job-response ${NS}>${head(job)}<cancellation-url>${own}/cancel</cancellation-url></portal-signature-job-response>`,
      };
    const signers = job.signers.map((signer, index) => ({ signer, index, url: link(signer) }));
    const links = signers.map(({ url }) => `<redirect-url>\n ${url}\n</redirect-url>`).join('');
    const status = job.polled ? '' : `<status-url>${own}/status</status-url>`;
    const each = signers.map(({ signer, index, url }) =>
      directSigner('signer', signer, `${own}/signers/${index}`, url, ''),
    );
    return {
      status: 200,
      body: `<direct-signature-job-response ${NS}>${head(job)}${links}${status}${each.join('')}</direct-signature-job-response>`,
    };
  }

  function directSigner(
    name: string,
    signer: StandInSigner,
    href: string,
    url: string,
    ns: string,
  ): string {
    return `<${name} ${ns} href="${href}">${signer.echo}<redirect-url>${url}</redirect-url></${name}>`;
  }

  function polled(
    flow: StandInJob['flow'],
    organisation: string,
    queue: string,
    base: string,
  ): Answer {
    const found = queues.poll(flow, organisation, queue, now(), options.pollWait ?? 10_000);
    const headers = { 'X-Next-permitted-poll-time': new Date(found.next).toISOString() };
    if (found.type === 'early') return { status: 429, headers };
    if (found.type === 'empty') return { status: 204, headers };
    return { status: 200, headers, body: statusOf(found.job, `${base}/${found.job.id}`) };
  }

  function statusOf(job: StandInJob, own: string): string {
    const signed = job.signers.some(({ status }) => status === 'SIGNED');
    const pades = signed ? `<pades-url>${own}/pades</pades-url>` : '';
    const deletable = job.status === 'COMPLETED_SUCCESSFULLY' && now() >= job.endedAt + DAY;
    const remove = deletable
      ? `<delete-documents-url>${own}/delete-documents</delete-documents-url>`
      : '';
    const confirm = `<confirmation-url>${own}/complete</confirmation-url>`;
    const xades = (index: number): string => `${own}/xades/${index}`;
    if (job.flow === 'portal') {
      const cancel =
        job.status === 'IN_PROGRESS' ? `<cancellation-url>${own}/cancel</cancellation-url>` : '';
      const signatures = job.signers.map(
        ({ status, since, echo }, i) =>
          `<signature><status since="${since.toISOString()}">${status}</status>${echo}${status === 'SIGNED' ? `<xades-url>${xades(i)}</xades-url>` : ''}</signature>`,
      );
      return `<portal-signature-job-status-change-response ${NS}>${head(job)}<status>${job.status}</status>${confirm}${cancel}${remove}<signatures>${signatures.join('')}${pades}</signatures></portal-signature-job-status-change-response>`;
    }
    const statuses = job.signers.map(({ identifier, status, since }) =>
      xmlLeaf('status', status, { signer: identifier, since: since.toISOString() }),
    );
    const urls = job.signers.map(({ identifier, status }, i) =>
      status === 'SIGNED' ? xmlLeaf('xades-url', xades(i), { signer: identifier }) : '',
    );
    return `<direct-signature-job-status-response ${NS}>${head(job)}<signature-job-status>${job.status}</signature-job-status>${statuses.join('')}${confirm}${remove}${urls.join('')}${pades}</direct-signature-job-status-response>`;
  }

  async function operation(job: StandInJob, what: string, url: URL, own: string): Promise<Answer> {
    const [, method = '', name = '', index = ''] = /^(\w+) ([\w-]+)(?:\/(\d+))?$/.exec(what) ?? [];
    const signer = job.signers[Number(index)];
    switch (`${method} ${name}`) {
      case 'POST cancel':
        if (!act(job, 'CANCELLED', null, now())) return { status: 409 };
        queues.tell(job, now());
        return { status: 204 };
      case 'POST complete':
        // Without long-term storage a finished job is deleted when its last news is confirmed.
        if (queues.confirm(job)) job.gone = job.status !== 'IN_PROGRESS' && job.flow === 'portal';
        return { status: 200 };
      case 'GET status': {
        const token = url.searchParams.get('status_query_token');
        if (job.statusToken === null)
          return refusal(404, 'SIGNING_CEREMONY_NOT_COMPLETED', 'not yet');
        if (token !== job.statusToken)
          return refusal(403, 'INVALID_STATUS_QUERY_TOKEN', 'wrong token');
        return { status: 200, body: statusOf(job, own) };
      }
      case 'POST signers':
        if (signer === undefined) return { status: 404 };
        return {
          status: 200,
          body: directSigner(
            'direct-signer-response',
            signer,
            `${own}/signers/${index}`,
            link(signer),
            NS,
          ),
        };
      case 'GET pades':
        return now() > job.endedAt + 40 * DAY && job.endedAt > 0
          ? { status: 404 }
          : {
              status: 200,
              body: await results.pades(job),
              headers: { 'Content-Type': 'application/octet-stream' },
            };
      case 'GET xades':
        if (signer?.status !== 'SIGNED') return { status: 404 };
        return { status: 200, body: results.xades(job, signer) };
      case 'DELETE delete-documents':
        return { status: 204 };
      default:
        return { status: 404 };
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `https://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  /** A link opens once. */
  function takeLink(token: string): readonly [StandInJob, StandInSigner] | null {
    for (const job of jobs)
      for (const signer of job.signers) if (signer.tokens.delete(token)) return [job, signer];
    return null;
  }
  /** Where the signer's browser is sent afterwards. */
  function actDirect(job: StandInJob, signer: StandInSigner, what: Act): string {
    const done = act(job, what, signer, now());
    job.statusToken = randomBytes(8).toString('hex');
    if (job.polled) queues.tell(job, now());
    const exit = job.exits[done ? (what === 'SIGNED' ? 0 : 1) : 2] ?? '';
    return `${exit}?status_query_token=${job.statusToken}`;
  }
  const find = (id: number) => jobs.find((each) => each.id === id);
  function happen(id: number, index: number | null, what: Act): boolean {
    const job = find(id);
    const signer = index === null ? null : job?.signers[index];
    if (job === undefined || signer === undefined || !act(job, what, signer, now())) return false;
    queues.tell(job, now());
    return true;
  }
  pages = await startSigningPages({ authority, jobs, takeLink, actDirect, happen });
  return {
    environment: { name: 'own', root, serverOrganisation: POSTEN, authorities: null },
    authorities: [authority.root.certificate],
    jobs,
    faults,
    get plan() {
      return plan;
    },
    set plan(next) {
      plan = next;
    },
    pages: pages.root,
    get blocks() {
      return blocks;
    },
    isConfirmed(id) {
      const job = find(id);
      return job !== undefined && !queues.has(job);
    },
    happen,
    say(id, index, word) {
      const job = find(id);
      const signer = job?.signers[index];
      if (job === undefined || signer === undefined) return;
      signer.status = word;
      queues.tell(job, now());
    },
    repeat(id) {
      const job = find(id);
      if (job === undefined) return;
      job.gone = false;
      queues.tell(job, now());
    },
    now: () => new Date(now()),
    advance: (milliseconds) => void (offset += milliseconds),
    issue,
    signPortal: (id, index, what = 'SIGNED') => happen(id, index, what),
    visit(redirectUrl, what = 'SIGNED') {
      const link = takeLink(redirectUrl.split('/').at(-1) ?? '');
      return link === null ? null : actDirect(...link, what);
    },
    close: async () => {
      await pages?.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
