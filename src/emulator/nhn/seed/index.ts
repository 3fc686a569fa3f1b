import type { Nhn } from '../jobs.js';
import { addAlarms } from './alarms.js';
import { addContents } from './contents.js';
import { addBackups, addEvents, addJobs } from './history.js';
import { addInstances } from './instances.js';
import { tell } from './scenarios.js';
import { addParameterGroups, addSecurityGroups } from './surroundings.js';

/** Six instances in four groups, and all that belongs to them; then the scenario's own turn of the story. */
export function seed(nhn: Nhn): void {
  addSecurityGroups(nhn);
  addParameterGroups(nhn);
  addInstances(nhn);
  addContents(nhn);
  addAlarms(nhn);
  addBackups(nhn);
  addEvents(nhn);
  addJobs(nhn);
  tell(nhn);
}
