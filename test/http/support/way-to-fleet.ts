import { onTestFinished } from 'vitest';
import type { Emulator } from '../../../src/emulator/index.js';
import { serveEmulator } from '../../../src/emulator/serve.js';

/** A server's own way to a fleet: what goes over it is noted, and takes as long as a story lets it. */
export interface Way {
  /** The settings of a server that takes this way. */
  environment: Record<string, string>;
  /** The accounts at its other end by name, with the settings that take this way. */
  served: Emulator['accounts'];
  /** What went over it, as `METHOD /path`. */
  sent: string[];
  /** From now on, answers to requests whose line fits are kept back: a slow provider would be a race. */
  holdBack: (line: RegExp) => HeldBack;
}

export interface HeldBack {
  /** Resolves when the provider has carried out so many, one when left out; their answers are kept back. */
  carriedOut: (count?: number) => Promise<void>;
  /** Lets all answers through, and keeps none back any more. */
  release: () => void;
}

/** Ends with the test, unless it is told otherwise. */
export async function wayTo(fleet: Emulator, end: (close: () => Promise<void>) => void = onTestFinished): Promise<Way> {
  const sent: string[] = [];
  const gates = new Set<Gate>();
  const { accounts, environment, close } = await serveEmulator({
    ...fleet,
    async send(request, signal) {
      const line = `${request.method} ${new URL(request.url).pathname}`;
      sent.push(line);
      const answer = await fleet.send(request, signal);
      for (const gate of gates) if (gate.line.test(line)) await gate.wait();
      return answer;
    },
  });
  end(close);
  return {
    environment,
    served: accounts,
    sent,
    holdBack(line) {
      const gate = createGate(line);
      gates.add(gate);
      const release = () => {
        gates.delete(gate);
        gate.open();
      };
      return { carriedOut: (count) => gate.arrived(count), release };
    },
  };
}

type Gate = ReturnType<typeof createGate>;

function createGate(line: RegExp) {
  const waiting = new Set<() => void>();
  const watchers = new Set<() => void>();
  return {
    line,
    wait: () =>
      new Promise<void>((resolve) => {
        waiting.add(resolve);
        for (const look of watchers) look();
      }),
    arrived: async (count = 1) => {
      while (waiting.size < count) await new Promise<void>((resolve) => watchers.add(resolve));
    },
    open: () => {
      for (const go of waiting) go();
    },
  };
}
