/**
 * How fast and how hard a name was drawn. It may be biometric data (GDPR, article 4 no. 14), so it is
 * taken only where the office has turned it on, never drawn, and leaves the archive as a hash alone.
 */
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { StrokeDynamics } from '../../shared/job/event.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { settingsOf } from './settings-store.ts';

type MarkInput = ParsedOf<'signing.sign'>['mark'];

export interface TakenMark {
  /** The shape alone: what is drawn, and what its own hash in the evidence stands for. */
  readonly mark: MarkInput;
  /** Null where nothing was taken. */
  readonly dynamics: StrokeDynamics | null;
}

/** Refuses `signing.dynamics-off`, `signing.image-off`: a screen sends what the office has not asked for. */
export function takeMark(
  desk: Pick<Desk, 'archive' | 'random'>,
  mark: MarkInput,
): Result<TakenMark> {
  if (mark.type === 'image' && settingsOf(desk.archive).get('kiosk').imageMarks !== true)
    return fail('signing.image-off', 'The office takes no pictures of signatures.');
  if (mark.type !== 'drawn') return ok({ mark, dynamics: null });
  const taken = mark.paths.some((path) =>
    path.some(({ t, pressure }) => t !== undefined || pressure !== undefined),
  );
  if (!taken) return ok({ mark, dynamics: null });
  if (settingsOf(desk.archive).get('kiosk').strokeDynamics !== true)
    return fail('signing.dynamics-off', 'The office does not keep how strokes are drawn.');
  const shape = {
    ...mark,
    paths: mark.paths.map((path) => path.map(({ x, y }) => ({ x, y }))),
  };
  const strokes = mark.paths.map((path) =>
    path.map(({ t = null, pressure = null }) => ({ t, pressure })),
  );
  // A salt of its own: the hash is shown, and a short stroke could be guessed.
  const salt = Buffer.from(desk.random.bytes(32)).toString('hex');
  return ok({ mark: shape, dynamics: { salt, strokes } });
}

/** Hex SHA-256 of the canonical JSON (RFC 8785) of the whole. */
export function dynamicsHash(dynamics: StrokeDynamics): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(dynamics)) as never));
}
