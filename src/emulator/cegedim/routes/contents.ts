import { ok } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { extensions, networkOf, upgradesOf } from '../seed/catalog.js';
import type { Cegedim } from '../store.js';
import { networkView } from '../views/catalog.js';
import { nodeView } from '../views/instances.js';

/** The five lists of an instance. Each answers with an array that has no envelope. */
export function contentRoutes(cegedim: Cegedim): Routes {
  const { world, store } = cegedim;
  const instanceOf = (call: Call) => store.instances.get(call.id('id'));
  return {
    'GET /itcare/databases/postgresql/:id/databases': (call) => ok(instanceOf(call).databases),

    'GET /itcare/databases/postgresql/:id/extensions': (call) => {
      instanceOf(call);
      return ok(extensions.map((each) => ({ ...each, link: `https://www.postgresql.org/search/?q=${each.name}` })));
    },

    'GET /itcare/databases/postgresql/:id/networks': (call) => ok([networkView(store, networkOf(instanceOf(call)))]),

    'GET /itcare/databases/postgresql/:id/nodes': (call) => {
      const instance = instanceOf(call);
      return ok(instance.nodes.map((node) => nodeView(cegedim, instance, node)));
    },

    // The documents do not say whether these are all versions or only those to upgrade to. Here they are the latter.
    'GET /itcare/databases/postgresql/:id/versions': (call) =>
      ok(upgradesOf(instanceOf(call), world.now()).map(({ version }) => version)),
  };
}
