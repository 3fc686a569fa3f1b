import type { Read } from '../adapter.js';
import type { FleetInstance, ProviderObservations } from '../instance.js';

type Unavailable = ProviderObservations['unavailable'];

/** What an instance computes with. */
export interface Size {
  /** The provider's name for it. */
  name?: string;
  vcpus?: number;
  memoryGigabytes?: number;
}

/** What is set up for an instance beside its record. What the API does not tell is absent, and named. */
export interface Configuration {
  size?: Size;
  /** The settings of the engine: as stored, or as it runs, whichever the provider tells. */
  parameters?: Readonly<Record<string, string>>;
  /** Stored settings that the engine does not run with yet. */
  parametersWait?: boolean;
  extensions?: readonly string[];
  /** Who may connect, such as `10.20.0.0/16 SCRAM_SHA_256`. */
  access?: readonly string[];
  unavailable: Unavailable;
}

/** What of a configuration a provider may never tell. */
export const configurationParts = ['stored parameters', 'running parameters', 'extensions'] as const;
type ConfigurationPart = (typeof configurationParts)[number];

/** What is measured, in one vocabulary for all providers. */
export const metricNames = ['cpu', 'memory', 'storage', 'connections', 'io', 'lag'] as const;
export type MetricName = (typeof metricNames)[number];

/** Measured values, oldest first. */
export interface Measured {
  /** What is measured, or a part of it, such as `io read`. */
  metric: string;
  unit: string;
  /** The provider's name of it. */
  source: string;
  /** Epoch milliseconds and value. */
  points: readonly (readonly [number, number])[];
}

export interface MetricQuery {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  now: number;
  metrics: readonly MetricName[];
}

export interface Measurements {
  series: readonly Measured[];
  /** What could not be read, and why. */
  unavailable: Unavailable;
}

/** Reads what only comparing and measuring need, so that it costs the other tools nothing. */
export interface DetailReader {
  size(instance: FleetInstance, read: Read): Promise<Size>;
  configuration(instance: FleetInstance, read: Read): Promise<Configuration>;
  measure(instance: FleetInstance, query: MetricQuery, read: Read): Promise<Measurements>;
  /** What the API never tells. */
  untold: Readonly<Partial<Record<MetricName | ConfigurationPart, string>>>;
}
