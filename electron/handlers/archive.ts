/** The archive as a whole. */
import { officeLog } from '../desk/office-log.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function archiveHandlers(kit: HandlerKit) {
  const { at } = kit;
  return {
    'archive.officeLog': at(officeLog),
  } satisfies Partial<Handlers>;
}
