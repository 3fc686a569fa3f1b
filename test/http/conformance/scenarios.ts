/** Revisions of the protocol, of which each is an era of its own on the wire; extensions belong to the newer one. */
export const revisions = ['2025-11-25', '2026-07-28'] as const;
export type Era = (typeof revisions)[number] | 'extension';

/** One scenario of the suite, and what becomes of it here. */
export interface Scenario {
  name: string;
  eras: readonly Era[];
  /** The built server with its sandbox, or the product's HTTP and MCP sides with tools that the suite names. */
  on: 'real' | 'fixtures';
  /** Ids of checks that fail, and why they cannot apply. */
  except?: Readonly<Record<string, string>>;
  /** Why all of it cannot apply. */
  not?: string;
}

const older = ['2025-11-25'] as const;
const newer = ['2026-07-28'] as const;
const both = revisions;
const extension = ['extension'] as const;

const noLog = 'Log messages to clients are deprecated (SEP-2577) and not offered; the capability is not declared.';
const noReplay = 'Streams cannot be taken up again after a break: no events are kept for it. Only recommended.';
const noHeaders = 'No tool asks for an argument in a header (x-mcp-header).';
const noInput = 'A call asks what it has to ask before its task begins; no task waits for input.';
const noFailure = 'A job that fails is a result with isError; no task ends with a fault of the protocol.';
const noNeed = 'No tool needs the extension: without it, the call answers with the job.';
const noFolders = 'A skill is one file, without folders beside it.';
const suiteSkips = 'The suite skips it itself until it can listen for these notifications.';
const needsTool = 'Looked at with the fixture that it needs, in the same scenario there.';

/** Every scenario for servers that the suite knows. */
export const scenarios: readonly Scenario[] = [
  { name: 'server-initialize', eras: older, on: 'real' },
  { name: 'server-session-lifecycle', eras: older, on: 'real' },
  {
    name: 'server-stateless',
    eras: newer,
    on: 'real',
    except: {
      'sep-2575-server-rejects-undeclared-capability': needsTool,
      'sep-2575-missing-capability-http-400': needsTool,
      'sep-2575-http-server-no-independent-requests-on-stream': needsTool,
      'sep-2575-server-no-log-without-loglevel': needsTool,
    },
  },
  { name: 'server-stateless', eras: newer, on: 'fixtures' },
  { name: 'logging-set-level', eras: older, on: 'real', not: noLog },
  { name: 'ping', eras: older, on: 'real' },
  { name: 'completion-complete', eras: both, on: 'fixtures' },
  { name: 'server-sse-polling', eras: older, on: 'fixtures', not: noReplay },
  { name: 'server-sse-multiple-streams', eras: both, on: 'real' },
  { name: 'dns-rebinding-protection', eras: both, on: 'real' },
  { name: 'caching', eras: newer, on: 'real' },
  { name: 'http-header-validation', eras: newer, on: 'real' },
  { name: 'http-custom-header-server-validation', eras: newer, on: 'real', not: noHeaders },

  { name: 'tools-list', eras: both, on: 'real' },
  { name: 'tools-call-simple-text', eras: both, on: 'fixtures' },
  { name: 'tools-call-image', eras: both, on: 'fixtures' },
  { name: 'tools-call-audio', eras: both, on: 'fixtures' },
  { name: 'tools-call-embedded-resource', eras: both, on: 'fixtures' },
  { name: 'tools-call-mixed-content', eras: both, on: 'fixtures' },
  { name: 'tools-call-with-logging', eras: older, on: 'fixtures', not: noLog },
  { name: 'tools-call-error', eras: both, on: 'fixtures' },
  { name: 'tools-call-with-progress', eras: both, on: 'fixtures' },
  { name: 'tools-call-sampling', eras: older, on: 'fixtures' },
  { name: 'tools-call-elicitation', eras: older, on: 'fixtures' },
  { name: 'json-schema-2020-12', eras: both, on: 'fixtures' },
  { name: 'elicitation-sep1034-defaults', eras: older, on: 'fixtures' },
  { name: 'elicitation-sep1330-enums', eras: older, on: 'fixtures' },

  { name: 'resources-list', eras: both, on: 'real' },
  { name: 'resources-read-text', eras: both, on: 'fixtures' },
  { name: 'resources-read-binary', eras: both, on: 'fixtures' },
  { name: 'resources-templates-read', eras: both, on: 'fixtures' },
  { name: 'resources-subscribe', eras: older, on: 'fixtures' },
  { name: 'resources-unsubscribe', eras: older, on: 'fixtures' },
  { name: 'sep-2164-resource-not-found', eras: newer, on: 'real' },

  { name: 'prompts-list', eras: both, on: 'real' },
  { name: 'prompts-get-simple', eras: both, on: 'fixtures' },
  { name: 'prompts-get-with-args', eras: both, on: 'fixtures' },
  { name: 'prompts-get-embedded-resource', eras: both, on: 'fixtures' },
  { name: 'prompts-get-with-image', eras: both, on: 'fixtures' },

  { name: 'input-required-result-basic-elicitation', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-basic-sampling', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-basic-list-roots', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-request-state', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-multiple-input-requests', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-multi-round', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-missing-input-response', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-non-tool-request', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-result-type', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-unsupported-methods', eras: newer, on: 'real' },
  { name: 'input-required-result-tampered-state', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-capability-check', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-ignore-extra-params', eras: newer, on: 'fixtures' },
  { name: 'input-required-result-validate-input', eras: newer, on: 'fixtures' },

  { name: 'sep-2640-skills-enumeration', eras: extension, on: 'real' },
  { name: 'sep-2640-skills-manifest', eras: extension, on: 'real' },
  {
    name: 'sep-2640-skills-directory',
    eras: extension,
    on: 'real',
    except: { 'sep-2640-directory-read-subdir-mimetype': noFolders },
  },

  {
    name: 'tasks-lifecycle',
    eras: extension,
    on: 'fixtures',
    except: { 'sep-2663-tasks-get-status-failed': noFailure },
  },
  { name: 'tasks-capability-negotiation', eras: extension, on: 'fixtures' },
  {
    name: 'tasks-dispatch-and-envelope',
    eras: extension,
    on: 'fixtures',
    except: { 'tasks-result-type-complete-on-non-task-responses': noInput },
  },
  { name: 'tasks-wire-fields', eras: extension, on: 'fixtures' },
  { name: 'tasks-request-state-removal', eras: extension, on: 'fixtures' },
  { name: 'tasks-request-headers', eras: extension, on: 'fixtures' },
  { name: 'tasks-mrtr-composition', eras: extension, on: 'fixtures' },
  { name: 'tasks-mrtr-input', eras: extension, on: 'fixtures', not: noInput },
  { name: 'tasks-required-task-error', eras: extension, on: 'fixtures', not: noNeed },
  { name: 'tasks-status-notifications', eras: extension, on: 'fixtures', not: suiteSkips },
];
