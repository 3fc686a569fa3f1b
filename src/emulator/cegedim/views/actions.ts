import type { Action } from '../entities.js';
import { shownTime, shownTimeOrNull } from './time.js';

const common = (action: Action) => ({
  family: 'POSTGRESQL',
  id: action.id,
  lastUpdatedAt: shownTime(action.updatedAt),
  message: action.message,
  process: action.process,
  resourceName: action.resourceName,
  resourceType: 'POSTGRESQL',
  status: action.status,
});

/** As a change answers it. */
export const startedView = (action: Action) => ({ ...common(action), internalId: action.internalId });

/** As it is read later on: without the internal id, but with who and when. */
export const actionView = (action: Action) => ({
  ...common(action),
  completedAt: shownTimeOrNull(action.completedAt),
  submittedAt: shownTime(action.submittedAt),
  submittedBy: action.submittedBy,
});
