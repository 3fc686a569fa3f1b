import * as z from 'zod';

export const instanceStatusName = z.enum([
  'creating',
  'deleted',
  'deleting',
  'downgrading',
  'pending',
  'recovering',
  'reinstalling',
  'restarting',
  'running',
  'settingup',
  'shuttingdown',
  'stopped',
  'upgrading',
  'settingUp',
]);

export const instanceStatus = z.enum(['INIT', 'CREAT', 'DEL']);

export const instanceOperation = z.enum(['CREAT', 'SETUP', 'NULL']);

export const generationCode = z.enum(['G2', 'G3']);

export const serverRole = z.enum(['A', 'M', 'H', 'S']);

export const dataStorageTypeCode = z.enum(['SSD', 'HDD', 'CB1', 'CB2']);
