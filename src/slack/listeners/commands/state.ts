import { parseSeverity, parseUser } from '../../../incident/arguments.ts';
import { OPEN_STATUSES } from '../../../incident/lifecycle.ts';
import { SEVERITIES } from '../../../incident/types.ts';
import { cancel } from '../../../usecases/cancel.ts';
import { leftOut } from '../../../usecases/leftOut.ts';
import { Refusal } from '../../../usecases/refusal.ts';
import { reopen } from '../../../usecases/reopen.ts';
import { resolve } from '../../../usecases/resolve.ts';
import { setCustomers } from '../../../usecases/setCustomers.ts';
import { setImpact } from '../../../usecases/setImpact.ts';
import { setLead } from '../../../usecases/setLead.ts';
import { setRegions, setServices } from '../../../usecases/setNames.ts';
import { setRole } from '../../../usecases/setRole.ts';
import { setSeverity } from '../../../usecases/setSeverity.ts';
import { setStatus } from '../../../usecases/setStatus.ts';
import { setTitle } from '../../../usecases/setTitle.ts';
import { setTracker } from '../../../usecases/setTracker.ts';
import {
  canceledReply,
  customersReply,
  leadReply,
  regionsReply,
  reopenedReply,
  roleReply,
  servicesReply,
  severityReply,
  statusReply,
  titleReply,
  trackerReply,
} from '../../views/changes.ts';
import { askedReply } from '../../views/choice.ts';
import { impactReply, resolvedReply } from '../../views/state.ts';
import { severityText } from '../../views/words.ts';
import type { CommandHandler } from './types.ts';

export const resolveCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const done = await run((scope) => resolve(scope, { ref, text: rest }));
  return done.kind === 'asked' ? askedReply(done, reader, `resolve ${rest}`) : resolvedReply(done, reader);
};

export const statusCommand: CommandHandler = async (call) => {
  const word = call.rest.trim().toLowerCase();
  if (/^resolved?\b/.test(word))
    return resolveCommand({ ...call, rest: call.rest.trim().replace(/^\S+\s*/, '') });
  const status = OPEN_STATUSES.find((one) => one === word);
  if (!status)
    throw new Refusal({ code: 'unknown', what: 'status', word, known: [...OPEN_STATUSES, 'resolved'] });
  const incident = await call.run((scope) => setStatus(scope, { ref: call.ref, status }));
  return statusReply(incident);
};

export const severityCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const incident = await run((scope) => {
    const { severity, reason } = parseSeverity(rest, scope.names.severities);
    if (severity) return setSeverity(scope, { ref, severity, reason });
    const known = SEVERITIES.map((one) => severityText(one, scope.names));
    throw new Refusal({ code: 'unknown', what: 'severity', word: rest.trim(), known });
  });
  return severityReply(incident, reader.names);
};

export const roleCommand: CommandHandler = async ({ ref, rest, userId, run }) => {
  const named = parseUser(rest);
  const role = rest.replace(/<@[^<>]*>/, '').trim();
  const input = { ref, role, userId: named ?? userId };
  const incident = await run((scope) => setRole(scope, input));
  return roleReply(incident, role, input.userId);
};

export const leadCommand: CommandHandler = async ({ ref, rest, userId, run }) => {
  const named = parseUser(rest);
  if (rest.trim() !== '' && rest.trim().toLowerCase() !== 'me' && !named) {
    throw new Refusal({
      code: 'empty',
      what: 'person, picked from Slack’s list after @',
      example: '/incident lead me',
    });
  }
  const incident = await run((scope) => setLead(scope, { ref, userId: named ?? userId }));
  return leadReply(incident);
};

export const titleCommand: CommandHandler = async ({ ref, rest, run }) => {
  return titleReply(await run((scope) => setTitle(scope, { ref, title: rest })));
};

export const trackerCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { incident, changed } = await run((scope) => setTracker(scope, { ref, text: rest }));
  return trackerReply(incident, changed);
};

export const serviceCommand: CommandHandler = async ({ ref, rest, run }) => {
  return servicesReply(await run((scope) => setServices(scope, { ref, text: rest })));
};

export const regionCommand: CommandHandler = async ({ ref, rest, run }) => {
  return regionsReply(await run((scope) => setRegions(scope, { ref, text: rest })));
};

export const customersCommand: CommandHandler = async ({ ref, rest, run }) => {
  const { hidden, ...set } = await run(async (scope) => ({
    ...(await setCustomers(scope, { ref, text: rest })),
    hidden: await leftOut(scope, 'customers'),
  }));
  return customersReply(set, hidden);
};

export const impactCommand: CommandHandler = async ({ ref, rest, run, reader }) => {
  const set = await run((scope) => setImpact(scope, { ref, text: rest }));
  return set.kind === 'asked' ? askedReply(set, reader, `impact ${rest}`) : impactReply(set, reader);
};

export const reopenCommand: CommandHandler = async ({ ref, run }) => {
  return reopenedReply(await run((scope) => reopen(scope, { ref })));
};

export const cancelCommand: CommandHandler = async ({ ref, rest, run }) => {
  return canceledReply(await run((scope) => cancel(scope, { ref, reason: rest })));
};
