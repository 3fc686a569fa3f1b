import * as z from 'zod';
import type { Action, Instance } from '../../entities.js';
import type { Call } from '../../requests.js';

export interface Change {
  instance: Instance;
  call: Call;
  options: <T>(schema: z.ZodType<T>) => T;
}

/** The changes by their `operation`. */
export type Updates = Record<string, (change: Change) => Action>;

/** For operations that are documented without options. */
export const noOptions = z.strictObject({}).optional();

/** The number of the change request, for customers who have such numbers. */
export const changeReference = z.string().optional();
