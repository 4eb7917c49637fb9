import { outages } from './outages.ts';

outages(Number(process.env.FAULTS_SECONDS ?? 30));
