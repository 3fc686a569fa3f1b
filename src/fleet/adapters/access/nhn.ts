import { covers } from '../../../values/address-range.js';
import { recordsAt, textAt, textsAt, valueAt } from '../../../values/json-path.js';
import type { Read } from '../../adapter.js';
import { type AccessQuestion, generatedPassword, type LoginWay, type MadeThing } from '../../details/login-way.js';
import { flagAt, numberAt } from '../answers.js';
import { openingsOf } from '../nhn/access.js';

/** By this text a rule of a security group is known again as one of pgfleet. */
const mark = 'pgfleet look';

/** A login with its access rule is one operation. The network is let in by a security group, for all who have it. */
export const nhnLogins: LoginWay = {
  rights: 'It can read and change all data (CRUD): NHN Cloud has no login that only reads.',
  notByApi: [],
  async steps({ id: dbInstanceId, login, address }, read) {
    const groups = await groupsOf(dbInstanceId, read);
    const isOpen = groups.some(({ openings }) => openings.some((opening) => covers(opening.address, address)));
    const [group] = groups;
    return [
      {
        operation: 'nhn_create_db_user',
        arguments: {
          dbInstanceId,
          dbUserName: login,
          dbPassword: generatedPassword,
          authorityType: 'CRUD',
          createDefaultHbaRules: true,
          address,
        },
      },
      ...(isOpen || !group
        ? []
        : [
            {
              operation: 'nhn_create_db_security_group_rule',
              arguments: {
                dbSecurityGroupId: group.id,
                direction: 'INGRESS',
                etherType: address.includes(':') ? 'IPV6' : 'IPV4',
                cidr: address,
                port: { portType: 'DB_PORT' },
                description: mark,
              },
            },
          ]),
    ];
  },
  async made(question, read) {
    const things = [loginMade, networkRulesMade];
    return (await Promise.all(things.map((each) => each(question, read)))).flat();
  },
  async removal(things, dbInstanceId, read) {
    const rules = await read('nhn_list_hba_rules', { dbInstanceId });
    const [known, users] = [textsAt(rules, 'hbaRules[].hbaRuleId'), await read('nhn_list_db_users', { dbInstanceId })];
    const ids = textsAt(users, 'dbUsers[].dbUserId');
    const accessRules = things.flatMap((thing) =>
      thing.kind === 'access rule' && known.includes(thing.id) ? [thing.id] : [],
    );
    const logins = things.flatMap((thing) => (thing.kind === 'login' && thing.id ? [thing.id] : []));
    const networkRules = await stillThere(things, read);
    return [
      ...accessRules.map((hbaRuleId) => ({
        operation: 'nhn_delete_hba_rule',
        arguments: { dbInstanceId, hbaRuleId },
      })),
      // What others reserved is not made live by the way.
      ...(accessRules.length > 0 && flagAt(rules, 'needToApply') !== true
        ? [{ operation: 'nhn_apply_hba_rules', arguments: { dbInstanceId }, follows: true as const }]
        : []),
      ...logins
        .filter((dbUserId) => ids.includes(dbUserId))
        .map((dbUserId) => ({ operation: 'nhn_delete_db_user', arguments: { dbInstanceId, dbUserId } })),
      ...networkRules.map(({ id, group }) => ({
        operation: 'nhn_delete_db_security_group_rules',
        arguments: { dbSecurityGroupId: group, ruleIds: [id] },
      })),
    ];
  },
};

async function groupsOf(dbInstanceId: string, read: Read) {
  const instance = await read('nhn_get_db_instance', { dbInstanceId });
  const port = numberAt(instance, 'dbPort');
  const ids = textsAt(instance, 'dbSecurityGroupIds');
  return Promise.all(
    ids.map(async (id) => {
      const answer = await read('nhn_get_db_security_group', { dbSecurityGroupId: id });
      return { id, answer, openings: openingsOf(answer, port) };
    }),
  );
}

async function loginMade({ id: dbInstanceId, login, address }: AccessQuestion, read: Read): Promise<MadeThing[]> {
  const users = recordsAt(await read('nhn_list_db_users', { dbInstanceId }), 'dbUsers');
  const id = users.flatMap((user) => (textAt(user, 'dbUserName') === login ? (textAt(user, 'dbUserId') ?? []) : []))[0];
  if (id === undefined) return [];
  const rules = recordsAt(await read('nhn_list_hba_rules', { dbInstanceId }), 'hbaRules');
  const own = rules.filter((rule) => {
    const names = textsAt(rule, 'dbUsers[].dbUserId');
    return names.length === 1 && names[0] === id && textAt(rule, 'address') === address;
  });
  return [
    { kind: 'login', name: login, id },
    ...own.map((rule): MadeThing => ({ kind: 'access rule', id: textAt(rule, 'hbaRuleId') ?? '' })),
  ];
}

async function networkRulesMade({ id, address }: AccessQuestion, read: Read): Promise<MadeThing[]> {
  const groups = await groupsOf(id, read);
  return groups.flatMap(({ id: group, answer }) =>
    recordsAt(valueAt(answer, 'dbSecurityGroup') ?? answer, 'rules')
      .filter((rule) => textAt(rule, 'cidr') === address && textAt(rule, 'description') === mark)
      .map((rule): MadeThing => ({ kind: 'network rule', id: textAt(rule, 'ruleId') ?? '', group })),
  );
}

async function stillThere(things: readonly MadeThing[], read: Read) {
  const made = things.flatMap((thing) => (thing.kind === 'network rule' ? [thing] : []));
  const groups = await Promise.all(
    made.map(({ group }) => read('nhn_get_db_security_group', { dbSecurityGroupId: group })),
  );
  return made.filter(({ id }, index) => {
    const answer = groups[index] ?? {};
    return textsAt(valueAt(answer, 'dbSecurityGroup') ?? answer, 'rules[].ruleId').includes(id);
  });
}
