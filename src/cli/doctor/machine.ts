import { sandboxFile } from '../../call/audit/separate.js';
import { verifyAuditLog } from '../../call/audit/verify.js';
import type { Config } from '../../config/config.js';
import { stateFolders } from '../../config/folders.js';
import { readPolicyFile } from '../../config/policy-file.js';
import { ConfigError } from '../../define/config-error.js';
import { readTokens } from '../../http/auth/tokens.js';
import { bind } from '../../http/bind.js';
import { providerNames } from '../../providers/settings.js';
import type { ToolEntry } from '../../server/catalog.js';
import { openStore } from '../../store/index.js';
import { type Clock, withDeadline } from '../../values/clock.js';
import { hookLines } from './hooks.js';
import { type DoctorLine, faultLine, okLine, warningLine } from './line.js';
import { lookAtPlace } from './look-at-place.js';

export interface MachineContext {
  config: Config;
  catalog: readonly ToolEntry[];
  /** Asks over the network. */
  fetch: typeof globalThis.fetch;
  clock: Clock;
  version: string;
}

/** What is looked at on this machine, in this order. */
const machineChecks: readonly ((context: MachineContext) => Promise<readonly DoctorLine[]>)[] = [
  storeLines,
  auditLines,
  secretsLines,
  policyLines,
  tokensLines,
  pageLines,
  hookLines,
];

/** Looks at this machine. Nothing is made or changed by it. */
export const machineLines = async (context: MachineContext): Promise<DoctorLine[]> =>
  (await Promise.all(machineChecks.map((check) => check(context)))).flat();

const patienceMilliseconds = 5_000;

async function storeLines({ config: { store: url, replicas = 1 }, clock }: MachineContext): Promise<DoctorLine[]> {
  if (url === undefined && replicas > 1)
    return [faultLine('store', `${replicas} replicas share no store.`, 'Set PGFLEET_STORE=redis://….')];
  if (url === undefined) return [okLine('store', 'No shared store is configured, so each process keeps its own.')];
  try {
    const store = await openStore({ url, now: clock.now, log: () => undefined });
    const late = async () => Promise.reject(new Error('It gave no answer in time.'));
    try {
      await withDeadline(clock, patienceMilliseconds, store.ping(), late);
    } finally {
      await store.close();
    }
    return [okLine('store', 'The shared store answers.')];
  } catch (error) {
    const mend = 'Look at PGFLEET_STORE, at whether the store runs, and at its user and password.';
    return [faultLine('store', `The shared store cannot be used: ${messageOf(error)}`, mend)];
  }
}

async function auditLines({ config }: MachineContext): Promise<DoctorLine[]> {
  const { accounts, auditLog = stateFolders().auditLog } = config;
  const all = [...accounts.values()];
  const files = [
    ...(all.length === 0 || all.some(({ isSandbox }) => !isSandbox) ? [auditLog] : []),
    ...(all.some(({ isSandbox }) => isSandbox) ? [sandboxFile(auditLog)] : []),
  ];
  return (await Promise.all(files.map(recordLines))).flat();
}

/** A record that cannot be written to stops every change. */
async function recordLines(file: string): Promise<DoctorLine[]> {
  const place = await lookAtPlace(file, 'file');
  const mend = 'Give the user of this process the right to write there, or name another place with PGFLEET_AUDIT_LOG.';
  if (!place.isWritable) return [faultLine('audit', `The audit record ${file} cannot be written.`, mend)];
  if (!place.exists) return [okLine('audit', `The audit record will be ${file}.`)];
  const verdict = await verifyAuditLog(file).catch(messageOf);
  if (typeof verdict === 'string')
    return [faultLine('audit', `The audit record ${file} cannot be read: ${verdict}`, mend)];
  if (!verdict.ok)
    return [
      faultLine(
        'audit',
        `The chain of the audit record ${file} is broken: line ${verdict.line} ${verdict.reason}.`,
        'SECURITY.md says what to do; where files were moved away, pgfleet audit verify takes all of them.',
      ),
    ];
  return [okLine('audit', `The audit record ${file} has ${verdict.lines} lines, and its chain is whole.`)];
}

