import * as z from 'zod';
import { defineTool } from '../../../src/define/index.js';
import { dbInstanceGroupId } from '../_fields.js';

export const listDbInstanceGroups = defineTool({
  name: 'nhn_list_db_instance_groups',
  title: 'List DB instance groups',
  description: 'Lists DB instance groups: each is a primary with its standby and read replicas.',
  route: 'GET /v1.0/db-instance-groups',
  permission: 'RDSforPostgreSQL:DbInstanceGroup.List',
  risk: 'read',
  input: z.object({}),
});

export const getDbInstanceGroup = defineTool({
  name: 'nhn_get_db_instance_group',
  title: 'Get DB instance group',
  description: 'Reads one DB instance group with role and status of its members.',
  route: 'GET /v1.0/db-instance-groups/{dbInstanceGroupId}',
  permission: 'RDSforPostgreSQL:DbInstanceGroup.Get',
  risk: 'read',
  input: z.object({ dbInstanceGroupId }),
});
