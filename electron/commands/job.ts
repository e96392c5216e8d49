/** `skranke job`: what the windows do with a job, by hand or by a script. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { attemptAsync, Refusal } from '../../shared/result.ts';
import type { IdentityCheck } from '../../shared/job/job.ts';
import { UsageError, command, parseFlags, readBytes, readSecret } from './console.ts';
import { bulkFromList } from './job-bulk.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';
import { deskFlags, signedInDesk } from './desk-client.ts';
import type { DeskClient } from './desk-client.ts';
import { createFromSpec } from './job-spec.ts';
import { signAtCounter, declineAtCounter } from './counter.ts';
import type { OwnKeyOfScript } from './show-own-key.ts';

const flags = {
  ...deskFlags,
  signer: { type: 'string' },
  'identity-check': { type: 'string' },
  strokes: { type: 'string' },
  token: { type: 'string' },
  cert: { type: 'string' },
  'pin-file': { type: 'string' },
  'last-try': { type: 'boolean' },
  key: { type: 'string' },
  'passphrase-file': { type: 'string' },
  'clerk-pin-file': { type: 'string' },
  reason: { type: 'string' },
  deadline: { type: 'string' },
  search: { type: 'string' },
  limit: { type: 'string' },
  complete: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  again: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseFlags<typeof flags>>['values'];

interface Asked {
  readonly desk: DeskClient;
  readonly values: Values;
  readonly subject: string;
  readonly rest: readonly string[];
}

interface Told {
  /** The JSON document. */
  readonly value: unknown;
  /** For people. */
  readonly lines: readonly string[];
  /** Where it is not that all is done. */
  readonly code?: number;
}

const verbs: Record<string, (asked: Asked) => Promise<Told>> = {
  async create({ desk, subject }) {
    const made = await createFromSpec(desk, subject);
    return { value: made, lines: [`${made.job}: draft with ${made.documents} documents`] };
  },
  bulk: ({ desk, values, subject, rest }) =>
    bulkFromList(desk, subject, rest[0], {
      dryRun: values['dry-run'] === true,
      again: values.again === true,
    }),
  async open({ desk, subject }) {
    const { version } = await desk.call('job.open', { job: subject });
    return { value: { job: subject, version }, lines: [`${subject}: open for signing`] };
  },
  async send({ desk, subject }) {
    const { version } = await desk.call('posten.send', { job: subject });
    return {
      value: { job: subject, version },
      lines: [`${subject}: leaves with the next round of skranke sync`],
    };
  },
  async sign({ desk, subject, values }) {
    const signed = await signAtCounter(desk, {
      job: subject,
      signer: await signerOf(desk, subject, values.signer),
      identityCheck: identityCheckOf(values['identity-check']),
      ...(values.strokes === undefined ? {} : { strokes: jsonOf(values.strokes) }),
      own: () => ownKeyOf(values),
    });
    return {
      value: { job: subject, ...signed },
      lines: [`${subject}: signed at ${signed.signedAt}`],
    };
  },
  async decline({ desk, subject, values }) {
    await declineAtCounter(desk, {
      job: subject,
      signer: await signerOf(desk, subject, values.signer),
      identityCheck: identityCheckOf(values['identity-check']),
      reason: values.reason ?? '',
    });
    return { value: { job: subject }, lines: [`${subject}: declined`] };
  },
  async seal({ desk, subject }) {
    const sealed = await desk.call('sealing.seal', { job: subject });
    if (sealed.deferred !== null)
      throw new Refusal(
        'timestamp.unreachable',
        'No timestamp authority answered; the seal waits.',
        {
          code: sealed.deferred,
        },
      );
    return { value: { job: subject, ...sealed }, lines: [`${subject}: sealed`] };
  },
  async renew({ desk, subject }) {
    const renewed = await desk.call('sealing.renew', { job: subject });
    if (renewed.deferred === 'renewal.no-gain')
      throw new Refusal(
        'renewal.no-gain',
        'The authority still stamps with a certificate that ends no later: nothing was added.',
      );
    if (renewed.deferred !== null)
      throw new Refusal(
        'timestamp.unreachable',
        'No timestamp authority answered; the renewal waits.',
        { code: renewed.deferred },
      );
    return { value: { job: subject, ...renewed }, lines: [`${subject}: renewed`] };
  },
  async cancel({ desk, subject, values }) {
    const { version } = await desk.call('job.cancel', {
      job: subject,
      reason: values.reason ?? '',
    });
    return { value: { job: subject, version }, lines: [`${subject}: withdrawn`] };
  },
  async extend({ desk, subject, values }) {
    if (values.deadline === undefined) throw new UsageError('job extend needs --deadline TIME');
    const deadline = new Date(values.deadline);
    if (Number.isNaN(deadline.getTime())) throw new UsageError('--deadline takes a time');
    const { version } = await desk.call('job.extend', {
      job: subject,
      deadline: deadline.toISOString(),
    });
    return {
      value: { job: subject, version },
      lines: [`${subject}: until ${deadline.toISOString()}`],
    };
  },
  async show({ desk, subject }) {
    const { job, events, missing } = await desk.call('job.get', { job: subject });
    return {
      value: { job, events, missing },
      lines: [
        `${job.id}: ${job.state}, ${job.documents.length} documents`,
        ...job.signers.map(({ name, state }, index) => `  ${index + 1}. ${name}: ${state}`),
        ...events.map(({ at, event }) => `  ${at} ${event.type}`),
      ],
    };
  },
  async list({ desk, values }) {
    const page = await desk.call('job.list', {
      limit: Number(values.limit ?? '50'),
      ...(values.search === undefined ? {} : { search: values.search }),
    });
    return {
      value: page,
      lines: page.rows.map(({ id, state, title }) => `${id}  ${state.padEnd(9)} ${title}`),
    };
  },
  async export({ desk, values, subject, rest }) {
    const [folder] = rest;
    if (folder === undefined) throw new UsageError('job export takes ID DIR');
    mkdirSync(folder, { recursive: true });
    const receipt = await desk.call('export.save', {
      ...{ jobs: [subject], folder: resolve(folder) },
      ...(values.complete === true ? { complete: true } : {}),
    });
    if (receipt.failed[0] !== undefined)
      throw new Refusal(receipt.failed[0].code, 'The job could not be exported.');
    return {
      value: receipt,
      lines: [
        ...receipt.jobs.map((exported) => `${exported.folder}: ${exported.files} files`),
        ...(receipt.unsealed === null ? [] : [withoutSeal(receipt.unsealed)]),
      ],
    };
  },
};

