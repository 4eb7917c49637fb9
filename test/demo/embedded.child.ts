// Started by embedded.test.ts: runs the services until it is killed.
import { startServices } from '../../src/demo/embedded.ts';

const services = await startServices({ log: () => {} });
process.stdout.write(`${JSON.stringify(services)}\n`);
setInterval(() => {}, 60_000);