async function secretsLines({ config }: MachineContext): Promise<DoctorLine[]> {
  const { secretsDir: folder = stateFolders().secrets } = config;
  const place = await lookAtPlace(folder, 'folder');
  if (!place.isWritable)
    return [
      faultLine(
        'secrets',
        `The folder of secrets ${folder} cannot be written, so no password can be generated.`,
        'Give the user of this process the right to write there, or name another folder with PGFLEET_SECRETS_DIR.',
      ),
    ];
  if (place.isOpen)
    return [warningLine('secrets', `Other users can read the folder of secrets ${folder}.`, `chmod 700 ${folder}`)];
  return [
    okLine(
      'secrets',
      place.exists ? `The folder of secrets is ${folder}.` : `The folder of secrets will be ${folder}.`,
    ),
  ];
}

async function policyLines({ config, catalog }: MachineContext): Promise<DoctorLine[]> {
  const { policy: file, accounts } = config;
  if (file === undefined) return [okLine('policy', 'No policy is configured.')];
  try {
    const rules = readPolicyFile(file, { tools: catalog, providers: providerNames, accounts: [...accounts.values()] });
    return [okLine('policy', `The policy ${file} has ${rules.rules.length} rules.`)];
  } catch (error) {
    return faultsOf(error).map((fault) =>
      faultLine('policy', fault, 'Correct it in the file; docs/policy.md has the form.'),
    );
  }
}

async function tokensLines({ config: { tokensFile: path }, clock }: MachineContext): Promise<DoctorLine[]> {
  if (path === undefined) return [okLine('tokens', 'No file of tokens is configured.')];
  const remarks: string[] = [];
  try {
    readTokens({ path, now: clock.now, log: (line) => remarks.push(line) });
  } catch (error) {
    return faultsOf(error).map((fault) =>
      faultLine('tokens', fault, 'Correct it in the file; pgfleet token makes entries.'),
    );
  }
  if (remarks.length === 0) return [okLine('tokens', `The tokens in ${path} can be used.`)];
  return remarks.map((remark) => warningLine('tokens', remark, `Let only the user of this process read ${path}.`));
}

/** Where people approve: at an address that is configured, or else on a port of this machine. */
async function pageLines(context: MachineContext): Promise<DoctorLine[]> {
  const { publicUrl, port = 0 } = context.config;
  if (publicUrl === undefined) return portLines(port, context);
  const fault = await silenceOf(publicUrl, context);
  if (fault === undefined) return [okLine('page', `The server of the approval page answers at ${publicUrl}.`)];
  const mend = 'Look at PGFLEET_PUBLIC_URL, and at whether pgfleet http runs behind it.';
  return [warningLine('page', `The approval page at ${publicUrl} does not answer (${fault}).`, mend)];
}

async function portLines(port: number, context: MachineContext): Promise<DoctorLine[]> {
  const bound = await bind({ host: '127.0.0.1', port, onerror: () => undefined }).catch(() => undefined);
  await bound?.close();
  if (bound) return [okLine('page', 'The approval page finds a port.')];
  const fault = await silenceOf(`http://127.0.0.1:${port}`, context);
  if (fault === undefined) return [okLine('page', `A server already answers on port ${port}.`)];
  const mend = 'Where that is no pgfleet, choose another port with PGFLEET_PORT.';
  return [warningLine('page', `Port ${port} of the approval page is taken.`, mend)];
}

/** Why no pgfleet answers at an address. Undefined where one does. */
async function silenceOf(url: string, { fetch, clock }: MachineContext): Promise<string | undefined> {
  const late = async () => Promise.reject(new Error('no answer in time'));
  try {
    const asked = fetch(`${url.replace(/\/$/, '')}/healthz`);
    const { status } = await withDeadline(clock, patienceMilliseconds, asked, late);
    return status === 200 ? undefined : `HTTP ${status}`;
  } catch (error) {
    return messageOf(error);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const faultsOf = (error: unknown): readonly string[] =>
  error instanceof ConfigError ? error.faults : [messageOf(error)];
