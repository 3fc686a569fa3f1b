import * as z from 'zod';
import { defineTool } from '../../../src/define/index.js';

export const listDbVersions = defineTool({
  name: 'nhn_list_db_versions',
  title: 'List DB versions',
  description:
    'Lists the PostgreSQL versions of the service. Some may be closed for new instances, and no operation upgrades ' +
    'an instance.',
  route: 'GET /v1.0/db-versions',
  permission: 'RDSforPostgreSQL:DbVersion.List',
  risk: 'read',
  input: z.object({}),
});

export const listDbFlavors = defineTool({
  name: 'nhn_list_db_flavors',
  title: 'List DB flavors',
  description: 'Lists instance sizes with vCPUs and memory. Some may be refused for new instances.',
  route: 'GET /v1.0/db-flavors',
  permission: 'RDSforPostgreSQL:DbFlavor.List',
  risk: 'read',
  input: z.object({}),
});

export const listRegions = defineTool({
  name: 'nhn_list_regions',
  title: 'List regions',
  description: 'Lists regions and whether the project can use them.',
  route: 'GET /v1.0/project/regions',
  permission: 'RDSforPostgreSQL:Project.Get',
  risk: 'read',
  input: z.object({}),
});

export const listProjectMembers = defineTool({
  name: 'nhn_list_project_members',
  title: 'List project members',
  description: 'Lists project members with e-mail address and phone number.',
  route: 'GET /v1.0/project/members',
  permission: 'RDSforPostgreSQL:Project.Get',
  risk: 'read',
  input: z.object({}),
});

export const listSubnets = defineTool({
  name: 'nhn_list_subnets',
  title: 'List subnets',
  description: 'Lists subnets with their range and number of free addresses.',
  route: 'GET /v1.0/network/subnets',
  permission: 'RDSforPostgreSQL:Network.List',
  risk: 'read',
  input: z.object({}),
});

export const listStorageTypes = defineTool({
  name: 'nhn_list_storage_types',
  title: 'List storage types',
  description: 'Lists the names of storage types. The list may be empty: General SSD and General HDD are known.',
  route: 'GET /v1.0/storage-types',
  permission: 'RDSforPostgreSQL:Storage.List',
  risk: 'read',
  input: z.object({}),
});
