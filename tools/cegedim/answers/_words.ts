import * as z from 'zod';

export const actionStatus = z.enum(['SUCCESS', 'IN_PROGRESS', 'ERROR']);

/**
 * Of an instance, its servers and other resources. Only ACTIVE is documented: examples have `text` in its place, and
 * the other words are those that pgfleet makes sense of.
 */
export const resourceStatus = z.enum([
  'ACTIVE',
  'INACTIVE',
  'STOPPED',
  'ERROR',
  'FAILED',
  'CREATING',
  'STARTING',
  'STOPPING',
  'RESTARTING',
  'UPDATING',
  'UPGRADING',
  'PATCHING',
  'RESIZING',
  'RESTORING',
  'DELETING',
  'text',
]);
