import type { Asks } from '../../../src/define/index.js';
import { backupsAsks } from './backups.js';
import { catalogAsks } from './catalog.js';
import { databasesAsks } from './databases.js';
import { dbUsersAsks } from './db-users.js';
import { instancesAsks } from './instances.js';
import { logsAsks } from './logs.js';

/** What people say when they want an operation of NAVER Cloud. */
export const naverAsks: Asks = {
  ...catalogAsks,
  ...instancesAsks,
  ...databasesAsks,
  ...dbUsersAsks,
  ...backupsAsks,
  ...logsAsks,
};
