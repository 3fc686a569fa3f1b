import * as z from 'zod';
import { fixedHex } from '../../core/ids.js';
import { pageOf } from '../../core/requests.js';
import { notFound } from '../replies.js';
import { paging, type Routes, sorted, sorting } from '../requests.js';
import { engineProperties, engineVersions, majorVersions, productImageType, serverTypes } from '../seed/catalog.js';
import { parameters } from '../seed/parameters.js';
import { engineVersionView, groupParameterView, serverTypeView } from '../views/catalog.js';

/** What is the same for all clusters, and never changes. */
export function catalogRoutes(): Routes {
  return {
    'GET /v1/engine-versions': (call) => {
      const { id, product_image_type = productImageType, eos_included } = call.query(engineListing);
      const contents = engineVersions
        .filter((version) => !id || version.id === id)
        .filter(({ endOfService }) => eos_included === 'true' || !endOfService)
        .map(engineVersionView);
      return { contents: product_image_type === productImageType ? contents : [] };
    },

    'GET /v1/engine-versions/:dbaas_engine_version_id/properties': (call) => {
      const id = call.path('dbaas_engine_version_id');
      if (!engineVersions.some((version) => version.id === id)) throw notFound('Engine version', id);
      return { contents: engineProperties.map(([name, value]) => ({ name, value })) };
    },

    'GET /v1/server-types': (call) => {
      const { name, product_image_type = productImageType } = call.query(serverTypeListing);
      const contents = serverTypes.filter((type) => !name || type.name === name).map(serverTypeView);
      return { contents: product_image_type === productImageType ? contents : [] };
    },

    'GET /v1/parameter-groups': (call) => {
      const { major_version, product_image_type = productImageType, sort } = call.query(groupListing);
      const contents = parameterGroups
        .filter((group) => !major_version || group.major_version === major_version)
        .filter((group) => group.product_image_type === product_image_type);
      return { contents: sorted(contents, sort), sort: [sort] };
    },

    'GET /v1/parameters': (call) => {
      const { dbaas_parameter_group_id: groupId, sort, ...page } = call.query(parameterListing);
      const group = parameterGroups.find(({ id }) => id === groupId);
      if (!group) throw notFound('Parameter group', groupId);
      const contents = parameters.map((parameter) => groupParameterView(group.id, group.major_version, parameter));
      return { contents: pageOf(sorted(contents, sort), page), count: contents.length, ...page, sort: [sort] };
    },
  };
}

const parameterGroups = majorVersions.map((majorVersion) => ({
  id: fixedHex(`parameter-group:${majorVersion}`),
  major_version: majorVersion,
  name: `PostgreSQL ${majorVersion} default`,
  product_image_type: productImageType,
  product_type: productImageType,
}));

const productImageTypes = [
  productImageType,
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

const engineListing = z.strictObject({
  id: z.string().optional(),
  product_image_type: z.enum(productImageTypes).optional(),
  eos_included: z.enum(['true', 'false']).default('false'),
});
const serverTypeListing = z.strictObject({ name: z.string().optional(), product_image_type: z.string().optional() });
const groupListing = z.strictObject({
  major_version: z.string().optional(),
  product_image_type: z.string().optional(),
  sort: sorting(['name', 'major_version']),
});
const parameterListing = z.strictObject({
  ...paging,
  sort: sorting(['name', 'id']),
  dbaas_parameter_group_id: z.string().min(1),
});
