import type { ApprovalError } from '../../../call/guard/approvals.js';
import type { Risk, Severity } from '../../../define/index.js';
import type { Html } from './text.js';

/** A page with nothing but a message. */
export interface Told {
  title: string;
  text: string;
}

/** What can be typed to sign in. */
interface FieldWords {
  label: string;
  hint: string;
}

/** All that the page says itself, in one language. Plans, findings and the audit record are in the server's words. */
export interface PageWords {
  lang: 'en' | 'ko';
  approvals: string;
  board: string;
  skip: string;
  sandbox: string;
  signedInAs: (name: Html) => Html;
  signOut: string;
  allRequests: string;
  /** Said where what follows is in English. */
  inEnglish?: string;
  risk: (risk: Risk) => string;
  severity: Readonly<Record<Severity, string>>;
  list: {
    heading: (waiting: number) => string;
    renews: (seconds: number) => string;
    hold: string;
    asOf: (time: string) => string;
    renew: string;
    empty: string;
    asked: (caller: Html, when: string, account: string) => Html;
    expires: (when: Html) => Html;
    moreLater: (count: number) => string;
    decided: string;
    closed: (when: Html) => Html;
    verdict: (state: 'approved' | 'refused', by: Html, when: Html) => Html;
    audit: string;
    auditAway: string;
    auditEmpty: string;
    /** The kind of a line of the audit record. */
    event: (event: string) => string;
    on: (target: Html) => Html;
    by: (name: Html, when: Html) => Html;
  };
  fleet: {
    heading: string;
    well: string;
    notAllAsked: string;
    found: (counts: Readonly<Partial<Record<Severity, number>>>) => string;
    atFirstSight: (answer: Html, instances: number) => Html;
    instances: (count: number) => string;
    unasked: (account: string, why: string) => string;
    denied: (count: number) => string;
    first: string;
    more: (count: number) => string;
    board: (link: (text: string) => Html) => Html;
    notShown: string;
    away: string;
    stillAsked: string;
  };
  request: {
    at: (risk: Html, account: string) => Html;
    stakes: string;
    happens: string;
    wayBack: string;
    changes: string;
    instances: string;
    names: string;
    unseen: string;
    who: string;
    askedBy: string;
    program: string;
    noProgram: string;
    asked: string;
    expires: string;
    why: string;
    usualWhy: string;
    concerns: string;
    concernsHint: string;
    unreadable: (why: string) => string;
    none: string;
    call: string;
    isOver: string;
    isOvertaken: string;
    closed: (why: string) => Html;
    verdict: (state: 'approved' | 'refused', by: Html, when: Html) => Html;
    next: (state: 'approved' | 'used' | 'refused' | 'pending', name: string) => string;
    reason: (text: Html) => Html;
    decision: string;
    until: (time: string) => string;
    approve: string;
    approveCall: (title: string) => string;
    ownCall: string;
    refuse: string;
    reasonLabel: string;
    type: (name: Html) => Html;
    notApproved: string;
  };
  signIn: {
    title: string;
    lead: string;
    button: string;
    organisation: string;
    code: FieldWords;
    token: FieldWords;
    wrongCode: string;
    wrongToken: string;
    tooLong: (characters: number) => string;
    failed: (why: string) => string;
    over: string;
  };
  /** Why a verdict was not accepted. What the server says of it is in English. */
  fault: (code: ApprovalError['code'], said: string, name: string) => string;
  told: {
    ownCall: string;
    decided: string;
    expired: Told;
    unknown: Told;
    noPage: Told;
    mayNot: Told;
    signInAgain: Told;
    earlierForm: Told;
    foreignForm: (here: string) => Told;
    tooMany: (said: string) => Told;
    notAsked: (said: string) => Told;
    failed: Told;
    tooLong: string;
  };
}
