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
  /** While it is in review, for who may edit: names of those who approved and of those who have not answered. */
  review?: { approved: { by: string; at: Instant }[]; waiting: string[] };
}

/** Addresses of the other forms of the draft; the absent ones are not offered. */
export interface PageLinks {
  markdown?: string;
  html?: string;
  json?: string;
  text?: string;
  /** The page in public form. */
  public?: string;
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

/** The form for another clock beside UTC: where it leads, what else the address holds, what was typed and is no zone. */
export interface ZoneForm {
  action: string;
  hidden: readonly (readonly [name: string, value: string])[];
  unknown: string | null;
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
  zoneForm?: ZoneForm;
  /** Figures that are not what they were when the reader edited last. */
  changed?: readonly ChangedFigure[];
  /**
   * Without names and internal links: no checks stand beside it. `readOver`: for who asked for it, never in what is
   * passed on; addresses of the public page (null: there is none that opens nothing else) and of the whole draft.
   */
  publicForm?: { readOver?: { passOn: string | null; draft: string } };
  /** Nonce of the style under the response's policy; without it the page carries a policy with the style's hash. */
  nonce?: string;
  /** The page as it stands, where this one is a version as it was published. */
  standing?: { href: string };
  /** When the page is made: where an open impact is drawn to. */
  now: Instant;
}
