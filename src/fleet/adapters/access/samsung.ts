import type { LoginWay } from '../../details/login-way.js';

/** Addresses are let in by an operation, while logins are made with SQL. */
export const samsungLogins: LoginWay = {
  rights: 'It has the rights that its owner grants.',
  notByApi: ['a login is made by an owner with SQL'],
  opens: ({ id, address }) => ({
    operation: 'samsung_set_security_group_rules',
    arguments: { cluster_id: id, add_ip_addresses: [address] },
  }),
};
