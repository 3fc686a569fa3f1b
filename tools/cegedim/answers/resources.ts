import * as z from 'zod';
import { int64 } from './_shapes.js';
import * as words from './_words.js';

/** While an action is under way, it has no time of its end. */
const action = z.strictObject({
  completedAt: z.string().nullable().optional(),
  family: z.string(),
  id: int64,
  lastUpdatedAt: z.string(),
  message: z.string(),
  process: z.string(),
  resourceName: z.string(),
  resourceType: z.string(),
  status: words.actionStatus,
  submittedAt: z.string(),
  submittedBy: z.string(),
});

export const resourcesAnswers = {
  cegedim_list_databases: z.strictObject({
    items: z.array(
      z.strictObject({
        extensions: z.array(z.strictObject({ name: z.string(), schema: z.string(), version: z.string() })),
        name: z.string(),
      }),
    ),
  }),

  cegedim_list_extensions: z.strictObject({
    items: z.array(
      z.strictObject({
        comment: z.string(),
        link: z.string(),
        name: z.string(),
        requiresRestarting: z.boolean(),
        version: z.string(),
      }),
    ),
  }),

  cegedim_list_versions: z.strictObject({ items: z.array(z.number()) }),

  cegedim_get_action: action,

  cegedim_list_actions: z.strictObject({
    items: z.array(action),
  }),

  cegedim_list_resources: z.strictObject({
    content: z.array(
      z.strictObject({
        id: int64,
        name: z.string(),
        path: z.string(),
        status: words.resourceStatus,
        environment: z.string(),
        serviceName: z.string(),
        serviceId: int64,
        category: z.string(),
        cloudId: int64,
        cloudName: z.string(),
        productName: z.string(),
        resourceType: z.string(),
        supportLevel: z.string(),
        supportPhase: z.string(),
        type: z.string(),
        family: z.string(),
        internalResourceId: int64,
        creationTime: z.string(),
        creationUser: z.string(),
        comment: z.string().nullable(),
      }),
    ),
    totalElements: z.number(),
    last: z.boolean(),
    totalPages: z.number(),
    sort: z.strictObject({ empty: z.boolean(), sorted: z.boolean(), unsorted: z.boolean() }),
    first: z.boolean(),
    size: z.number(),
    number: z.number(),
    numberOfElements: z.number(),
    empty: z.boolean(),
  }),
};