/** The documents are out as they were signed; only our own pages about them lack something. */
function withoutSeal(code: string): string {
  return `  ! the proof of signing and the package carry no seal: ${code}`;
}

export const main = command(async (args, terminal) => {
  const { values, positionals } = parseFlags(args, flags);
  const [name = '', subject = '', ...rest] = positionals;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined) throw new UsageError(`job takes ${Object.keys(verbs).join(', ')}`);
  if (subject === '' && name !== 'list')
    throw new UsageError(
      `job ${name} takes ${name === 'create' ? 'a specification' : 'the id of a job'}`,
    );
  const done = await attemptAsync(async () => {
    const desk = await signedInDesk(values);
    try {
      return await verb({ desk, values, subject, rest });
    } finally {
      await desk.close();
    }
  });
  if (!done.ok) {
    terminal.failure(done.error);
    return exitCodeFor(done.error);
  }
  terminal.emit(done.value.value);
  for (const line of done.value.lines) terminal.say(line);
  return done.value.code ?? exitCode.done;
});

/** A signer by number in the job's order (from 1), or by id. */
async function signerOf(
  desk: DeskClient,
  job: string,
  wanted: string | undefined,
): Promise<string> {
  if (wanted === undefined) throw new UsageError('say who with --signer N');
  const { job: found } = await desk.call('job.get', { job });
  const signer = /^\d{1,3}$/.test(wanted)
    ? found.signers[Number(wanted) - 1]
    : found.signers.find(({ id }) => id === wanted);
  if (signer === undefined) throw new Refusal('job.no-signer', 'The job has no such signer.');
  return signer.id;
}

/** Secrets stand in files: the signer's PIN or passphrase, and the PIN by which the clerk accepts them. */
function ownKeyOf(values: Values): OwnKeyOfScript {
  const { key, token, cert } = values;
  const clerkPin = values['clerk-pin-file'];
  if (clerkPin === undefined)
    throw new UsageError(
      'an advanced signature needs --clerk-pin-file F: the clerk accepts the name',
    );
  const accepted = { clerkPin: readSecret(clerkPin) };
  const passphrase = values['passphrase-file'];
  if (key !== undefined)
    return {
      ...accepted,
      type: 'key-file',
      bytes: readBytes(key),
      passphrase: passphrase === undefined ? '' : readSecret(passphrase),
    };
  const pin = values['pin-file'];
  return {
    ...accepted,
    ...{ type: 'card', token, certificate: cert, lastTry: values['last-try'] === true },
    pin: pin === undefined ? null : readSecret(pin),
  };
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(readBytes(path)));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file.not-json', 'A file that should hold JSON does not.', { path });
  }
}

function identityCheckOf(path: string | undefined): IdentityCheck {
  if (path === undefined)
    throw new UsageError(
      'a simple signature needs --identity-check FILE (who checked what, as JSON)',
    );
  // The router parses it strictly; here it is only read.
  return jsonOf(path) as IdentityCheck;
}
