import { z } from 'zod';
import { OPEN_STATUSES } from '../../incident/lifecycle.ts';
import { MILESTONES } from '../../incident/milestones.ts';
import { SEVERITIES } from '../../incident/types.ts';
import { changeState } from '../../usecases/changeState.ts';
import { endImpact } from '../../usecases/endImpact.ts';
import { note } from '../../usecases/note.ts';
import { recordRead } from '../../usecases/reads.ts';
import { impactEnds, resolve } from '../../usecases/resolve.ts';
import { incidentFor } from '../../usecases/scope.ts';
import { openIncident } from '../../usecases/setStatus.ts';
import { takeRole } from '../../usecases/takeRole.ts';
import {
  leadTakenReply,
  milestoneModal,
  noteModal,
  resolveModal,
  roleTakenReply,
  stateModal,
} from '../views/responding.ts';
import { label } from '../views/words.ts';
import { onPress } from './actions.ts';
import { openForm } from './forms.ts';
import { onSubmit, question } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

export const leadPressed = onPress(false, async ({ value, run }) => {
  const incident = await run((scope) => takeRole(scope, { ref: { id: value }, role: 'lead' }));
  return leadTakenReply(incident);
});

export const rolePressed = onPress(false, async ({ value, run }) => {
  const [id = '', role = ''] = value.split('|');
  const incident = await run((scope) => takeRole(scope, { ref: { id }, role }));
  return roleTakenReply(incident, role);
});

export const noteWanted = onPress(false, async ({ value, run, args }) => {
  const view = noteModal(await run((scope) => incidentFor(scope, { id: value }, 'note')));
  await openForm(args, view);
  return null;
});

export const milestoneWanted = onPress(false, async ({ value, run, reader, args }) => {
  const incident = await run((scope) => incidentFor(scope, { id: value }, 'note'));
  const view = milestoneModal(incident, reader.names);
  await openForm(args, view);
  return null;
});

export const stateWanted = onPress(false, async ({ value, run, reader, args }) => {
  const incident = await run(async (scope) => {
    const open = await openIncident(scope, { id: value });
    await recordRead(scope, open, 'form');
    return open;
  });
  const view = stateModal(incident, reader.names);
  await openForm(args, view);
  return null;
});

export const resolveWanted = onPress(false, async ({ value, run, reader, args }) => {
  const view = await run(async (scope) => {
    const incident = await openIncident(scope, { id: value });
    await recordRead(scope, incident, 'form');
    return resolveModal(incident, await impactEnds(scope, incident, scope.now), reader);
  });
  await openForm(args, view);
  return null;
});

export const noteSubmitted = onSubmit('time', async ({ run, reader }, args) => {
  const { text = '', time = '' } = texts(args);
  const ref = { id: args.view.private_metadata };
  const noted = await run((scope) => note(scope, { ref, text, time, source: 'modal', milestones: [] }));
  return question(noted, reader);
});

export const milestoneSubmitted = onSubmit('time', async ({ run, reader }, args) => {
  const { text = '', time = '' } = texts(args);
  const milestone = z.enum(MILESTONES).parse(chosen(args, 'milestone')[0]);
  const ref = { id: args.view.private_metadata };
  const input = { ref, text, time, source: 'modal' as const, milestones: [milestone] };
  const noted = await run((scope) => note(scope, { ...input, fallbackText: label(milestone, scope.names) }));
  return question(noted, reader);
});

const seenState = z.object({ id: z.string(), seen: z.object({ status: z.string(), severity: z.string() }) });

export const stateSubmitted = onSubmit('reason', async ({ run }, args) => {
  const { id, seen } = seenState.parse(JSON.parse(args.view.private_metadata));
  const status = z.enum(OPEN_STATUSES).parse(chosen(args, 'status')[0]);
  const severity = z.enum(SEVERITIES).parse(chosen(args, 'severity')[0]);
  const { reason = '' } = texts(args);
  await run((scope) => changeState(scope, { ref: { id }, seen, status, severity, reason }));
  return null;
});

export const resolveSubmitted = onSubmit('time', async ({ run, reader }, args) => {
  const { time = '' } = texts(args);
  const [end = 'now'] = chosen(args, 'end');
  const ref = { id: args.view.private_metadata };
  const done = await run(async (scope) => {
    const resolved = await resolve(scope, { ref, text: time });
    // A time that was typed says more than what was chosen.
    if (resolved.kind === 'resolved' && time.trim() === '' && end !== 'now')
      await endImpact(scope, { entryId: end });
    return resolved;
  });
  return question(done, reader);
});
