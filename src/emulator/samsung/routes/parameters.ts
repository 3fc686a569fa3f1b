import * as z from 'zod';
import { engineOf } from '../provisioning.js';
import { invalid } from '../replies.js';
import type { Routes } from '../requests.js';
import { isAllowed, parameterId, parameters } from '../seed/parameters.js';
import type { Samsung } from '../store.js';
import { clusterParameterView } from '../views/catalog.js';
import { shownTime } from '../views/time.js';
import { edit } from '../work.js';

export function parameterRoutes(samsung: Samsung): Routes {
  const { world, store } = samsung;
  return {
    'GET /v1/clusters/:cluster_id/parameters': (call) => {
      const cluster = store.clusters.get(call.path('cluster_id'));
      const { majorVersion } = engineOf(cluster);
      const { recorded, recordedAt } = cluster.parameters;
      const contents = parameters.map((parameter) => clusterParameterView(majorVersion, parameter, recorded));
      return { contents, count: contents.length, modified_at: shownTime(recordedAt) };
    },

    'PUT /v1/clusters/:cluster_id/parameters': (call) => {
      const cluster = store.clusters.get(call.path('cluster_id'));
      const { majorVersion } = engineOf(cluster);
      const state = cluster.parameters;
      const changes = call.body(change).parameters.map(({ id, new_value, old_value }) => {
        const parameter = parameters.find(({ name }) => parameterId(majorVersion, name) === id);
        if (!parameter) throw invalid(`Parameter ${id} does not exist.`);
        const { name, applyType, defaultValue, isModifiable } = parameter;
        if (!isModifiable) throw invalid(`Parameter ${name} cannot be changed.`);
        if (old_value !== (state.recorded[name] ?? defaultValue))
          throw invalid(`Parameter ${name} does not have the value ${old_value}.`);
        if (!isAllowed(parameter, new_value)) throw invalid(`Parameter ${name} does not take ${new_value}.`);
        return { name, applyType, value: new_value };
      });
      return edit(samsung, call, cluster, () => {
        for (const { name, applyType, value } of changes) {
          if (applyType === 'static') {
            state.waiting[name] = value;
            continue;
          }
          state.applied[name] = value;
          state.recorded[name] = value;
        }
        state.recordedAt = world.now();
      });
    },
  };
}

const change = z.strictObject({
  parameters: z.array(z.strictObject({ id: z.string(), new_value: z.string(), old_value: z.string() })).min(1),
});
