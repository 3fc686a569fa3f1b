import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import { id, productImageType } from './_fields.js';

/** Those of every database product, on the PostgreSQL host too. */
const images = [
  'PostgreSQL Community',
  'MariaDB Community',
  'MySQL Community',
  'EPAS',
  'Microsoft SQL Server Enterprise',
  'Microsoft SQL Server Standard',
  'Redis OSS Sentinel',
  'Valkey Sentinel',
  'Kafka',
  'Elasticsearch Enterprise',
  'OpenSearch',
  'Vertica Enterprise',
  'Vertica Community',
  'Scalable DB MariaDB Community',
] as const;

export const listEngineVersions = defineTool({
  name: 'samsung_list_engine_versions',
  title: 'List engine versions',
  description: 'Lists the engine versions that a cluster can have.',
  route: 'GET /v1/engine-versions',
  permission: 'postgresql:ListEngineVersions',
  risk: 'read',
  input: z.object({
    id: id().optional(),
    product_image_type: z.enum(images).optional(),
    eos_included: z.boolean().describe('retired ones too').optional(),
  }),
});

export const listEngineVersionProperties = defineTool({
  name: 'samsung_list_engine_version_properties',
  title: 'List engine version properties',
  description: 'Lists the properties of one engine version.',
  route: 'GET /v1/engine-versions/{dbaas_engine_version_id}/properties',
  permission: 'postgresql:ListEngineVersionProperties',
  risk: 'read',
  input: z.object({ dbaas_engine_version_id: id() }),
});

export const listServerTypes = defineTool({
  name: 'samsung_list_server_types',
  title: 'List server types',
  description: 'Lists server types with CPU cores and memory (GB). They are used by name.',
  route: 'GET /v1/server-types',
  permission: 'postgresql:ListServerTypes',
  risk: 'read',
  input: z.object({ name: z.string().min(1).optional(), product_image_type: productImageType }),
});
