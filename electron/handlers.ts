/** Every method of the contract and the desk function behind it. Who may call was decided before. */
import { accessHandlers } from './handlers/access.ts';
import { archiveHandlers } from './handlers/archive.ts';
import { eidHandlers } from './handlers/eid.ts';
import { followHandlers } from './handlers/follow.ts';
import { folderHandlers } from './handlers/folder.ts';
import { jobHandlers } from './handlers/jobs.ts';
import { keepingHandlers } from './handlers/keeping.ts';
import { createKit } from './handlers/kit.ts';
import type { HandlerPorts } from './handlers/kit.ts';
import { officeFileHandlers } from './handlers/office-files.ts';
import { languageHandlers } from './handlers/language.ts';
import { postenHandlers } from './handlers/posten.ts';
import { proofHandlers } from './handlers/proof.ts';
import { screenHandlers } from './handlers/screen.ts';
import { sealHandlers } from './handlers/seal.ts';
import { sessionHandlers } from './handlers/session.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { signingHandlers } from './handlers/signing.ts';
import { peopleHandlers } from './handlers/people.ts';
import { templateHandlers } from './handlers/templates.ts';
import { witnessHandlers } from './handlers/witness.ts';
import type { Handlers } from './rpc/router.ts';

export function createHandlers(ports: HandlerPorts): Handlers {
  const kit = createKit(ports);
  return {
    ...sessionHandlers(kit),
    ...jobHandlers(kit),
    ...templateHandlers(kit),
    ...peopleHandlers(kit),
    ...signingHandlers(kit),
    ...proofHandlers(kit),
    ...eidHandlers(kit),
    ...sealHandlers(kit),
    ...screenHandlers(kit),
    ...postenHandlers(kit),
    ...folderHandlers(kit),
    ...officeFileHandlers(kit),
    ...followHandlers(kit),
    ...languageHandlers(kit),
    ...keepingHandlers(kit),
    ...accessHandlers(kit),
    ...settingsHandlers(kit),
    ...archiveHandlers(kit),
    ...witnessHandlers(kit),
  };
}
