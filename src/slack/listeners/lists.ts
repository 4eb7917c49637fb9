import { z } from 'zod';
import { SEVERITIES } from '../../incident/types.ts';
import { findIncidents, listIncidents } from '../../usecases/listIncidents.ts';
import { findReply, listReply } from '../views/lists.ts';
import { onPress } from './actions.ts';

const page = z.number().int().min(0).max(1_000_000);
const listed = z.object({
  page,
  filter: z.object({
    state: z.enum(['open', 'all']),
    mine: z.boolean(),
    severity: z.enum(SEVERITIES).nullable(),
    service: z.string().nullable(),
  }),
});
const found = z.object({ page, text: z.string() });

/** Another page of a list, in place of the one that is shown. */
export const listPaged = onPress(true, async ({ value, run, reader }) =>
  listReply(await run((scope) => listIncidents(scope, listed.parse(JSON.parse(value)))), reader.names),
);

export const findPaged = onPress(true, async ({ value, run, reader }) =>
  findReply(await run((scope) => findIncidents(scope, found.parse(JSON.parse(value)))), reader.names),
);
