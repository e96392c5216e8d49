/** How a signer shows who they are. */
import { ok } from '../../shared/result.ts';
import { refuse, showCertificate } from '../desk/show-certificate.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function proofHandlers(kit: HandlerKit) {
  const { session, cards, door, run, emit, options } = kit;
  return {
    'signing.acceptProof': session.acceptProof,
    'card.list': async () => ok(await cards.list({ watch: true })),
    'signing.showCard': async ({ certificate }, caller) => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const found = await cards.find(certificate);
      if (!found.ok) return refuse(desk.value, caller, 'card', found.error);
      const { view, certificate: parsed, chain } = found.value;
      if (view.problem !== null)
        return refuse(desk.value, caller, 'card', {
          ...{ code: view.problem, message: 'The certificate cannot sign.' },
        });
      const showing = { means: 'card', certificate: parsed.der, chain } as const;
      const shown = await showCertificate(desk.value, run, caller, showing);
      tell(caller);
      return shown;
    },
    'signing.showKeyFile': async (input, caller) => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const read = await run('keyFile.read', input, options(caller, undefined, 'card'));
      input.bytes.fill(0);
      if (!read.ok) return refuse(desk.value, caller, 'key-file', read.error);
      const { certificate, chain, view } = read.value;
      const showing = { means: 'key-file', certificate, chain } as const;
      const shown = await showCertificate(desk.value, run, caller, showing);
      tell(caller);
      return shown.ok ? ok({ ...shown.value, certificate: view }) : shown;
    },
  } satisfies Partial<Handlers>;

  function tell({ standing }: Parameters<Handlers['signing.showCard']>[1]): void {
    if (standing.state === 'signer') emit(kit.jobChanged({ job: standing.job }));
  }
}
