import { policyOf } from '../../../src/call/policy/decide.js';
import type { Decision, PolicyQuestion } from '../../../src/call/policy/decision.js';
import { readPolicy } from '../../../src/call/policy/read-policy.js';
import type { PolicyFacts } from '../../../src/call/policy/rule.js';
import type { Risk } from '../../../src/define/index.js';
import { providerNames } from '../../../src/providers/settings.js';
import { loadToolset } from '../../../src/server/catalog.js';

const toolsets = await Promise.all(providerNames.map(loadToolset));
const tools = toolsets.flatMap((toolset) =>
  Object.values(toolset?.groups ?? {})
    .flat()
    .map(({ name, risk }) => ({ name, risk, provider: toolset?.provider ?? '' })),
);

/** The tools that there are, one of the product's own, and an account for each provider. */
export const facts: PolicyFacts = {
  tools: [...tools, { name: 'fleet_check', provider: 'pgfleet', risk: 'read' }],
  providers: providerNames,
  accounts: providerNames.map((name) => ({ name, provider: name })),
};

export const read = (policy: object) => readPolicy(JSON.stringify(policy), 'policy.json', facts);

export interface Asked extends Partial<Omit<PolicyQuestion, 'instances'>> {
  instances?: readonly string[];
  isUnknown?: boolean;
}

/** What a policy of these rules says to a call that deletes prod-1 at NHN, but for what is different. */
export async function decide(
  rules: readonly object[],
  { instances = ['prod-1'], isUnknown = false, ...asked }: Asked = {},
) {
  const question: PolicyQuestion = { ...usual, ...asked, instances: async () => ({ names: instances, isUnknown }) };
  return policyOf(read({ rules }))(question);
}

export const usual = {
  caller: { id: 'https://id.example#oncall@example.com', groups: ['dba'] },
  tool: 'nhn_delete_db_instance',
  risks: ['destructive'] as readonly Risk[],
  provider: 'nhn',
  time: Date.parse('2026-11-22T03:00:00Z'),
};

export const effectOf = (decision: Decision | undefined) => decision?.effect ?? 'none';
