import type { CallToolResult } from '@modelcontextprotocol/server';
import { jsonText } from '../../../../call/answer/json-text.js';
import { sanitizeWords } from '../../../../values/sanitize-text.js';
import type { AccessQuestion, LoginWay } from '../../../details/login-way.js';
import type { FleetInstance } from '../../../instance.js';
import { fleetAnswer } from '../../answer/answer.js';

/** What is done by hand where the provider makes no logins. Nothing is sent. */
export function accessByHand(way: LoginWay, question: AccessQuestion, instance: FleetInstance): CallToolResult {
  // The form of a login allows nothing that would need quotes.
  const statement = `CREATE ROLE ${question.login} LOGIN PASSWORD '…' IN ROLE pg_monitor;`;
  const opens = way.opens?.(question);
  const next = opens && {
    tool: 'run_operation',
    arguments: { operation: opens.operation, arguments: opens.arguments },
  };
  return fleetAnswer({
    headline: `Nothing was done: the provider of ${sanitizeWords(instance.name)} makes no logins by its API.`,
    lines: way.notByApi.map((each) => `not by API: ${each}`),
    data: { instance: instance.reference, notByApi: way.notByApi, run: statement, next },
    notes: [
      `An owner may run: ${statement}`,
      next && `It is let in from ${question.address} by: ${next.tool} ${jsonText(next.arguments)}`,
      'Then write the connection into databases of the configuration file.',
    ],
  });
}
