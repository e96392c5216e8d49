import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { parseTimestampToken } from '../../electron/core/cms/timestamp-token.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { unlockWithPassphrase } from '../../electron/archive/keys.ts';
import { anchorIsDue, anchorLog } from '../../electron/desk/anchoring.ts';
import { silent, type Desk } from '../../electron/desk/desk.ts';
import { unwrap } from '../../shared/result.ts';
import * as test from '../support/desk.ts';

describe('timestamps over the log', () => {
  it('are made when a job is sealed and once a day, and again by themselves after a failure', async () => {
    const authority = await test.startAuthority();
    const desk = test.startDesk({ background: false });
    try {
      const client = desk.visit();
      await test.setUp(client);
      const url = authority.timestamps.url;
      await client.call('settings.timestamps', { authorities: [{ url }] });
      const { job, signers } = await test.makeDraft(client, [test.aSigner('Ola Nordmann')]);
      await client.call('job.open', { job });
      await test.signAtKiosk(client, job, signers[0]?.id ?? '');
      await client.call('sealing.seal', { job });
      const user = (await client.call('session.state', {})).user?.id ?? '';
      const key = unwrap(await unlockWithPassphrase(desk.home, user, test.passphrase));
      let ahead = 0;
      const clock = { now: () => new Date(systemClock.now().getTime() + ahead) };
      const archive = unwrap(openArchive({ home: desk.home, key, clock, random: nodeRandom }));
      const other = { archive, clock, random: nodeRandom, crypto: nodeCrypto } as unknown as Desk;
      const act = { actor: 'system', progress: silent };
      const sealed = archive.events(job).find(({ event }) => event.type === 'sealed');
      const over = archive.anchors(sealed?.seq, sealed?.seq);
      expect(over).toHaveLength(1);
      expect(over[0]?.hash).toBe(sealed?.hash);
      const token = unwrap(parseTimestampToken(over[0]?.token ?? new Uint8Array()));
      expect(Buffer.from(token.imprint.digest).toString('hex')).toBe(sealed?.hash);
      expect(anchorIsDue(other)).toBe(false);

      const before = archive.anchors().length;
      ahead = 23 * 3_600_000;
      expect(anchorIsDue(other)).toBe(false);
      ahead = 24.1 * 3_600_000;
      expect(anchorIsDue(other)).toBe(true);
      ahead = 0;
      const yesterday = archive.lastAnchor('timestamp')?.at ?? '';
      expect(yesterday).not.toBe('');
      ahead = -3_600_000;
      // The clock was set back: nobody knows how old the last one is.
      expect(anchorIsDue(other)).toBe(true);
      expect(unwrap(await anchorLog(other, {}, act))).toEqual({ made: 1 });
      expect(archive.anchors()).toHaveLength(before + 1);
      expect(readdirSync(join(desk.home, 'anchors'))).toHaveLength(before + 1);

      await authority.timestamps.close();
      ahead = -7_200_000;
      expect((await anchorLog(other, {}, act)).ok).toBe(false);
      expect(anchorIsDue(other)).toBe(true);
      archive.close();
      const report = await client.call('archive.verify', {});
      expect(report.problems).toEqual([]);
      expect((await client.call('archive.stats', {})).lastAnchor).not.toBeNull();
      const log = await client.call('archive.officeLog', { limit: 50 });
      expect(log.rows.map(({ event }) => event.type)).toContain('anchored');
      expect(log.rows.at(-1)?.userName).toBe('Kari Skrankevakt');
    } finally {
      await desk.close();
    }
  });
});
