import { cegedimAsks } from '../../tools/cegedim/asks/index.js';
import { naverAsks } from '../../tools/naver/asks/index.js';
import { nhnAsks } from '../../tools/nhn/asks/index.js';
import { samsungAsks } from '../../tools/samsung/asks/index.js';
import type { Asks } from '../define/index.js';
import { fleetAsks } from '../fleet/tools/asks.js';
import { inspectAsks } from '../fleet/tools/inside/asks.js';

/** What people say when they want an operation of each provider, or a tool of the server itself. */
export const asksBy: Readonly<Record<string, Asks>> = {
  nhn: nhnAsks,
  samsung: samsungAsks,
  naver: naverAsks,
  cegedim: cegedimAsks,
  pgfleet: { ...fleetAsks, ...inspectAsks },
};
