/** The watched folder, as an administrator sets it and everybody at the desk sees how it goes. */

/** What is wrong, and with which of them; `jobs`: what came in or goes out. */
export interface FolderTrouble {
  readonly of: 'in' | 'out' | 'user' | 'jobs';
  readonly code: string;
}

export interface FolderState {
  /** ISO instant; null before the first look since the program started. */
  readonly lookedAt: string | null;
  readonly troubles: readonly FolderTrouble[];
  /** Since the program started. */
  readonly taken: number;
  readonly refused: number;
  /** Job files that are not whole yet. */
  readonly waiting: number;
}

export interface FolderView {
  readonly on: boolean;
  readonly in: string;
  readonly out: string;
  /** Empty before somebody was chosen. */
  readonly user: string;
  readonly open: boolean;
  /** Who may be chosen: active users who make jobs. */
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly state: FolderState;
}

/** `code`: null where it is well. */
export interface FolderCheck {
  readonly of: 'in' | 'out' | 'user';
  readonly code: string | null;
}
