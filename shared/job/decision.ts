import type { Result } from '../result.ts';
import type { JobEvent } from './event.ts';

/** The events a command leads to, or the code of why not. */
export type Decision = Result<readonly JobEvent[]>;
