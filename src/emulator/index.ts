import type { Hono } from 'hono';
import type { Send } from '../providers/wire/http.js';
import { createCegedim } from './cegedim/index.js';
import { createFaults, type Fault, type Faults } from './core/faults.js';
import { sendTo } from './core/service.js';
import { createWorld, type World, type WorldOptions } from './core/world.js';
import { createNaver } from './naver/index.js';
import { createNhn } from './nhn/index.js';
import { createSamsung } from './samsung/index.js';

/** Every provider that there is an emulator of. */
const services = { nhn: createNhn, samsung: createSamsung, naver: createNaver, cegedim: createCegedim };

export const emulated: readonly string[] = Object.keys(services);

export interface EmulatorOptions extends WorldOptions {
  /** All of them when left out. */
  providers?: readonly string[];
  faults?: readonly Fault[];
}

export interface Emulator {
  world: World;
  faults: Faults;
  /** The way in, in process. */
  send: Send;
  /** What a client has to be configured with to reach it. */
  environment: Record<string, string>;
  /** Each provider's application by its origin. */
  apps: ReadonlyMap<string, Hono>;
}

/** The providers in memory: one clock, one fault switch, each with its own fleet. */
export function createEmulator({
  providers = emulated,
  faults: struck = [],
  ...options
}: EmulatorOptions = {}): Emulator {
  const world = createWorld(options);
  const faults = createFaults();
  for (const fault of struck) faults.add(fault);
  const started = Object.entries(services)
    .filter(([name]) => providers.includes(name))
    .map(([, create]) => create(world, faults));
  const apps = new Map(started.map(({ origin, app }) => [origin, app]));
  return {
    world,
    faults,
    apps,
    send: sendTo(apps),
    environment: Object.assign({}, ...started.map((each) => each.environment)),
  };
}
