/** Before a kiosk is paired it has no session: two addresses of its own, and nothing else answers. */
import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

async function post<T>(path: string, body: unknown): Promise<Result<T>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
    });
    return (await response.json()) as Result<T>;
  } catch {
    return fail('host.unreachable', 'The program does not answer');
  }
}

/** `compare`: what both screens show. */
export function offerCode(code: string): Promise<Result<{ readonly compare: string }>> {
  return post('/pair', { code });
}

export function pairingState(): Promise<
  Result<{ readonly state: 'waiting' | 'refused' | 'accepted' }>
> {
  return post('/pair/wait', {});
}
