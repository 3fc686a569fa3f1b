import type { Routes } from '../../requests.js';
import type { Nhn } from '../../store.js';
import { creationRoutes } from './creation.js';
import { replicationRoutes } from './replication.js';
import { restorationRoutes } from './restoration.js';

/** The four ways to create an instance: new, as a replica, and restored from an instance or from a backup. */
export const newInstanceRoutes = (nhn: Nhn): Routes => ({
  ...creationRoutes(nhn),
  ...replicationRoutes(nhn),
  ...restorationRoutes(nhn),
});
