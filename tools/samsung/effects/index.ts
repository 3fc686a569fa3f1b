import type { Effect } from '../../../src/define/index.js';

export { touches } from './touches.js';

/** What calls do to the present state, by the name of the tool. */
export const effects: Readonly<Record<string, Effect>> = {};
