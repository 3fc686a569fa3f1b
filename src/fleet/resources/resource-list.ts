import { baselineTemplate } from './baselines.js';
import { attentionUri, eventsUri, instancesUri } from './uris.js';

/** The form of all that the fleet serves. */
export const json = { mimeType: 'application/json' };

/** The resources that always exist. */
export const fixedResources = [
  {
    uri: instancesUri,
    name: 'instances',
    title: 'All instances',
    description: 'Every PostgreSQL instance of every provider that is on, with its state.',
    ...json,
  },
  {
    uri: attentionUri,
    name: 'attention',
    title: 'What needs attention',
    description:
      'What the records of the instances show to be wrong, with next steps; kinds and counts of what is inside.',
    ...json,
  },
  {
    uri: eventsUri,
    name: 'events',
    title: 'Events of the last day',
    description: 'What happened at all providers in the last 24 hours, newest first.',
    ...json,
  },
];

/** These do not depend on the fleet, so they can be listed at once. */
export const resourceTemplates = [
  {
    uriTemplate: 'pgfleet://{provider}/instances/{id}',
    name: 'instance',
    title: 'One instance',
    description: 'The whole record of an instance.',
    ...json,
  },
  {
    uriTemplate: 'pgfleet://{provider}/instances/{id}/events',
    name: 'instance-events',
    title: 'Events of one instance',
    description: 'What happened to an instance in the last 24 hours, newest first.',
    ...json,
  },
  {
    uriTemplate: 'pgfleet://{provider}/jobs/{id}',
    name: 'job',
    title: 'One job',
    description: 'How far a job is; its handle is provider:id.',
    ...json,
  },
  {
    uriTemplate: 'pgfleet://operations/{tool}',
    name: 'operation',
    title: 'One operation',
    description: 'What an operation takes and does: arguments, request, risk, warning.',
    ...json,
  },
  baselineTemplate,
];
