import type { ChangedFigure } from '../../postmortem/changed-figures.ts';
import type { Fix } from '../../postmortem/checks/types.ts';
import type { Draft } from '../../postmortem/document-types.ts';
import type { DismissedCheck } from '../../postmortem/postmortem.ts';
import type { CheckNote } from '../../postmortem/render/check-note.ts';
import type { EditHref } from '../../postmortem/render/html.ts';
import type { Facts } from '../../postmortem/types.ts';
import type { Instant } from '../../time/types.ts';

export interface DraftState {
  name: 'draft' | 'in_review' | 'published';
  version?: number;
}

/** Addresses of the other forms of the draft; the absent ones are not offered. */
export interface PageLinks {
  markdown?: string;
  html?: string;
  json?: string;
  history?: string;
}

/** What the reader may do: addresses of forms. Absent for who only reads. */
export interface PageActions {
  edit: EditHref;
  checks: string;
  state: string;
  /** Fixes that need nothing but a click. */
  oneClick: readonly Fix['kind'][];
}

export interface DraftPage {
  draft: Draft;
  facts: Facts;
  checks: readonly CheckNote[];
  /** Checks that somebody put aside, with the reason. */
  dismissed?: readonly DismissedCheck[];
  actions?: PageActions;
  state: DraftState;
  links?: PageLinks;
  /** Figures that are not what they were when the reader edited last. */
  changed?: readonly ChangedFigure[];
  /** Nonce of the style under the response's policy; without it the page carries a policy with the style's hash. */
  nonce?: string;
  /** When the page is made: where an open impact is drawn to. */
  now: Instant;
}
