import { textsAt } from '../../../values/json-path.js';
import type { Read } from '../../adapter.js';
import { generatedPassword, type LoginWay } from '../../details/login-way.js';

/** A login has its own range of addresses. The network of its servers belongs to another service. */
export const naverLogins: LoginWay = {
  rights: 'It has no rights on data: those take GRANT in the database.',
  notByApi: ['the access control group (ACG) of its servers has to let the address in, which the console does'],
  steps: async ({ id, login, address }) => [
    {
      operation: 'naver_add_db_users',
      arguments: {
        cloudPostgresqlInstanceNo: id,
        cloudPostgresqlUserList: [
          { name: login, password: generatedPassword, clientCidr: address, isReplicationRole: false },
        ],
      },
    },
  ],
  made: async ({ id, login }, read) =>
    (await namesOf(id, read)).includes(login) ? [{ kind: 'login', name: login }] : [],
  async removal(things, id, read) {
    const names = await namesOf(id, read);
    const gone = things.flatMap((thing) => (thing.kind === 'login' && names.includes(thing.name) ? [thing.name] : []));
    const list = gone.map((name) => ({ name }));
    return list.length === 0
      ? []
      : [
          {
            operation: 'naver_delete_db_users',
            arguments: { cloudPostgresqlInstanceNo: id, cloudPostgresqlUserList: list },
          },
        ];
  },
};

const namesOf = async (cloudPostgresqlInstanceNo: string, read: Read): Promise<string[]> =>
  textsAt(await read('naver_list_db_users', { cloudPostgresqlInstanceNo }), 'cloudPostgresqlUserList[].userName');
