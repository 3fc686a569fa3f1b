import * as z from 'zod';
import { queryList } from '../../core/requests.js';
import { ok } from '../replies.js';
import type { Routes } from '../requests.js';
import type { Cegedim } from '../store.js';
import { actionView } from '../views/actions.js';

export function actionRoutes({ store }: Cegedim): Routes {
  return {
    'GET /itcare/actions': (call) => {
      const { resourceName, resourceId, serviceId, requestId, statuses } = call.query(filter);
      const wanted = store.actions
        .all()
        .filter((action) => resourceName === undefined || action.resourceName === resourceName)
        .filter((action) => resourceId === undefined || action.resourceId === resourceId)
        .filter((action) => serviceId === undefined || action.serviceId === serviceId)
        // No page says what a request is. Here it is the second id that a change answers with.
        .filter((action) => requestId === undefined || action.internalId === requestId)
        .filter((action) => statuses === undefined || statuses.includes(action.status));
      return ok(wanted.toSorted((a, b) => b.submittedAt - a.submittedAt).map(actionView));
    },

    'GET /itcare/actions/:actionId': (call) => ok(actionView(store.actions.get(call.id('actionId')))),
  };
}

const number = z.coerce.number().int();

const filter = z.strictObject({
  resourceName: z.string().optional(),
  resourceId: number.optional(),
  serviceId: number.optional(),
  requestId: number.optional(),
  statuses: queryList.pipe(z.array(z.enum(['IN_PROGRESS', 'SUCCESS', 'ERROR']))).optional(),
});
