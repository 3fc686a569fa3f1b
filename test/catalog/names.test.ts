import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { thingsOf } from '../../src/call/input/given-names.js';
import { namingArguments, requiredFields, shapeOf, type Tool, unwrapOptional } from '../../src/define/index.js';
import { providerNames } from '../../src/providers/settings.js';
import { loadToolset } from '../../src/server/catalog.js';

const ownName = 'it is the name itself';
const noName = 'what it stands for has no name';
const console = 'no operation lists it: its id is from the console';

/** Arguments that name something and take no name for an id, and why. */
const exceptions: Record<string, Record<string, string>> = {
  nhn: {
    jobId: noName,
    tenantId: 'it is of the object storage, which no operation lists',
    hbaRuleId: noName,
    'hbaRuleIds[]': noName,
    ruleId: noName,
    'ruleIds[]': noName,
  },
  samsung: {
    request_id: noName,
    name: ownName,
    database_name: ownName,
    log_type: ownName,
    subnet_id: console,
    vip_public_ip_id: console,
    'instance_groups[].instances[].public_ip_id': console,
    'replicas[].instance_groups[].instances[].public_ip_id': console,
    backup_history_number: noName,
    'backup_history_number[]': noName,
  },
  naver: {
    cloudPostgresqlServiceName: ownName,
    cloudPostgresqlServerName: ownName,
    'cloudPostgresqlDatabaseList[].name': ownName,
    'cloudPostgresqlUserList[].name': ownName,
    pageNo: 'it is the number of a page',
  },
  cegedim: {
    name: ownName,
    resourceName: ownName,
    dbBackupPolicyId: console,
    serverBackupPolicyId: console,
    actionId: noName,
    requestId: noName,
  },
};

const toolsets = (await Promise.all(providerNames.map(loadToolset))).flatMap((toolset) => toolset ?? []);

/** What ends like this names something. */
const naming = /(?:Ids?|Nos?|NoList|_ids?|_numbers?|^id|\.id)$/;

/** The places of single values among the arguments, such as `network.subnetId` and `userGroupIds[]`. */
function placesIn(schema: unknown, path = ''): string[] {
  const inner = unwrapOptional(schema);
  const here = inner instanceof z.ZodArray ? `${path}[]` : path;
  const fields = Object.entries(shapeOf(inner) ?? {});
  return fields.length === 0
    ? [here]
    : fields.flatMap(([name, field]) => placesIn(field, here ? `${here}.${name}` : name));
}

describe.each(toolsets)('the names at $provider', (toolset) => {
  const tools: Tool[] = Object.values(toolset.groups).flat();
  const things = thingsOf(toolset);
  const places = new Set(tools.flatMap(({ input }) => placesIn(input)));

  test('stand in place of each id, but for those that say why not', () => {
    const said = tools.flatMap((tool) => {
      const own = new Set([...namingArguments(tool), ...(tool.selects ?? [])]);
      return placesIn(tool.input).filter((place) => {
        const argument = place.replace(/\[\]$/, '');
        return naming.test(argument) || own.has(argument);
      });
    });
    const without = new Set(said.filter((place) => !things.has(place)));
    expect([...without].toSorted()).toEqual(Object.keys(exceptions[toolset.provider] ?? {}).toSorted());
  });

  test('are of arguments that there are', () =>
    expect([...things.keys()].filter((place) => !places.has(place))).toEqual([]));

  test('are read by tools that only read, with arguments that those have', () => {
    const reads = new Map<string, Tool>(
      tools.flatMap((tool) => (tool.risk === 'read' ? [[tool.name, tool] as const] : [])),
    );
    const lists = [...things.values()].flatMap((thing) => thing.lists);
    const faults = lists
      .flatMap((list) => [list, ...(list.each ? [list.each] : [])])
      .filter(({ read, with: given = {} }) => {
        const input = reads.get(read)?.input;
        const isComplete = input && requiredFields(input).every((name) => name in given || name === 'page');
        return !isComplete || !Object.keys(given).every((name) => name in input.shape);
      });
    expect(faults).toEqual([]);
  });

  test('are looked for in no text that has the form of an id', () => {
    const global = [...things.values()].filter(({ form }) => form.global || !/^\^.*\$$/.test(form.source));
    expect(global.map(({ argument }) => argument)).toEqual([]);
  });
});
