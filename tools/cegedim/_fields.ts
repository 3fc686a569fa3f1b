import { z } from 'zod';

/** Ids are whole numbers here. */
export const id = z.int().min(1);

export const changeReference = z.string().describe('reference of the change request').optional();

/** An object whose fields are the provider's own affair; passed on as it is. */
export const freeForm = () =>
  z
    .unknown()
    .refine((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'must be an object')
    .meta({ type: 'object' });
