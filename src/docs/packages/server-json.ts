import { identity } from '../../server/identity/identity.js';
import { variables } from './variables.js';

/** The entry of the MCP Registry. Addresses are left out while there are none. */
export function serverJson(version: string) {
  const { mcpName: name, title, description, packageName: identifier, websiteUrl, repository } = identity;
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name,
    title,
    description,
    version,
    ...(websiteUrl !== undefined && { websiteUrl }),
    ...(repository && { repository }),
    packages: [
      {
        registryType: 'npm',
        identifier,
        version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        environmentVariables: variables.map(({ name: variable, isSecret, format, choices, fallback, ...told }) => ({
          name: variable,
          description: told.description,
          ...(isSecret && { isSecret }),
          ...(format !== 'string' && { format }),
          ...(choices && { choices }),
          ...(fallback !== undefined && { default: fallback }),
        })),
      },
    ],
  };
}
