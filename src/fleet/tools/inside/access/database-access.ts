import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { guardedCall } from '../../../../call/builtin/guarded-call.js';
import { readWith } from '../../../../call/call-context.js';
import { InputError, RefusedError, UnknownOutcomeError } from '../../../../call/errors.js';
import type { Confirmation } from '../../../../call/guard/confirmation.js';
import { shownOnBoard } from '../../../../define/presentation.js';
import { sanitizeWords } from '../../../../values/sanitize-text.js';
import { accountNameOf } from '../../../account.js';
import type { Read } from '../../../adapter.js';
import type { AccessQuestion, MadeThing } from '../../../details/login-way.js';
import type { MadeAccess } from '../../../details/made-accesses.js';
import type { FleetInstance } from '../../../instance.js';
import { idOf } from '../../../reference.js';
import { fleetAnswer } from '../../answer/answer.js';
import type { FleetTool } from '../../fleet-tool.js';
import { instanceArgument } from '../../instance.js';
import { inspectScope } from '../look-inside.js';
import { accessByHand } from './access-by-hand.js';
import type { AccessWork } from './access-work.js';
import { type PlannedStep, planSteps, runSteps, shownSteps } from './steps.js';
import { triedLook } from './tried-look.js';

/** Makes a login to look with and lets it in from the operator's address, or takes both away again. */
export const databaseAccess: FleetTool = {
  name: 'database_access',
  title: 'Make access for looks',
  description:
    'Makes a login to look inside an instance with, lets it in from the one address that the operator wrote down, ' +
    'tries it, and says which GRANT is missing. With remove, takes away again what it made.',
  readOnly: false,
  destructive: true,
  idempotent: false,
  group: 'inspect',
  scope: inspectScope,
  risk: 'exposing',
  isRare: true,
  ui: shownOnBoard,
  input: z.object({
    instance: instanceArgument,
    login: z
      .string()
      .regex(/^[a-z][a-z0-9_]{3,15}$/)
      .describe('its name, pgfleet_look when left out')
      .optional(),
    database: z.string().min(1).max(63).describe('that looks are made in, postgres when left out').optional(),
    remove: z.boolean().describe('takes away what was made').optional(),
  }),
  async run(input, caller, context, confirmed) {
    const { instance: text, login = 'pgfleet_look', database = 'postgres', remove } = input as unknown as Question;
    const { instances } = await context.fleet.find(text);
    const [instance, ...others] = instances;
    if (!instance || others.length > 0) throw new InputError(['instance: it fits several; give a reference.']);
    const account = context.accounts.all.find(({ name }) => name === accountNameOf(instance));
    if (!account) throw new Error(`There is no account ${accountNameOf(instance)}.`);
    const { access } = context;
    if (!access) throw new RefusedError('impossible', noAddress);
    const made = access.accessesIn(account);
    const way = access.wayOf(account);
    const known = await made.of(instance.reference);
    const work: AccessWork = { instance, account, caller, context, way, made, known };
    const call = {
      tool: { name: databaseAccess.name, title: remove ? 'Remove access' : databaseAccess.title, risk, input: shape },
      scope: inspectScope,
      input: { ...input, instance: instance.reference },
      caller,
      confirmed,
      account,
      instance: { reference: instance.reference, name: instance.name, state: instance.state, role: instance.role },
    };
    if (remove) return guardedCall({ ...call, ...removing(work) }, context);
    const { address } = access.settings;
    const wanted: Wanted = { question: { id: idOf(instance.reference), login, address }, database };
    if (!way.steps) return accessByHand(way, wanted.question, instance);
    if (known && (await isThere(known, work))) return triedLook(known, work);
    return guardedCall({ ...call, ...making(wanted, work) }, context);
  },
};

const shape = databaseAccess.input;
const risk = 'exposing' as const;

const noAddress =
  'No address is written down from which looks come: "inspect": { "address": "203.0.113.7/32" } in the configuration ' +
  'file names it. It is never an argument. Nothing was sent.';

