import { createEmulator } from '../src/emulator/index.js';
import { serveEmulator } from '../src/emulator/serve.js';

/** What the process of this file tells once it serves. */
export interface Started {
  environment: Record<string, string>;
}

/** Serves the emulators with so many copies of each instance, and with so much latency for each request. */
async function start(copies: number, milliseconds: number): Promise<void> {
  const emulator = createEmulator({ speed: 0, copies, faults: [{ on: '*', kind: 'latency', value: milliseconds }] });
  // Otherwise what is in the accounts is made with the first request.
  emulator.apps();
  let requests = 0;
  const { environment } = await serveEmulator({
    ...emulator,
    send: (request, signal) => {
      requests += 1;
      return emulator.send(request, signal);
    },
  });
  process.on('message', () => process.send?.(requests));
  process.send?.({ environment } satisfies Started);
}

// A process of its own, so that what it costs to answer is not taken from those that ask.
process.once('disconnect', () => process.exit());
const [copies, milliseconds] = process.argv.slice(2).map(Number);
await start(copies ?? 1, milliseconds ?? 0);
