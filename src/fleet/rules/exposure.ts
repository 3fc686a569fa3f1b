import type { Evidence } from '../../define/finding.js';
import { openToAll } from '../../values/admission.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import type { Rule } from '../finding.js';
import type { Exposure } from '../instance.js';

/** Those that let in everybody, each by itself or all together. */
function forEveryone(exposures: readonly Exposure[]): Exposure[] {
  const isOpen = openToAll(exposures.map(({ address }) => address));
  return exposures.filter(({ address }) => isOpen(address));
}

const evidenceOf = (exposures: readonly Exposure[]): Evidence[] =>
  exposures.map(({ kind, address, detail, source }) => ({
    field: sanitizeWords(source),
    value: `${kind} ${sanitizeWords(address)}${detail === undefined ? '' : ` (${sanitizeWords(detail)})`}`,
  }));

const passwordNotAsked: Rule = {
  id: 'password-not-asked',
  topic: 'exposure',
  reads: ['access', 'network'],
  title: 'Clients connect without a password',
  meaning: 'A client from this address connects as any user that the rule names, without a password.',
  remedies: ['listAccessRules', 'closeNetwork', 'readDetails'],
  check({ exposures = [] }) {
    const open = exposures.filter(({ withoutPassword }) => withoutPassword);
    if (open.length === 0) return undefined;
    return { severity: forEveryone(open).length > 0 ? 'critical' : 'warning', evidence: evidenceOf(open) };
  },
};

const openToEveryone: Rule = {
  id: 'open-to-everyone',
  topic: 'exposure',
  reads: ['access', 'network'],
  title: 'Open to every address',
  meaning: 'No rule limits the addresses that may connect, so only passwords protect it. Allow only known networks.',
  remedies: ['closeToEveryone', 'listAccessRules', 'readDetails'],
  check({ exposures = [] }) {
    const open = forEveryone(exposures.filter(({ withoutPassword }) => !withoutPassword));
    return open.length > 0 ? { severity: 'warning', evidence: evidenceOf(open) } : undefined;
  },
};

const publicAccess: Rule = {
  id: 'public-access',
  topic: 'exposure',
  reads: ['network', 'access'],
  title: 'Reachable from the internet',
  meaning:
    'It has a public address. If no client outside needs it, remove it; otherwise allow only the addresses of clients.',
  remedies: ['closeNetwork', 'listAccessRules', 'readDetails'],
  check({ instance, exposures = [] }) {
    const everyone = forEveryone(exposures);
    const networks = exposures.filter((exposure) => exposure.kind === 'network' && !everyone.includes(exposure));
    if (!instance.publicAccess && networks.length === 0) return undefined;
    const addresses =
      instance.endpoints?.filter(({ isPublic }) => isPublic).map(({ address }) => sanitizeWords(address)) ?? [];
    const own = instance.publicAccess ? [{ field: 'publicAccess', value: ['true', ...addresses].join(', ') }] : [];
    return {
      severity: everyone.length > 0 ? 'warning' : 'notice',
      evidence: [...own, ...evidenceOf(networks)],
    };
  },
};

const closedToAll: Rule = {
  id: 'closed-to-all',
  topic: 'exposure',
  reads: ['access'],
  title: 'Nobody can get in',
  meaning:
    'Every lock has to let the same address pass, and no address passes them all. Open the one that lets in none.',
  remedies: ['listNetworkRules', 'listAccessRules', 'readDetails'],
  check({ instance, closed }) {
    if (!closed || instance.state === 'changing') return undefined;
    const evidence = closed.map(({ source, lets }) => ({
      field: source,
      value: lets.map((each) => sanitizeWords(each)).join(', ') || 'none',
    }));
    return { severity: 'warning', evidence };
  },
};

const ruleWithoutEffect: Rule = {
  id: 'rule-without-effect',
  topic: 'exposure',
  reads: ['access'],
  title: 'An access rule has no effect',
  meaning: 'The first rule that matches decides, and one before it matches all that this one does. Put it further up.',
  remedies: ['listAccessRules', 'readDetails'],
  check({ rulesWithoutEffect: rules = [] }) {
    if (rules.length === 0) return undefined;
    const evidence = rules.map(({ source, rule, behind }) => ({
      field: sanitizeWords(source),
      value: `${sanitizeWords(rule)}, behind ${sanitizeWords(behind)}`,
    }));
    return { severity: rules.some(({ isOpposite }) => isOpposite) ? 'warning' : 'notice', evidence };
  },
};

const accessRulesPending: Rule = {
  id: 'access-rules-pending',
  topic: 'exposure',
  reads: ['access'],
  title: 'Changes of access rules wait to be applied',
  meaning: 'Until they are applied, the old rules decide who may connect.',
  remedies: ['applyAccessRules', 'listAccessRules', 'readDetails'],
  check({ accessRulesPending }) {
    if (!accessRulesPending || accessRulesPending.count === 0) return undefined;
    const { source, count } = accessRulesPending;
    return { severity: 'notice', evidence: [{ field: source, value: `${count} waiting` }] };
  },
};

export const exposureRules: readonly Rule[] = [
  passwordNotAsked,
  openToEveryone,
  publicAccess,
  closedToAll,
  ruleWithoutEffect,
  accessRulesPending,
];
