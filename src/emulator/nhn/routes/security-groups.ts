import * as z from 'zod';
import { queryList } from '../../core/requests.js';
import type { SecurityGroup, SecurityGroupRule } from '../entities.js';
import { id, name } from '../fields.js';
import { newRow } from '../provisioning.js';
import { inUse, notFound, underWay } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { type Nhn, refuseTakenName } from '../store.js';
import { securityGroupRuleView, securityGroupView } from '../views/groups.js';
import { report, startWork } from '../work.js';

export function securityGroupRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const noun = store.securityGroups.noun;
  const groupOf = (call: Call) => store.securityGroups.get(call.path('dbSecurityGroupId'));
  const newRule = (body: z.infer<typeof rule>): SecurityGroupRule => ({
    ...newRow(nhn),
    ...body,
    description: body.description ?? null,
  });

  const usersOf = ({ id }: SecurityGroup) =>
    store.instances.all().filter(({ securityGroupIds }) => securityGroupIds.includes(id));

  /** Rules change in the background, one after the other. */
  function changeRules(call: Call, group: SecurityGroup, progress: SecurityGroup['progress'], effect: () => void) {
    if (group.progress !== 'NONE')
      throw underWay(`DB security group ${group.name} is busy: its progressStatus is ${group.progress}.`);
    group.progress = progress;
    const users = usersOf(group);
    const count = (change: number) => {
      for (const user of users) user.changingRules = (user.changingRules ?? 0) + change;
    };
    count(1);
    return startWork(nhn, call, {
      seconds: 6,
      resources: [['DB_SECURITY_GROUP', group.id]],
      event: { topic: 'DB_SECURITY_GROUP_02', source: group },
      effect: () => {
        effect();
        count(-1);
        group.progress = 'NONE';
        group.updatedAt = world.now();
      },
    });
  }

  return {
    'GET /v1.0/db-security-groups': () => ({ dbSecurityGroups: store.securityGroups.all().map(securityGroupView) }),

    // The group is inside an object of its own, as in the documented example.
    'GET /v1.0/db-security-groups/:dbSecurityGroupId': (call) => {
      const group = groupOf(call);
      const { createdYmdt, updatedYmdt, ...rest } = securityGroupView(group);
      return { dbSecurityGroup: { ...rest, rules: group.rules.map(securityGroupRuleView), createdYmdt, updatedYmdt } };
    },

    'POST /v1.0/db-security-groups': (call) => {
      const given = call.body(creation);
      refuseTakenName(noun, store.securityGroups.all(), given.dbSecurityGroupName);
      const group = store.securityGroups.add({
        ...newRow(nhn),
        name: given.dbSecurityGroupName,
        description: given.description ?? null,
        progress: 'NONE',
        rules: given.rules.map(newRule),
      });
      report(store, 'DB_SECURITY_GROUP_01_01', group, world.now());
      return { dbSecurityGroupId: group.id };
    },

    'PUT /v1.0/db-security-groups/:dbSecurityGroupId': (call) => {
      const group = groupOf(call);
      const { dbSecurityGroupName, description } = call.body(modification);
      if (dbSecurityGroupName) refuseTakenName(noun, store.securityGroups.all(), dbSecurityGroupName, group.id);
      group.name = dbSecurityGroupName ?? group.name;
      if (description !== undefined) group.description = description;
      group.updatedAt = world.now();
      return {};
    },

    'DELETE /v1.0/db-security-groups/:dbSecurityGroupId': (call) => {
      const group = groupOf(call);
      const users = usersOf(group);
      if (users.length > 0)
        throw inUse(
          noun,
          group.name,
          users.map(({ name }) => name),
        );
      store.securityGroups.remove(group.id);
      report(store, 'DB_SECURITY_GROUP_03_01', group, world.now());
      return {};
    },

    'POST /v1.0/db-security-groups/:dbSecurityGroupId/rules': (call) => {
      const group = groupOf(call);
      const added = newRule(call.body(rule));
      return changeRules(call, group, 'CREATING_RULE', () => group.rules.push(added));
    },

    'PUT /v1.0/db-security-groups/:dbSecurityGroupId/rules/:ruleId': (call) => {
      const group = groupOf(call);
      const ruleId = call.path('ruleId');
      const body = call.body(rule);
      refuseUnknownRule(group, ruleId);
      return changeRules(call, group, 'UPDATING_RULE', () => {
        group.rules = group.rules.map((old) =>
          old.id === ruleId ? { ...newRule(body), id: old.id, createdAt: old.createdAt } : old,
        );
      });
    },

    'DELETE /v1.0/db-security-groups/:dbSecurityGroupId/rules': (call) => {
      const group = groupOf(call);
      const { ruleIds } = call.query(removal);
      for (const ruleId of ruleIds) refuseUnknownRule(group, ruleId);
      return changeRules(call, group, 'DELETING_RULE', () => {
        group.rules = group.rules.filter(({ id }) => !ruleIds.includes(id));
      });
    },
  };
}

function refuseUnknownRule(group: SecurityGroup, ruleId: string): void {
  if (!group.rules.some(({ id }) => id === ruleId)) throw notFound(`Rule of DB security group ${group.name}`, ruleId);
}

const portNumber = z.number().int().min(1).max(65_535).optional();

const rule = z
  .strictObject({
    description: z.string().nullish(),
    direction: z.enum(['INGRESS', 'EGRESS']),
    etherType: z.enum(['IPV4', 'IPV6']),
    port: z.strictObject({
      portType: z.enum(['DB_PORT', 'PORT', 'PORT_RANGE']),
      minPort: portNumber,
      maxPort: portNumber,
    }),
    cidr: z.string(),
  })
  .superRefine(({ direction, etherType, port, cidr }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const schema = etherType === 'IPV4' ? z.cidrv4() : z.cidrv6();
    if (!schema.safeParse(cidr).success) refuse(['cidr'], `not a CIDR of ${etherType}`);
    if (port.portType === 'DB_PORT') return;
    const { minPort, maxPort } = port;
    if (minPort === undefined || maxPort === undefined)
      return refuse(['port'], `${port.portType} needs minPort and maxPort`);
    if (minPort > maxPort) refuse(['port'], 'minPort is greater than maxPort');
    if (port.portType === 'PORT' && minPort !== maxPort) refuse(['port'], 'PORT needs minPort and maxPort to be equal');
    const [low, high] = direction === 'INGRESS' ? [5432, 45_432] : [1, 65_535];
    if (minPort < low || maxPort > high) refuse(['port'], `${direction} ports are from ${low} to ${high}`);
  });

const creation = z.strictObject({ dbSecurityGroupName: name, description: z.string().nullish(), rules: z.array(rule) });
const modification = z.strictObject({ dbSecurityGroupName: name.optional(), description: z.string().nullish() });
const removal = z.strictObject({ ruleIds: queryList.pipe(z.array(id).min(1)) });
