import { outages } from '../faults/outages.ts';

// At length, with figures: npm run test:faults -- outages. Slack's faults: slackWrites.test.ts and outages.test.ts.
outages(2, { brief: true });
