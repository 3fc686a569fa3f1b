import type { LoginWay } from '../../details/login-way.js';

/** Neither logins nor the addresses that get in are changed by an operation. */
export const cegedimLogins: LoginWay = {
  rights: 'It has the rights that its owner grants.',
  notByApi: ['a login is made by an owner with SQL', 'the address is let in by the network of the instance'],
};
