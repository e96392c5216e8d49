/** The stand-in's pages for a signer's browser: the portal's log-in and what a redirect URL opens. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TrialAuthority } from '../../../electron/adapters/trial-pki.ts';
import type { Act, StandInJob, StandInSigner } from './jobs.ts';
import { isActive } from './jobs.ts';

export interface SigningPages {
  readonly root: string;
  close(): Promise<void>;
}

interface Ports {
  readonly authority: TrialAuthority;
  readonly jobs: readonly StandInJob[];
  takeLink(token: string): readonly [StandInJob, StandInSigner] | null;
  actDirect(job: StandInJob, signer: StandInSigner, what: Act): string;
  happen(job: number, signer: number | null, what: Act): boolean;
}

const text = (value: string) => value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(heading: string, body: string): string {
  return `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>${text(heading)}</title>
<style>body{font:20px/1.5 system-ui;margin:0;background:#f4f4f4;color:#222}header{background:#e32d22;color:#fff;padding:16px 32px;font-weight:600}main{max-width:640px;margin:32px auto;background:#fff;padding:32px;border-radius:8px}button{font:inherit;padding:12px 28px;border-radius:6px;border:1px solid #222;background:#fff;margin-right:12px}button.main{background:#222;color:#fff}input{font:inherit;padding:10px;width:14em}</style></head>
<body><header>Prøvetjeneste for signering</header><main><h1>${text(heading)}</h1>${body}</main></body></html>`;
}

function ceremony(job: StandInJob): string {
  const documents = job.documents.map(({ title }) => `<li>${text(title)}</li>`).join('');
  return page(
    job.title,
    `<p>Du er bedt om å signere:</p><ul>${documents}</ul><form method="post"><button class="main" name="what" value="SIGNED">Signer</button><button name="what" value="REJECTED">Avvis</button></form>`,
  );
}

export async function startSigningPages(ports: Ports): Promise<SigningPages> {
  const { authority, jobs } = ports;
  const own = authority.issue('localhost', 'rsa-2048');
  const pem = (der: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
  /** A cookie at the first use, so that the page can be loaded again though the link cannot be used again. */
  const visits = new Map<string, readonly [StandInJob, StandInSigner]>();
  const server = createServer(
    {
      key: own.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cert: pem(own.certificate),
    },
    (request, response) => void answer(request, response),
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const [, where = '', token = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    const html = (body: string, status = 200) =>
      response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
    const what = form.get('what') === 'REJECTED' ? 'REJECTED' : 'SIGNED';
    if (where === 'redirect') {
      const cookie = /visit=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      const link = ports.takeLink(token);
      const visit = link ?? visits.get(cookie);
      if (visit === undefined)
        return void html(page('Lenken er brukt', '<p>Be om en ny lenke.</p>'), 410);
      if (link !== null) {
        const id = randomBytes(8).toString('hex');
        visits.set(id, link);
        response.setHeader('Set-Cookie', `visit=${id}; HttpOnly; Secure; SameSite=Lax; Path=/`);
      }
      if (request.method !== 'POST') return void html(ceremony(visit[0]));
      return void response.writeHead(303, { Location: ports.actDirect(...visit, what) }).end();
    }
    if (request.method !== 'POST')
      return void html(
        page(
          'Logg inn',
          '<form method="post"><p><label>Fødselsnummer<br><input name="number" inputmode="numeric"></label></p><button class="main">Logg inn</button></form>',
        ),
      );
    const number = form.get('number') ?? '';
    const waiting = jobs.find((job) => turnOf(job, number) !== undefined);
    const signer = waiting === undefined ? undefined : turnOf(waiting, number);
    if (waiting === undefined || signer === undefined)
      return void html(page('Ingenting venter på deg', ''));
    if (!form.has('what'))
      return void html(
        ceremony(waiting).replace(
          '<form method="post">',
          `<form method="post"><input type="hidden" name="number" value="${text(number)}">`,
        ),
      );
    ports.happen(waiting.id, waiting.signers.indexOf(signer), what);
    return void html(page(what === 'SIGNED' ? 'Takk, du har signert' : 'Du har avvist', ''));
  }

  function turnOf(job: StandInJob, number: string): StandInSigner | undefined {
    return job.signers.find(
      (signer) => job.flow === 'portal' && signer.identifier === number && isActive(job, signer),
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
