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

/** The action in the answer to a change. */
export const startedView = (action: Action) => ({ ...common(action), internalId: action.internalId });

/** The action when it is read later: without the internal id, but with user and times. */
export const actionView = (action: Action) => ({
  ...common(action),
  completedAt: shownTimeOrNull(action.completedAt),
  submittedAt: shownTime(action.submittedAt),
  submittedBy: action.submittedBy,
});
