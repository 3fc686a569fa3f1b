import type { Caller } from '../../../../call/caller.js';
import type { Account } from '../../../../providers/account.js';
import type { LoginWay } from '../../../details/login-way.js';
import type { MadeAccess, MadeAccesses } from '../../../details/made-accesses.js';
import type { FleetInstance } from '../../../instance.js';
import type { FleetToolContext } from '../../fleet-tool.js';

/** What all parts of one call need. */
export interface AccessWork {
  instance: FleetInstance;
  account: Account;
  caller: Caller;
  context: FleetToolContext;
  way: LoginWay;
  made: MadeAccesses;
  known?: MadeAccess;
}