const isOfOthers = (login: string): string =>
  `There is a login ${login} already, and nothing is known here of pgfleet having made it. Give another name as ` +
  'login. Nothing was sent.';

interface Question {
  instance: string;
  login?: string;
  database?: string;
  remove?: boolean;
}

/** What is made, and where looks go with it. */
interface Wanted {
  question: AccessQuestion;
  database: string;
}

const reading =
  ({ account, context, caller }: AccessWork): Read =>
  (tool, input = {}) =>
    readWith(tool, input, account.name, context.accounts, { signal: caller.signal });

const stepsOf = ({ account, caller }: AccessWork) => ({ through: databaseAccess.name, account: account.name, caller });

const questionOf = ({ login, address }: MadeAccess, { instance }: AccessWork): AccessQuestion => ({
  id: idOf(instance.reference),
  login,
  address,
});

const thingsNow = async (question: AccessQuestion, work: AccessWork): Promise<readonly MadeThing[]> =>
  (await work.way.made?.(question, reading(work))) ?? [];

const isThere = async (known: MadeAccess, work: AccessWork): Promise<boolean> =>
  (await thingsNow(questionOf(known, work), work)).some(({ kind }) => kind === 'login');

const wayBack =
  'database_access with remove takes away what it made. If a step fails, what was made before it is taken away again.';

function making({ question, database }: Wanted, work: AccessWork) {
  const { instance, way, made, caller, context } = work;
  const { login, address } = question;
  // The call looks before it acts, so what is carried out is what was shown.
  let steps: readonly PlannedStep[] = [];
  const warning = `Whoever knows its password can log in as ${login} from ${address}. ${way.rights}`;
  return {
    danger: { risk, warning, undo: wayBack },
    async look() {
      if ((await thingsNow(question, work)).some(({ kind }) => kind === 'login'))
        throw new RefusedError('impossible', isOfOthers(login));
      steps = await planSteps((await way.steps?.(question, reading(work))) ?? [], stepsOf(work), context);
      return {
        warning: [warning, ...way.notByApi.map((each) => `Not by API: ${each}.`), ...distinct(steps)].join(' '),
        undo: wayBack,
        ...decidedOn(steps, instance),
      };
    },
    async act(confirmation: Confirmation): Promise<CallToolResult> {
      const since = context.clock.timeText(context.clock.now());
      const access: MadeAccess = { login, database, address, things: [], since, by: caller.name };
      const before = await thingsNow(question, work);
      await made.keep(instance.reference, access);
      const { passwordFile, failure, isOpen } = await runSteps(steps, { ...stepsOf(work), confirmation }, context);
      const things = await thingsBeside(before, question, work);
      const kept = { ...access, passwordFile, things };
      await made.keep(instance.reference, kept);
      if (failure === undefined) return triedLook(kept, work);
      const untaken = await takeBack(things, work, confirmation);
      const left = await thingsBeside(before, question, work);
      if (left.length > 0 || isOpen) await made.keep(instance.reference, { ...access, things: left });
      else await made.forget(instance.reference);
      throw new UnknownOutcomeError(halfWay({ failure, things, left, untaken }));
    },
  };
}

/** What a person decides on, and who may: all that the steps show, each as if it were called alone. */
const decidedOn = (steps: readonly PlannedStep[], { name }: FleetInstance) => ({
  shown: shownSteps(steps),
  unknown: steps.flatMap(({ plan }) => plan?.unknown ?? []),
  name,
  label: 'instance',
  decisions: steps.map(({ decision }) => decision),
  touches: steps.flatMap(({ plan }) => plan?.touches ?? []),
});

/** Warnings of the steps that say more than the whole does. */
const distinct = (steps: readonly { plan?: { warning: string } }[]): string[] => [
  ...new Set(steps.flatMap(({ plan }) => plan?.warning ?? [])),
];

