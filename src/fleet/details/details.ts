import type { ProviderName } from '../../providers/settings.js';
import { accountNameOf, type FleetAccount } from '../account.js';
import type { Read } from '../adapter.js';
import type { FleetInstance } from '../instance.js';
import {
  type Configuration,
  configurationParts,
  type DetailReader,
  type Measurements,
  type MetricQuery,
  type Size,
} from './detail-reader.js';

/** What comparing and measuring read of an instance. Every method throws the same errors as a call. */
export interface FleetDetails {
  size(instance: FleetInstance): Promise<Size>;
  configuration(instance: FleetInstance): Promise<Configuration>;
  measure(instance: FleetInstance, query: MetricQuery): Promise<Measurements>;
}

export interface FleetDetailsOptions {
  accounts: readonly FleetAccount[];
  detailsFor: (provider: ProviderName) => DetailReader;
  /** Calls the read tools of an account's provider, in that account. */
  readerOf: (account: string) => Read;
}

export function createDetails({ accounts, detailsFor, readerOf }: FleetDetailsOptions): FleetDetails {
  function readingOf(instance: FleetInstance) {
    const account = accounts.find(({ name }) => name === accountNameOf(instance));
    if (!account) throw new Error(`There is no account ${accountNameOf(instance)}.`);
    return { details: detailsFor(account.provider), read: readerOf(account.name) };
  }

  return {
    async size(instance) {
      const { details, read } = readingOf(instance);
      return details.size(instance, read);
    },
    async configuration(instance) {
      const { details, read } = readingOf(instance);
      const { unavailable, ...seen } = await details.configuration(instance, read);
      const untold = configurationParts.flatMap((what) => {
        const why = details.untold[what];
        return why === undefined ? [] : [{ what, why }];
      });
      return { ...seen, unavailable: [...unavailable, ...untold] };
    },
    async measure(instance, query) {
      const { details, read } = readingOf(instance);
      const told = query.metrics.filter((metric) => details.untold[metric] === undefined);
      const { series, unavailable } = await details.measure(instance, { ...query, metrics: told }, read);
      const untold = query.metrics.flatMap((what) => {
        const why = details.untold[what];
        return why === undefined ? [] : [{ what, why }];
      });
      return { series, unavailable: [...unavailable, ...untold] };
    },
  };
}
