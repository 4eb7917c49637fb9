import { outages } from '../outages.ts';

// At length, with figures: npm run test:faults -- outages. Slack's faults: slackWrites.test.ts and outages.test.ts.
outages(2, { slack: false });
