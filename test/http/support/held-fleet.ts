import { onTestFinished } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/emulator/index.js';
import { serveEmulator } from '../../../src/emulator/serve.js';

export interface HeldFleet {
  environment: Record<string, string>;
  /** Requests to the API that reached the emulator, as `METHOD /path`. */
  sent: string[];
  /** From now on, requests whose line fits wait at the emulator's door. */
  hold: (line: RegExp) => void;
  /** Resolves once this many wait there. */
  arrived: (count: number) => Promise<void>;
  /** Lets all in, and holds no more. */
  release: () => void;
}

export interface HeldFleetOptions extends EmulatorOptions {
  /** When it ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

/** The emulator on a port, with calls that take as long as the test lets them: a slow provider would be a race. */
export async function startHeldFleet({ end = onTestFinished, ...options }: HeldFleetOptions = {}): Promise<HeldFleet> {
  const emulator = createEmulator({ speed: 0, ...options });
  const sent: string[] = [];
  const waiting = new Set<() => void>();
  const watchers = new Set<() => void>();
  let held: RegExp | undefined;
  const send: typeof emulator.send = async (request, signal) => {
    const line = `${request.method} ${new URL(request.url).pathname}`;
    if (held?.test(line))
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
        for (const look of watchers) look();
      });
    sent.push(line);
    return emulator.send(request, signal);
  };
  const { environment, close } = await serveEmulator({ ...emulator, send });
  end(close);
  return {
    environment,
    sent,
    hold: (line) => {
      held = line;
    },
    arrived: async (count) => {
      while (waiting.size < count) await new Promise<void>((resolve) => watchers.add(resolve));
    },
    release: () => {
      held = undefined;
      for (const go of waiting) go();
      waiting.clear();
    },
  };
}
