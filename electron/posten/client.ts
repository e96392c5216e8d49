/**
 * The client of the remote signing service: every operation it has, in both flows. Expected failures are
 * values (`posten.*`); nothing here keeps state but the pace and open connections, so everything that must
 * outlive a restart (addresses, references) is in the answers, for the caller to keep.
 */
import { randomBytes } from 'node:crypto';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Polled } from './answers.ts';
import { checkedMessage, listDocuments, multipart } from './build-package.ts';
import { createCaller } from './calls.ts';
import type { Call } from './calls.ts';
import { checkDirectJob, checkPortalJob } from './job-rules.ts';
import type { JobDocument } from './jobs.ts';
import type { Depart, Download, PostenClient, PostenOptions, QueueChoice } from './operations.ts';
import { createPace } from './pace.ts';
import {
  readDirectCreated,
  readDirectSigner,
  readDirectStatus,
  readPortalChange,
  readPortalCreated,
} from './read-answers.ts';
import { createTransport } from './transport.ts';
import {
  directManifest,
  directRequest,
  portalManifest,
  portalRequest,
  signerUpdate,
} from './write-messages.ts';

export function createPostenClient(options: PostenOptions): PostenClient {
  const { clock, environment, sector = null } = options;
  const timeout = options.timeouts?.call ?? 10_000;
  const downloadTimeout = options.timeouts?.download ?? 60_000;
  const transport = createTransport(options);
  const caller = createCaller({
    environment,
    transport,
    pace: createPace(
      options.paceClock ?? clock,
      options.share === undefined ? null : { ...options.share, now: () => clock.now().getTime() },
    ),
    clock: options.paceClock ?? clock,
    wallClock: clock,
    log: options.log ?? (() => undefined),
  });

  function senderOf(named: string | undefined): Result<string> {
    const sender = named ?? options.sender;
    return sender !== undefined && /^[0-9]{9}$/.test(sender)
      ? ok(sender)
      : fail('posten.sender-missing', 'No organisation is named as the sender.');
  }

  async function create<T>(
    flow: 'portal' | 'direct',
    job: { readonly sender?: string; readonly documents: readonly JobDocument[] },
    allowed: Result<null>,
    texts: (sender: string) => { readonly request: string; readonly manifest: string },
    read: (bytes: Uint8Array) => Result<T>,
    depart: Depart | undefined,
  ): Promise<Result<T>> {
    const sender = senderOf(job.sender);
    if (!sender.ok) return sender;
    if (!allowed.ok) return allowed;
    const written = texts(sender.value);
    const request = checkedMessage(written.request);
    if (!request.ok) return request;
    const manifest = checkedMessage(written.manifest);
    if (!manifest.ok) return manifest;
    const names = listDocuments(job.documents);
    const container = await options.pack({
      documents: job.documents.map(({ bytes }, index) => ({
        name: names[index]?.href ?? '',
        mime: names[index]?.mime ?? '',
        bytes,
      })),
      manifest: manifest.value,
      time: { at: caller.serviceTime(), zoneOffset: options.zoneOffset ?? 0 },
    });
    if (!container.ok) return container;
    const boundary = randomBytes(18).toString('hex');
    options.dump?.(`${flow}-${boundary.slice(0, 8)}.asice`, container.value);
    const kept = depart?.(container.value) ?? ok(null);
    if (!kept.ok) return kept;
    const answer = await caller.read({
      method: 'POST',
      to: `/${sender.value}/${flow}/signature-jobs`,
      contentType: `multipart/mixed; boundary=${boundary}`,
      body: multipart(request.value, container.value, boundary),
      timeout: downloadTimeout,
      acting: true,
    });
    if (!answer.ok) return answer;
    const created = read(answer.value.bytes);
    // The job is there, whatever its answer looks like: a second call would make a second job.
    return created.ok
      ? created
      : fail('posten.outcome-unknown', 'The job was made, but the answer is not readable.');
  }

  async function poll<T>(
    flow: 'portal' | 'direct',
    { sender: named, queue = '' }: QueueChoice,
    read: (bytes: Uint8Array) => Result<T>,
  ): Promise<Result<Polled<T>>> {
    const sender = senderOf(named);
    if (!sender.ok) return sender;
    const question = queue === '' ? '' : `?polling_queue=${encodeURIComponent(queue)}`;
    const answer = await caller.read({
      method: 'GET',
      to: `/${sender.value}/${flow}/signature-jobs${question}`,
      timeout,
      queue: `${flow} ${sender.value} ${queue}`,
    });
    if (!answer.ok) return answer;
    const { status, bytes, nextPollAt } = answer.value;
    if (status === 204) return ok({ type: 'empty', nextPollAt });
    const change = read(bytes);
    return change.ok ? ok({ type: 'change', change: change.value, nextPollAt }) : change;
  }

  async function tell(call: Omit<Call, 'timeout'>): Promise<Result<null>> {
    const answer = await caller.read({ ...call, timeout });
    return answer.ok ? ok(null) : answer;
  }

  async function download(to: string, accept?: string): Promise<Result<Download>> {
    const answer = await caller.call({
      method: 'GET',
      to,
      timeout: downloadTimeout,
      ...(accept !== undefined && { accept }),
    });
    if (!answer.ok) return answer;
    const { response } = answer.value;
    const length = Number(response.headers['content-length'] ?? Number.NaN);
    return ok({ stream: response, length: Number.isSafeInteger(length) ? length : null });
  }

  async function confirm(url: string | null): Promise<Result<null>> {
    return url === null ? ok(null) : tell({ method: 'POST', to: url });
  }

  // XML is accepted too, so that an error can say what it is.
  const padesTypes = 'application/octet-stream, application/xml';
  const missing = (): Result<never> =>
    fail('posten.not-available', 'The service offers no such document yet.');

  return {
    portal: {
      create: (job, depart) =>
        create(
          'portal',
          job,
          checkPortalJob(job, sector),
          (sender) => ({
            request: portalRequest(job),
            manifest: portalManifest(job, sender, listDocuments(job.documents)),
          }),
          readPortalCreated,
          depart,
        ),
      poll: (choice = {}) => poll('portal', choice, readPortalChange),
      confirm: ({ confirmationUrl }) => confirm(confirmationUrl),
      cancel: async ({ cancellationUrl }) =>
        cancellationUrl === null
          ? fail('posten.not-cancellable', 'The job can no longer be cancelled.')
          : tell({
              method: 'POST',
              to: cancellationUrl,
              byStatus: { 409: 'posten.cannot-cancel' },
            }),
    },
    direct: {
      create: (job, depart) =>
        create(
          'direct',
          job,
          checkDirectJob(job, sector),
          (sender) => ({
            request: directRequest(job),
            manifest: directManifest(job, sender, listDocuments(job.documents)),
          }),
          readDirectCreated,
          depart,
        ),
      poll: (choice = {}) => poll('direct', choice, readDirectStatus),
      status: async ({ statusUrl }, token) => {
        if (statusUrl === null)
          return fail('posten.job-is-polled', 'The job’s state comes by its queue.');
        const joined = `${statusUrl}${statusUrl.includes('?') ? '&' : '?'}status_query_token=${encodeURIComponent(token)}`;
        const answer = await caller.read({
          method: 'GET',
          to: joined,
          timeout,
          byStatus: { 403: 'posten.invalid-status-token', 404: 'posten.ceremony-not-completed' },
        });
        return answer.ok ? readDirectStatus(answer.value.bytes) : answer;
      },
      confirm: ({ confirmationUrl }) => confirm(confirmationUrl),
      newRedirectUrl: async ({ signerUrl }) => {
        const body = checkedMessage(signerUpdate());
        if (!body.ok) return body;
        const answer = await caller.read({
          method: 'POST',
          to: signerUrl,
          contentType: 'application/xml',
          body: body.value,
          timeout,
        });
        return answer.ok ? readDirectSigner(answer.value.bytes) : answer;
      },
    },
    xades: async ({ xadesUrl }) => (xadesUrl === null ? missing() : download(xadesUrl)),
    pades: async ({ padesUrl }) => (padesUrl === null ? missing() : download(padesUrl, padesTypes)),
    deleteDocuments: async ({ deleteDocumentsUrl }) =>
      deleteDocumentsUrl === null
        ? fail('posten.not-deletable', 'The service does not let these documents be deleted yet.')
        : tell({ method: 'DELETE', to: deleteDocumentsUrl }),
    archive: {
      pades: async (owner, documentId) => {
        const sender = senderOf(owner);
        if (!sender.ok) return sender;
        const id = encodeURIComponent(documentId);
        return download(`/${sender.value}/archive/documents/${id}/pades`, padesTypes);
      },
    },
    whoAmI: async (named) => {
      const sender = senderOf(named);
      if (!sender.ok) return sender;
      const answer = await caller.read({
        method: 'GET',
        to: `/${sender.value}`,
        accept: 'text/plain, application/xml',
        timeout,
      });
      return answer.ok ? ok(Buffer.from(answer.value.bytes).toString('utf8').trim()) : answer;
    },
    close: () => transport.close(),
  };
}
