import * as z from 'zod';
import { pageOf } from '../../core/requests.js';
import { ok } from '../replies.js';
import type { Routes } from '../requests.js';
import type { Cegedim } from '../store.js';
import { cloud } from '../views/catalog.js';
import { instanceEntry, nodeEntry } from '../views/instances.js';

/** The inventory of all kinds: instances, their servers, and other resources of the same services. */
export function resourceRoutes({ world, store }: Cegedim): Routes {
  return {
    'GET /itcare/compute/resources': (call) => {
      const wanted = call.query(paging);
      const now = world.now();
      const all = [
        ...store.instances
          .all()
          .flatMap((instance) => [
            instanceEntry(instance, now),
            ...instance.nodes.map((node) => nodeEntry(instance, node, now)),
          ]),
        ...neighbours,
      ];
      return ok(pageView(all, wanted));
    },
  };
}

// The documents disagree on whether the first page is 0 or 1. The answer's own `number` begins at 0.
const paging = z.strictObject({
  page: z.coerce.number().int().min(0).default(0),
  size: z.coerce.number().int().min(1).max(1000).default(20),
});

function pageView<T>(all: T[], { page, size }: { page: number; size: number }) {
  const content = pageOf(all, { page, size });
  const totalPages = Math.ceil(all.length / size);
  return {
    content,
    totalElements: all.length,
    last: page >= totalPages - 1,
    totalPages,
    sort: { empty: true, sorted: false, unsorted: true },
    first: page === 0,
    size,
    number: page,
    numberOfElements: content.length,
    empty: content.length === 0,
  };
}

const neighbour = (id: number, type: string, name: string, path: string) => ({
  ...cloud,
  category: type === 'MariaDB' ? 'DATABASES' : 'NETWORK',
  comment: null,
  creationTime: '2024-02-19T08:30:00.000Z',
  creationUser: 'ops@example.com',
  environment: 'PRODUCTION',
  family: type.toUpperCase(),
  id,
  internalResourceId: id - 430_000_000,
  name,
  path: `${path}/${id}`,
  productName: type,
  resourceType: type.toUpperCase(),
  serviceId: 101,
  serviceName: 'Orders',
  status: 'ACTIVE',
  supportLevel: 'MONITORING_AND_SUPPORT',
  supportPhase: 'SUPPORTED',
  type,
});

/** Other resources, which a client that searches for PostgreSQL has to skip. */
const neighbours = [
  neighbour(500_040_117, 'MariaDB', 'ordersstock01', '/databases/mariadb'),
  neighbour(500_040_230, 'LoadBalancer', 'orders-front', '/networks/loadbalancers'),
];
