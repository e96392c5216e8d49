/** What the windows see of templates and of lists that become jobs. */
import type { SignerRole } from '../job/job.ts';

export interface TemplateView {
  readonly id: string;
  readonly title: string;
  /** Titles. */
  readonly documents: readonly string[];
  readonly roles: readonly {
    readonly signer: string;
    readonly title: string;
    readonly role: SignerRole;
    /** The same person in every job. */
    readonly fixed: boolean;
  }[];
  readonly fields: number;
  readonly deadlineDays: number | null;
  readonly madeBy: string;
  readonly mine: boolean;
  /** Only whoever made it, and who is named, see it. */
  readonly private: boolean;
  readonly unit: string;
  readonly changedAt: string;
  /** How much it lacks before it can be used. */
  readonly lacks: number;
}
