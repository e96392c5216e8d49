/** The remote signing service. */
import { fail, ok } from '../../shared/result.ts';
import * as jobs from '../desk/posten-jobs.ts';
import { postenSettings, putPosten } from '../desk/posten-settings.ts';
import { boundTo } from '../desk/signing.ts';
import { settingsOf } from '../desk/settings-store.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf, withDesk, type HandlerKit } from './kit.ts';

export function postenHandlers(kit: HandlerKit) {
  const { door, run, emit, posten, visits, session, at, settingsChanged, jobChanged } = kit;
  const shown = () => withDesk(door, (desk) => ok(postenSettings(desk, posten.keyState())));
  const woken = <T extends { readonly job: string }>(input: T) => {
    posten.wake();
    return jobChanged(input);
  };
  return {
    'settings.posten': shown,
    'settings.putPosten': (input, caller) => {
      const put = withDesk(door, (desk) => putPosten(desk, input, actorOf(caller)));
      if (!put.ok) return put;
      posten.reconsider();
      emit(settingsChanged());
      return shown();
    },
    'settings.postenKeyFile': async (input, caller) => {
      const key = await run('settings.postenKeyFile', input, {
        ...{ lane: 'counter', actor: actorOf(caller) },
      });
      if (!key.ok) return key;
      posten.hold(key.value);
      emit(settingsChanged());
      return shown();
    },
    'settings.checkPosten': async () => {
      const key = posten.key();
      return key.ok ? run('posten.check', { key: key.value }, { lane: 'counter' }) : key;
    },
    'settings.postenCopied': ({ goOn }, caller) => {
      posten.goOn(goOn, actorOf(caller));
      emit(settingsChanged());
      return ok(null);
    },
    'posten.unlock': async (input) => {
      const key = await session.unlockPosten(input);
      if (!key.ok) return key;
      posten.hold(key.value);
      emit(settingsChanged());
      return ok(null);
    },

    'posten.state': () => ok(posten.state()),
    'posten.send': at(jobs.sendJob, woken),
    'posten.withdraw': at(jobs.withdraw, woken),
    'posten.clear': at(jobs.clear, woken),
    'posten.invite': at(jobs.inviteToCounter, jobChanged),
    'posten.listen': () => {
      posten.wake();
      return ok(null);
    },
    'posten.adopt': ({ jobId }, caller) => {
      const update = posten.stranger(jobId);
      if (update === null) return fail('posten.not-ours', 'The service told of no such job.');
      const made = withDesk(door, (desk) => jobs.adoptJob(desk, update, actorOf(caller)));
      if (!made.ok) return made;
      posten.adopt(update);
      emit(jobChanged(made.value));
      return made;
    },

    'posten.handOver': session.handOverToService,
    'posten.visit': async (_, caller) => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const bound = boundTo(desk.value, caller);
      if (!bound.ok) return bound;
      const { job, signer } = bound.value;
      const signerUrl = job.remote?.links[signer.id];
      if (job.state !== 'at-service' || signerUrl === undefined)
        return fail('posten.no-link', 'The service gave no link for this signer.');
      const key = posten.key();
      if (!key.ok) return key;
      // A link opens once and grows old: a fresh one each time (MAP.md 1.14).
      const link = await run('posten.redirect', { key: key.value, signerUrl }, { lane: 'counter' });
      if (!link.ok) return link;
      return visits.begin({
        ...{ client: caller.client, reference: job.remote?.reference ?? '', url: link.value.url },
        port: settingsOf(desk.value.archive).get('eid').port,
      });
    },
    'posten.visitState': (_, { client }) => ok(visits.view(client)),
    'posten.endVisit': (_, { client }) => {
      visits.end(client);
      posten.wake();
      return ok(null);
    },
  } satisfies Partial<Handlers>;
}
