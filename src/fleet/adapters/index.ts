import { ConfigError } from '../../define/config-error.js';
import type { ProviderName } from '../../providers/settings.js';
import type { Adapter } from '../adapter.js';
import { cegedimAdapter } from './cegedim.js';
import { naverAdapter } from './naver.js';
import { nhnAdapter } from './nhn.js';
import { samsungAdapter } from './samsung.js';

/** There is one adapter for each provider, and the type makes sure that none is missing. */
export const adapters: Readonly<Record<ProviderName, Adapter>> = {
  nhn: nhnAdapter,
  samsung: samsungAdapter,
  naver: naverAdapter,
  cegedim: cegedimAdapter,
};

/** Throws a `ConfigError` for configured providers without an adapter. */
export function requireAdapters(
  providers: readonly string[],
  known: Readonly<Record<string, Adapter | undefined>> = adapters,
): void {
  const missing = providers.filter((provider) => known[provider] === undefined);
  if (missing.length === 0) return;
  throw new ConfigError(
    missing.map(
      (provider) =>
        `A provider of the configuration, ${provider}, has no adapter for the fleet: write ` +
        `src/fleet/adapters/${provider}.ts and name it in src/fleet/adapters/index.ts.`,
    ),
  );
}
