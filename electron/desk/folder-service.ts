/** The watched folder on the host's side: when it is looked at, and what came of it. */
import { ok, type Result } from '../../shared/result.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type { FolderCheck, FolderState } from '../../shared/rpc/views-folder.ts';
import type { Desk } from './desk.ts';
import { nothingRemembered, type Remembered } from './folder-memory.ts';
import type { FolderReport } from './folder-round.ts';
import { folderOf } from './folder-settings.ts';
import type { RunWork } from './long-work.ts';
import type { FolderSettings } from './settings-store.ts';

export interface FolderService {
  start(desk: Desk): void;
  stop(): void;
  /** The settings are other ones. */
  reconsider(): void;
  state(): FolderState;
  check(
    input: Pick<FolderSettings, 'in' | 'out' | 'user'>,
  ): Promise<Result<readonly FolderCheck[]>>;
}

export interface FolderServicePorts {
  readonly run: RunWork;
  readonly emit: (event: HostEvent) => void;
  readonly log: (line: string) => void;
  /** Milliseconds, whatever the clock says. */
  readonly uptime: () => number;
  readonly active: boolean;
  /** Jobs came in whose texts are to be indexed; some go to the service. */
  readonly followUp: (what: { readonly sent: boolean }) => void;
}

/** Milliseconds. */
const every = 3_000;
const afterTrouble = 15_000;
/** Without a sign of life from the thread: the share does not answer. */
const silentAfter = 30_000;

const nothing: FolderState = { lookedAt: null, troubles: [], taken: 0, refused: 0, waiting: 0 };

export function createFolderService(ports: FolderServicePorts): FolderService {
  const { run, emit, log, uptime, active, followUp } = ports;
  let desk: Desk | null = null;
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let dueAt = 0;
  let heardAt = 0;
  let remembered: Remembered = nothingRemembered;
  let state = nothing;

  function tick(): void {
    if (running || desk === null || uptime() < dueAt || !folderOf(desk).on) return;
    void round();
  }

  async function round(): Promise<void> {
    running = true;
    heardAt = uptime();
    const progress = () => (heardAt = uptime());
    try {
      const input = { remembered, now: uptime() };
      const report = await run('folder.round', input, { lane: 'folder', progress });
      if (report.ok) heard(report.value);
      else trouble(report.error.code);
    } catch (error) {
      log(`folder ${error instanceof Error ? error.name : 'failed'}`);
      trouble('internal');
    } finally {
      running = false;
      dueAt = uptime() + (state.troubles.length > 0 ? afterTrouble : every);
    }
  }

  function heard(report: FolderReport): void {
    if (desk === null) return;
    const { taken, changed, refused, waiting, troubles, sent } = report;
    remembered = report.remembered;
    for (const bug of report.bugs) log(`folder ${bug}`);
    for (const job of new Set([...taken, ...changed])) emit({ type: 'job.changed', job });
    if (taken.length > 0) emit({ type: 'archive.changed' });
    if (taken.length > 0 || sent) followUp({ sent });
    show({
      lookedAt: desk.clock.now().toISOString(),
      troubles,
      taken: state.taken + taken.length,
      refused: state.refused + refused,
      waiting,
    });
  }

  function trouble(code: string): void {
    // Locked in between: nothing is wrong.
    if (code === 'archive.locked' || code === 'task.cancelled') return;
    show({ ...state, troubles: [{ of: 'jobs', code }] });
  }

  /** Nobody is told that nothing has changed. */
  function show(next: FolderState): void {
    const facts = ({ lookedAt, ...rest }: FolderState) =>
      JSON.stringify({ ...rest, looked: lookedAt !== null });
    const isNews = facts(next) !== facts(state);
    state = next;
    if (!isNews) return;
    for (const { of, code } of next.troubles) log(`folder ${of} ${code}`);
    emit({ type: 'settings.changed' });
  }

  function isSilent(): boolean {
    return running && uptime() - heardAt > silentAfter;
  }

  return {
    start(opened) {
      desk = opened;
      if (!active) return;
      timer = setInterval(tick, 1_000);
      timer.unref();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      desk = null;
      remembered = nothingRemembered;
      state = nothing;
    },
    reconsider() {
      remembered = nothingRemembered;
      state = { ...state, troubles: [], waiting: 0 };
      dueAt = 0;
    },
    state: () =>
      isSilent() ? { ...state, troubles: [{ of: 'jobs', code: 'folder.silent' }] } : state,
    check: async (input) =>
      isSilent()
        ? ok([{ of: 'in', code: 'folder.silent' }])
        : run('folder.check', input, { lane: 'folder' }),
  };
}
