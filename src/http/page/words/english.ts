import { html } from 'hono/html';
import { severities, severityWords } from '../../../define/index.js';
import type { PageWords } from './page-words.js';
import { capital } from './text.js';

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

export const english: PageWords = {
  lang: 'en',
  approvals: 'approvals',
  board: 'Fleet board',
  skip: 'Skip to the content',
  sandbox: 'Sandbox: these instances exist in memory only, and nothing here is real.',
  signedInAs: (name) => html`Signed in as ${name}`,
  signOut: 'Sign out',
  allRequests: 'All requests',
  risk: capital,
  severity: severityWords.en,
  list: {
    heading(waiting) {
      if (waiting === 0) return 'Nothing waits for you';
      return waiting === 1 ? '1 request waits' : `${waiting} requests wait`;
    },
    renews: (seconds) => `This list renews itself every ${seconds} seconds.`,
    hold: 'Hold it still',
    asOf: (time) => `As of ${time}.`,
    renew: 'Keep this list up to date',
    empty: 'When an agent asks for something that a person has to approve, it appears here.',
    asked: (caller, when, account) => html`${caller} asked ${when}, at ${account}`,
    expires: (when) => html`Expires ${when}`,
    moreLater: (count) => `and ${count} more, which expire later`,
    decided: 'Decided',
    closed: (when) => html`Closed without a decision; asked ${when}`,
    verdict: (state, by, when) => html`${capital(state)} by ${by} ${when}`,
    audit: 'Latest audit records',
    auditAway: 'The audit record could not be read; the server’s log says why.',
    auditEmpty: 'Nothing has been recorded yet.',
    event: capital,
    on: (target) => html` on ${target}`,
    by: (name, when) => html`by ${name}, ${when}`,
  },
  fleet: {
    heading: 'The fleet',
    well: 'Nothing is wrong',
    notAllAsked: 'Nothing found to be wrong, but not all could be asked',
    found: (counts) =>
      severities
        .flatMap((severity) => {
          const count = counts[severity] ?? 0;
          if (count === 0) return [];
          return severity === 'critical' ? `${count} critical` : counted(count, severity);
        })
        .join(', '),
    atFirstSight: (answer, instances) => html`${answer} at first sight, among ${counted(instances, 'instance')}.`,
    instances: (count) => counted(count, 'instance'),
    unasked: (account, why) => `${account} could not be asked: ${why}`,
    denied: (count) =>
      count === 1
        ? '1 instance is not shown: the policy denies it.'
        : `${count} instances are not shown: the policy denies them.`,
    first: 'Those that need somebody first',
    more: (count) => `and ${count} more`,
    board: (link) => html`${link('The board')} examines each instance.`,
    notShown: 'The policy of this server does not show it to you.',
    away: 'It could not be looked at; the server’s log says why.',
    stillAsked: 'The providers are still being asked; come back in a moment.',
  },
  request: {
    at: (risk, account) => html`${risk} at ${account}`,
    stakes: 'What is at stake',
    happens: 'What happens',
    wayBack: 'The way back',
    changes: 'What changes',
    instances: 'Instances',
    names: 'What the names mean',
    unseen: 'What could not be seen',
    who: 'Who asks',
    askedBy: 'Asked by',
    program: 'With the program',
    noProgram: 'not named',
    asked: 'Asked',
    expires: 'Expires',
    why: 'Why you are asked',
    usualWhy: 'The server wants a person for calls of this risk.',
    concerns: 'What it concerns',
    concernsHint:
      'As the provider told it when the call was made. It is read again before anything is sent; if it has ' +
      'changed by then, this approval does not count.',
    unreadable: (why) => `Could not be read: ${why}`,
    none: 'None',
    call: 'The call',
    isOver: 'Its time is over',
    isOvertaken: 'It was overtaken: the target has changed',
    closed: (why) => html`<strong>Closed.</strong> ${why}. Nobody can decide on it.`,
    verdict: (state, by, when) => html`<strong>${capital(state)}</strong> by ${by}, ${when}.`,
    next: (state, name) =>
      ({
        approved: 'It is carried out as soon as the one who asked comes back for it.',
        used: 'It has been carried out, or was begun; the audit record says how it went.',
        refused: `Nothing was done to ${name}.`,
        pending: '',
      })[state],
    reason: (text) => html`Reason: ${text}`,
    decision: 'Your decision',
    until: (time) => `Until ${time}. It is written into the audit record with your name.`,
    approve: 'Approve',
    approveCall: (title) => `Approve: ${title}`,
    ownCall: 'You asked for this call yourself. The policy wants a second person: nobody approves a call of their own.',
    refuse: 'Refuse',
    reasonLabel: 'Reason (optional)',
    type: (name) => html`Type ${name} to approve`,
    notApproved: 'Not approved.',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Calls that could do harm wait here for a person who may approve them.',
    button: 'Sign in',
    organisation: 'Sign in with your organisation',
    code: {
      label: 'One-time code',
      hint: 'The server printed it on its terminal when it started. It works once.',
    },
    token: { label: 'Access token', hint: 'One that carries the scope pgfleet:approve.' },
    wrongCode: 'This code is not right, or was used already. A restart of the server prints a new one.',
    wrongToken: 'This token does not hold: it is not known here, or its time is over.',
    tooLong: (characters) =>
      `Only tokens of up to ${characters} characters fit here. Sign in with your organisation instead.`,
    failed: (why) => `You are not signed in. ${why}`,
    over: 'It took too long, or was begun in another browser.',
  },
  fault: (_code, said) => said,
  told: {
    ownCall: 'Somebody else has to approve this',
    decided: 'Already decided',
    expired: {
      title: 'This request has expired',
      text: 'Its time is over, so nothing was decided and nothing will be sent. The one who asked can ask again.',
    },
    unknown: {
      title: 'There is no such request',
      text: 'There is no request of this id, or its time is over. Nothing was decided.',
    },
    noPage: { title: 'There is no such page', text: 'The address is not one of this server’s.' },
    mayNot: {
      title: 'You may not approve',
      text:
        'You are signed in, but the scope pgfleet:approve is missing, which this page wants. The administrator who ' +
        'grants access to pgfleet can add it; sign out, and in again with it.',
    },
    signInAgain: {
      title: 'Sign in again',
      text: 'Your sign-in has ended, so nothing was decided. Sign in and send it again.',
    },
    earlierForm: {
      title: 'This form does not count',
      text: 'The form is from an earlier sign-in, or from another page. Nothing was done. Open the page again.',
    },
    foreignForm: (here) => ({
      title: 'This form does not count',
      text: `The form came from another address. Nothing was done. Open this page as ${here}.`,
    }),
    tooMany: (text) => ({ title: 'Too many attempts', text }),
    notAsked: (text) => ({ title: 'Nothing was decided', text }),
    failed: {
      title: 'That did not work',
      text:
        'This is a fault of pgfleet, or what it stores requests in cannot be reached; its log says more. If you have ' +
        'just decided on something, open the request again to see whether that counted.',
    },
    tooLong: 'That is too long.',
  },
};