/** What was made by this call: all that there is now, and was not before. */
async function thingsBeside(before: readonly MadeThing[], question: AccessQuestion, work: AccessWork) {
  const known = new Set(before.map((thing) => JSON.stringify(thing)));
  return (await thingsNow(question, work)).filter((thing) => !known.has(JSON.stringify(thing)));
}

/** The yes to making it is one to this too, as its plan says. Each step is judged by itself. Says why one failed. */
async function takeBack(
  things: readonly MadeThing[],
  work: AccessWork,
  confirmation: Confirmation,
): Promise<string | undefined> {
  if (things.length === 0) return undefined;
  const steps = (await work.way.removal?.(things, idOf(work.instance.reference), reading(work))) ?? [];
  return (await runSteps(steps, { ...stepsOf(work), confirmation }, work.context)).failure;
}

interface HalfWay {
  failure: string;
  /** What was made until then, and what of it is still there. */
  things: readonly MadeThing[];
  left: readonly MadeThing[];
  /** Why it could not be taken back. */
  untaken?: string;
}

function halfWay({ failure, things, left, untaken }: HalfWay): string {
  const stands = namesOf(left) || 'nothing';
  const gone = things.filter((thing) => left.every((each) => JSON.stringify(each) !== JSON.stringify(thing)));
  return [
    stopped(failure),
    gone.length > 0 && `Taken away again: ${namesOf(gone)}.`,
    untaken !== undefined && `Not all could be taken away again: ${sanitizeWords(untaken, 400)}`,
    `What stands now: ${stands}.`,
    left.length > 0 && 'database_access with remove takes it away.',
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

const namesOf = (things: readonly MadeThing[]): string => things.map(nameOf).join(', ');

const stopped = (failure: string): string => `It stopped half way: ${sanitizeWords(failure, 600)}`;

const nameOf = (thing: MadeThing): string =>
  thing.kind === 'login' ? `the login ${sanitizeWords(thing.name)}` : `the ${thing.kind} ${sanitizeWords(thing.id)}`;

function removing(work: AccessWork) {
  const { instance, way, made, known, context } = work;
  const toTake = async () => {
    if (!known) throw new RefusedError('impossible', 'pgfleet made no access to this instance. Nothing was sent.');
    // Where its step went on when the call that made it had ended, it is what there is now.
    const things = known.things.length > 0 ? known.things : await thingsNow(questionOf(known, work), work);
    return (await way.removal?.(things, idOf(instance.reference), reading(work))) ?? [];
  };
  let steps: readonly PlannedStep[] = [];
  const warning = `The login ${known?.login ?? ''} and what lets it in are gone. Looks by it end.`;
  const undo = 'database_access makes a new login, with another password.';
  return {
    danger: { risk: 'destructive' as const, warning, undo },
    async look() {
      steps = await planSteps(await toTake(), stepsOf(work), context);
      return {
        warning: steps.length === 0 ? 'Nothing of it is there any more; it is only forgotten.' : warning,
        undo,
        ...decidedOn(steps, instance),
      };
    },
    async act(confirmation: Confirmation): Promise<CallToolResult> {
      const { failure } = await runSteps(steps, { ...stepsOf(work), confirmation }, context);
      const left = (await toTake()).map(({ operation }) => operation);
      if (left.length === 0) await made.forget(instance.reference);
      // The login itself is gone or going, so no look is made with it any more.
      else if (known) await made.keep(instance.reference, { ...known, passwordFile: undefined });
      if (failure !== undefined)
        throw new UnknownOutcomeError(`${stopped(failure)} What is left to do: ${left.join(', ') || 'nothing'}.`);
      return fleetAnswer({
        headline: `What database_access made for ${sanitizeWords(instance.name)} is taken away.`,
        lines: left.map((operation) => `still to do, since others reserved changes too: ${operation}`),
        data: { instance: instance.reference, removed: known?.login, left },
        notes:
          known?.passwordFile === undefined ? [] : [`The password in ${known.passwordFile} is of no use any more.`],
      });
    },
  };
}
