/**
 * The one way out of the window. Electron's preload leaves `window.host` behind; in a browser the same
 * thing is made here of fetch and EventSource, so no screen knows which host it stands in.
 */
import { decode, encode } from '../../shared/rpc/codec.ts';
import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Host, HostEvent } from '../../shared/rpc/transport.ts';
import { contactSignal } from './contact.ts';

/** A page with no program behind it keeps dropped files in its own memory instead of `/upload`. */
export interface PageHost extends Host {
  upload(file: Blob): Promise<Result<{ readonly upload: string }>>;
}

declare global {
  interface Window {
    readonly host?: Host | PageHost;
  }
}

function isResult(value: unknown): value is Result<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

/** A beat that is not answered in time is how a kiosk learns that the network is gone. */
const beatLimit = 5000;

function signalFor(method: string): AbortSignal | null {
  return method === 'screen.report' ? AbortSignal.timeout(beatLimit) : contactSignal();
}

/** The web host: POST /rpc/<method>, GET /events, GET /document/<id>/<revision>. */
export function createWebHost(): Host {
  return {
    async call(method, input) {
      try {
        const response = await fetch(`/rpc/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: encode(input),
          credentials: 'same-origin',
          signal: signalFor(method),
        });
        const text = await response.text();
        // The cookie of a program that has been started anew since: it knows this page no more.
        if (response.status === 403 && text === '')
          return fail('host.closed', 'This page belongs to a program that has ended');
        const answer = decode(text);
        if (isResult(answer)) return answer;
        return fail('host.answer', `The host answered ${String(response.status)} without a result`);
      } catch {
        // The server is gone or the page was cut off from it: nothing was done that we know of.
        return fail('host.unreachable', 'The program behind this window does not answer');
      }
    },
    listen(listener) {
      // EventSource reconnects by itself; views refetch what they show when it does.
      const source = new EventSource('/events');
      source.addEventListener('message', (message: MessageEvent<string>) => {
        listener(decode(message.data) as HostEvent);
      });
      return () => {
        source.close();
      };
    },
    documentUrl(document, revision) {
      return `/document/${encodeURIComponent(document)}/${String(revision)}`;
    },
    restart() {
      // A replaced page starts with an empty heap; nothing of the signer stays in memory or history.
      location.replace('/');
    },
  };
}

export const host: Host | PageHost = window.host ?? createWebHost();
