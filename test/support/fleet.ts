import { onTestFinished } from 'vitest';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js';
import { serveEmulator } from '../../src/emulator/serve.js';
import type { HttpRequest, Send } from '../../src/providers/wire/http.js';

/** The emulator on a port, with a note of every request that reaches it; ends with the test. */
export interface Fleet extends Emulator {
  /** Its accounts by name, with the settings that reach them on the port. */
  served: Emulator['accounts'];
  /** Requests to the API, those for tokens left out, as `METHOD /path`. */
  sent: string[];
  /** The same requests whole. */
  requests: HttpRequest[];
  /** Of these the ones that are no reads. */
  changes: () => string[];
}

export interface FleetOptions extends EmulatorOptions {
  /** Changes what the providers answer. */
  altered?: (body: string) => string;
  /** Stands between the port and the emulators. */
  between?: (send: Send) => Send;
  /** When the fleet ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

export async function startFleet(given: FleetOptions = {}): Promise<Fleet> {
  const { end = onTestFinished, altered, between = (send) => send, ...options } = given;
  const emulator = createEmulator({ speed: 0, ...options });
  const send = between(emulator.send);
  const sent: string[] = [];
  const requests: HttpRequest[] = [];
  const recording: Emulator = {
    ...emulator,
    send: async (request, signal) => {
      const { pathname } = new URL(request.url);
      if (!pathname.includes('token')) {
        sent.push(`${request.method} ${pathname}`);
        requests.push(request);
      }
      const answer = await send(request, signal);
      return altered ? { ...answer, body: altered(answer.body) } : answer;
    },
  };
  const { accounts: served, environment, close } = await serveEmulator(recording);
  end(close);
  const changes = () => sent.filter((line) => !line.startsWith('GET '));
  return { ...recording, served, environment, sent, requests, changes };
}
