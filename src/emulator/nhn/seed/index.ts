import type { Nhn } from '../store.js';
import { addAlarms } from './alarms.js';
import { addContents } from './contents.js';
import { addInstances } from './fleet.js';
import { addBackups, addEvents, addJobs } from './history.js';
import { tell } from './scenarios.js';
import { addParameterGroups, addProject, addSecurityGroups } from './surroundings.js';

/** Adds six instances in four groups, and everything that belongs to them. Then it applies the scenario. */
export function seed(nhn: Nhn): void {
  addProject(nhn);
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
