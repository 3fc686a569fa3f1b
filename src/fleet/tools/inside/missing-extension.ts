import { jsonText } from '../../../call/answer/json-text.js';
import type { ServerFacts } from '../../../inspect/check.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import type { FleetInstance } from '../../instance.js';
import type { OperationCatalogue } from '../find-operation/described-operation.js';
import type { ToldInside } from './answer.js';

/** What is told where an extension is missing: the provider's operation that installs it, or else the statement. */
export function missingExtension(
  extension: string,
  { database }: Pick<ServerFacts, 'database'>,
  { instance, catalogue }: { instance: FleetInstance; catalogue: Pick<OperationCatalogue, 'operations'> },
): ToldInside {
  const why = `the extension ${extension} is not in the database ${sanitizeWords(database)}.`;
  const operation = `${instance.provider}_install_extension`;
  const statement = `CREATE EXTENSION ${extension};`;
  if (!catalogue.operations.has(operation))
    return {
      headline: `not seen, ${why}`,
      lines: [`An owner may run: ${statement}`],
      fields: { notSeen: why, run: statement },
    };
  const next = { tool: 'find_operation', arguments: { operation, instance: instance.reference } };
  return {
    headline: `not seen, ${why}`,
    lines: [`Next: ${next.tool} ${jsonText(next.arguments)}`],
    fields: { notSeen: why, next },
  };
}
