import { outages } from '../faults/outages.ts';

// At length, with figures: npm run test:faults -- outages.
outages(2);
