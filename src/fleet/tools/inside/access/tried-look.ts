import type { CallToolResult } from '@modelcontextprotocol/server';
import type { ServerFacts } from '../../../../inspect/check.js';
import { sanitizeWords } from '../../../../values/sanitize-text.js';
import type { MadeAccess } from '../../../details/made-accesses.js';
import { fleetAnswer } from '../../answer/answer.js';
import { lookInside } from '../look-inside.js';
import type { AccessWork } from './access-work.js';

/** Looks once with the login, and says what it still lacks. */
export async function triedLook(access: MadeAccess, work: AccessWork): Promise<CallToolResult> {
  const { instance, caller, context, way } = work;
  const { login, address, database } = access;
  const [result] = await lookInside(
    [instance],
    {
      tool: 'database_access',
      caller,
      what: { access: login },
      async work({ query }) {
        const { readServerFacts } = await import('../../../../inspect/server-facts.js');
        return readServerFacts(query);
      },
    },
    context,
  );
  const seen = result && 'seen' in result ? result.seen : undefined;
  const why = result && 'why' in result ? result.why : undefined;
  const grant = seen && !seen.role.isMonitor ? grantTo(seen) : undefined;
  const outcome = seen ? `gets in from ${address}` : `is there for ${address}, and no look with it works yet`;
  return fleetAnswer({
    headline: `The login ${login} of ${sanitizeWords(instance.name)} (${instance.reference}) ${outcome}.`,
    lines: [
      ...(seen ? [`it looks into the database ${database} of PostgreSQL ${seen.version}`] : []),
      ...(why === undefined ? [] : [`why: ${sanitizeWords(why, 400)}`]),
    ],
    data: { instance: instance.reference, login, address, database, looks: seen !== undefined, why, grant },
    notes: [
      grant && `It lacks pg_monitor, without which much is hidden. An owner may run: ${grant}`,
      ...way.notByApi.map((each) => `Not by API: ${each}.`),
      access.passwordFile && `Its password is in ${access.passwordFile}.`,
      'inspect_database looks with it from now on; database_access with remove takes it away.',
    ],
  });
}

const grantTo = ({ role }: ServerFacts): string => `GRANT pg_monitor TO ${role.quoted};`;
