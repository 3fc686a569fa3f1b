import * as z from 'zod';
import { confirmModes } from '../define/confirm-mode.js';
import { isTimeZone } from '../values/time-text.js';
import { servingSettings, words, yesOrNo } from './serving/serving-settings.js';

/**
 * Every setting that does not belong to an account: its key in the file and in the flags, its variable, and its form.
 */
export const settings = {
  sandbox: {
    env: 'PGFLEET_SANDBOX',
    form: z.union([yesOrNo, words]),
    meaning: '1, auto, or names of providers such as nhn',
  },
  scenario: { env: 'PGFLEET_SCENARIO', form: z.string(), meaning: 'a scenario of the sandbox' },
  sandboxSpeed: { env: 'PGFLEET_SANDBOX_SPEED', form: z.coerce.number().positive(), meaning: 'a number above 0' },
  sandboxPostgres: { env: 'PGFLEET_SANDBOX_POSTGRES', form: yesOrNo, meaning: '1 or 0' },
  profile: { env: 'PGFLEET_PROFILE', form: words, meaning: 'core, full, or groups of tools such as backups,db-users' },
  run: {
    env: 'PGFLEET_RUN',
    form: z.enum(['all', 'read', 'off']),
    meaning: 'all, read or off: which tools run operations by their names',
  },
  readOnly: { env: 'PGFLEET_READ_ONLY', form: yesOrNo, meaning: '1 or 0' },
  confirm: { env: 'PGFLEET_CONFIRM', form: z.enum(confirmModes), meaning: confirmModes.join(', ') },
  lang: { env: 'PGFLEET_LANG', form: z.enum(['en', 'ko', 'ja', 'zh']), meaning: 'en, ko, ja or zh' },
  timeZone: {
    env: 'PGFLEET_TIME_ZONE',
    form: z.string().refine(isTimeZone),
    meaning: 'the name of a time zone such as Asia/Seoul or UTC',
  },
  showStatements: { env: 'PGFLEET_SHOW_STATEMENTS', form: yesOrNo, meaning: '1 or 0' },
  auditLog: { env: 'PGFLEET_AUDIT_LOG', form: z.string(), meaning: 'a file' },
  secretsDir: { env: 'PGFLEET_SECRETS_DIR', form: z.string(), meaning: 'a folder' },
  pollSeconds: {
    env: 'PGFLEET_POLL_SECONDS',
    form: z.coerce.number().min(5),
    meaning: 'a number of seconds, 5 or more',
  },
  ...servingSettings,
} as const;

export type Settings = { [Key in keyof typeof settings]?: z.infer<(typeof settings)[Key]['form']> };

/** Settings whose values are never shown, not even in a fault. */
export const secretSettings: ReadonlySet<string> = new Set([
  'key',
  'clientSecret',
  'store',
  'token',
] satisfies (keyof typeof settings)[]);

/** Settings that are the path of a file or a folder. */
export const pathSettings: ReadonlySet<string> = new Set([
  'auditLog',
  'secretsDir',
  'policy',
  'hooks',
  'tokensFile',
] satisfies (keyof typeof settings)[]);
