import * as z from 'zod';
import { timestamp } from '../../src/define/index.js';

const noId = 'must be a whole number above 0, as text where it has 16 digits or more';

/** Whole numbers of 64 bits. Those that JSON numbers cannot hold exactly are also taken as text. */
export const id = z
  .union([z.int(noId).min(1, noId), z.string().regex(/^[1-9]\d{15,18}$/, noId)], noId)
  .meta({ type: 'integer', minimum: 1 });

export const changeReference = z.string().min(1).describe('reference of the change request').optional();

/** An object whose fields are the provider's own affair; passed on as it is. */
export const freeForm = () =>
  z
    .unknown()
    .refine((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'must be an object')
    .meta({ type: 'object' });

/** A moment, sent in the only form that the documents show: with milliseconds and a numeric offset. */
export const moment = () =>
  timestamp()
    .refine((text) => !/\.\d{3}\d*[1-9]/.test(text), 'must not be finer than milliseconds')
    .overwrite(withMilliseconds);

const withMilliseconds = (text: string): string => {
  const [, second = '', fraction = '', offset = ''] = /^(.+?T[\d:]+)(?:\.(\d+))?(Z|[+-].+)$/.exec(text) ?? [];
  return `${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset === 'Z' ? '+00:00' : offset}`;
};
